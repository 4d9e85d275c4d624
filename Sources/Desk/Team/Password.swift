import Crypto
import CryptoExtras
import Foundation

/// Passwords as they are kept: scrypt with N = 2^15, r = 8, p = 3. At most two are worked out at a time, because each takes 32 MB.
enum Password {
    static let minimumLength = 12
    /// Longer ones are no passwords but attempts: normalising a million accents takes minutes.
    static let maximumBytes = 1024
    private static let slots = Slots(2)

    static func check(_ password: String) throws(Refusal) {
        guard password.utf8.count <= maximumBytes else { throw .passwordTooLong }
        guard password.count >= minimumLength else { throw .passwordTooShort(minimum: minimumLength) }
    }

    static func hash(_ password: String) async throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        return "scrypt$15$8$3$\(salt.base64EncodedString())$\(try await derive(password, salt).base64EncodedString())"
    }

    /// - Parameter stored: `nil` where there is none; that takes as long as a wrong one, so that nobody learns who works here.
    static func matches(_ password: String, _ stored: String?) async throws -> Bool {
        guard password.utf8.count <= maximumBytes else { return false }
        let parts = (stored ?? "").split(separator: "$")
        guard parts.count == 6, let salt = Data(base64Encoded: String(parts[4])), let kept = Data(base64Encoded: String(parts[5])) else {
            _ = try await derive(password, Data(count: 16))
            return false
        }
        let given = try await derive(password, salt)
        // Every byte is looked at, so that the time tells nothing.
        return given.count == kept.count && zip(given, kept).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, _ salt: Data) async throws -> Data {
        await slots.take()
        let key = await withCheckedContinuation { continuation in
            // On a thread of its own: a third of a second of work would hold up everything else on ours.
            Thread.detachNewThread {
                continuation.resume(
                    returning: Result {
                        try KDF.Scrypt.deriveKey(
                            from: Data(password.precomposedStringWithCompatibilityMapping.utf8), salt: salt, outputByteCount: 32,
                            rounds: 1 << 15, blockSize: 8, parallelism: 3
                        ).withUnsafeBytes { Data($0) }
                    })
            }
        }
        await slots.give()
        return try key.get()
    }
}

/// So many at a time; the others wait in order.
private actor Slots {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func give() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
