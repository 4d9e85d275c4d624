import Crypto
import Foundation

/// Seals network secrets with a key that never lies in the database or its backup.
public struct KeyRing: Sendable {
    /// Tells keys apart once there are two.
    public let id: String
    private let key: SymmetricKey

    /// - Parameter bytes: 32 random bytes.
    public init(_ bytes: Data) {
        key = SymmetricKey(data: bytes)
        id = SHA256.hash(data: bytes).prefix(4).map { String($0, radix: 16) }.joined()
    }

    /// Reads the key file, 32 bytes in base64; makes it, for its owner's eyes only, where there is none yet.
    /// - Throws: `KeyRing.Fault` where it can't be read or made, or holds something else.
    public static func open(file path: String) throws -> KeyRing {
        let url = URL(filePath: path)
        if FileManager.default.fileExists(atPath: path) {
            guard let text = try? String(contentsOf: url, encoding: .utf8),
                let bytes = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)), bytes.count == 32
            else { throw Fault.unreadable(path) }
            return KeyRing(bytes)
        }
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let text = Data((bytes.base64EncodedString() + "\n").utf8)
        guard FileManager.default.createFile(atPath: path, contents: text, attributes: [.posixPermissions: 0o600]) else {
            throw Fault.unreadable(path)
        }
        return KeyRing(bytes)
    }

    public enum Fault: Error, Equatable { case unreadable(String) }

    /// - Parameter place: What the secret belongs to (`channel/https://…`): a sealed value copied to another place does not open there.
    func seal(_ secret: String, for place: String) throws -> Data {
        try AES.GCM.seal(Data(secret.utf8), using: key, authenticating: Data(place.utf8)).combined ?? Data()
    }

    /// - Returns: `nil` where it was sealed with another key or for another place: the channel must be reconnected.
    func open(_ sealed: Data, for place: String) -> String? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let secret = try? AES.GCM.open(box, using: key, authenticating: Data(place.utf8))
        else { return nil }
        return String(decoding: secret, as: UTF8.self)
    }
}
