import Crypto
import Foundation
import Store

/// Files beside the database, named by their hash. Written and synced before the row that names them.
public struct MediaFiles: Sendable {
    let folder: URL

    /// How long a file outlives the last row that names it.
    static let keptUnused: Duration = .seconds(40 * 24 * 3600)
    /// Below this share of free disk media stop; texts go on.
    private static let minimumFree = 0.1

    /// - Parameter path: Made if missing. Several nodes share one.
    public init(folder path: String) throws {
        folder = URL(filePath: path, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// - Returns: The name.
    func keep(_ bytes: Data) throws -> String {
        let digest = SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let place = url(of: digest)
        guard !FileManager.default.fileExists(atPath: place.path) else { return digest }
        try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        let draft = place.appendingPathExtension(UUID().uuidString)
        try bytes.write(to: draft)
        do {
            try Self.sync(draft)
            try FileManager.default.moveItem(at: draft, to: place)
            try Self.sync(place.deletingLastPathComponent())
        } catch {
            try? FileManager.default.removeItem(at: draft)
            // Another node or lane may have kept the same bytes meanwhile.
            guard FileManager.default.fileExists(atPath: place.path) else { throw error }
        }
        return digest
    }

    /// - Returns: `nil` where the file is not there.
    public func bytes(of digest: String) -> Data? {
        guard digest.count == 64, digest.allSatisfy(\.isHexDigit) else { return nil }
        return try? Data(contentsOf: url(of: digest))
    }

    func remove(_ digest: String) throws {
        let place = url(of: digest)
        if FileManager.default.fileExists(atPath: place.path) { try FileManager.default.removeItem(at: place) }
    }

    var hasRoom: Bool {
        guard let facts = try? FileManager.default.attributesOfFileSystem(forPath: folder.path),
            let free = facts[.systemFreeSize] as? NSNumber, let size = facts[.systemSize] as? NSNumber, size.doubleValue > 0
        else { return true }
        return free.doubleValue / size.doubleValue >= Self.minimumFree
    }

    private func url(of digest: String) -> URL {
        folder.appending(path: String(digest.prefix(2))).appending(path: digest)
    }

    /// Bytes, or a folder's entries, are on the disk when this returns.
    private static func sync(_ url: URL) throws {
        let file = open(url.path, O_RDONLY)
        guard file >= 0 else { throw CocoaError(.fileReadUnknown) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
