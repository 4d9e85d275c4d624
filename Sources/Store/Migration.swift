import Foundation

/// One step of the schema, forward only. Its file is `0007-reply-outbox.sql`, or one each `0007-….sqlite.sql` and `0007-….postgres.sql`.
public struct Migration: Sendable, Equatable {
    public let number: Int
    public let name: String
    public let sql: String
    /// Tells a migration that was edited after it ran; guards against slips, not against malice (FNV-1a, 64 bits).
    let digest: String

    public init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
        digest = Self.digest(of: sql)
    }

    /// `0007-reply-outbox`
    var title: String {
        String(repeating: "0", count: max(0, 4 - String(number).count)) + "\(number)-\(name)"
    }

    private static func digest(of sql: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql.utf8 where byte != UInt8(ascii: "\r") {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }

    /// All migrations of a folder, in order.
    /// - Throws: `StoreError.migration` where a name can't be understood or a number is there twice.
    public static func load(from folder: URL, for dialect: Dialect) throws -> [Migration] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
        let migrations = try names.sorted().compactMap { file in
            try named(file, for: dialect) { try String(contentsOf: folder.appending(path: file), encoding: .utf8) }
        }
        try checkOrder(of: migrations)
        return migrations
    }

    /// `nil` for a file of the other engine.
    private static func named(_ file: String, for dialect: Dialect, text: () throws -> String) throws -> Migration? {
        guard let match = file.wholeMatch(of: /([0-9]{4})-([a-z0-9-]+)(?:\.(sqlite|postgres))?\.sql/),
            let number = Int(match.1)
        else { throw StoreError.migration("the file \(file) is not named like 0001-first-desk.sql") }
        if let engine = match.3, engine != dialect.name { return nil }
        return Migration(number: number, name: String(match.2), sql: try text())
    }

    static func checkOrder(of migrations: [Migration]) throws {
        for (earlier, later) in zip(migrations, migrations.dropFirst()) where earlier.number >= later.number {
            throw StoreError.migration("\(later.title) doesn't come after \(earlier.title)")
        }
    }
}
