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
        try Self.makeFolder(folder)
    }

    /// Nobody else on this machine looks at what citizens sent.
    private static func makeFolder(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// What tells this folder from others; written at the first time.
    /// - Throws: Where nothing can be written here.
    func mark() throws -> String {
        let trial = folder.appending(path: ".\(UUID().uuidString)")
        try Data().write(to: trial)
        try FileManager.default.removeItem(at: trial)
        let place = folder.appending(path: ".schalter")
        if !FileManager.default.fileExists(atPath: place.path) {
            // Of two nodes that begin at once the first one's stays.
            try? Data(UUID().uuidString.utf8).write(to: place, options: .withoutOverwriting)
        }
        return try String(contentsOf: place, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// - Returns: The name.
    func keep(_ bytes: Data) throws -> String {
        let digest = SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let place = url(of: digest)
        if FileManager.default.fileExists(atPath: place.path) {
            // Whoever sweeps just now sees that it is wanted again.
            try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: place.path)
            return digest
        }
        try Self.makeFolder(place.deletingLastPathComponent())
        let draft = place.appendingPathExtension(UUID().uuidString)
        guard FileManager.default.createFile(atPath: draft.path, contents: bytes, attributes: [.posixPermissions: 0o600]) else {
            throw CocoaError(.fileWriteUnknown)
        }
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

    /// - Returns: `false` where somebody kept the same bytes a moment ago: their row is about to name it.
    func remove(_ name: String) throws -> Bool {
        let place = url(of: name)
        guard let facts = try? FileManager.default.attributesOfItem(atPath: place.path) else { return true }
        if let kept = facts[.modificationDate] as? Date, kept > Date() - .seconds(10) { return false }
        try FileManager.default.removeItem(at: place)
        return true
    }

    /// Names of files that were kept before a time, folder by folder.
    func strays(before time: Date) throws -> [[String]] {
        let folders = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
        return try folders.map { folder in
            try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
                .filter { try $0.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate.map { $0 < time } ?? false }
                .map(\.lastPathComponent)
        }
    }

    /// Whether there is room for more files; where there isn't, texts go on.
    public var hasRoom: Bool {
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
