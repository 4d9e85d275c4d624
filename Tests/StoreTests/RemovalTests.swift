import Foundation
import Testing

@testable import Store

/// Removed means removed: a rare word is looked for in the bytes of every file.
@Suite struct RemovalTests {
    static let message = "CREATE TABLE message (id BIGINT NOT NULL PRIMARY KEY, text TEXT);"
    static let rare = "zwirbelquastenfabrik"

    @Test func `a removed word is in no byte of the SQLite files after the compaction`() async throws {
        try await Ground.with(.sqlite, Self.message + SearchTests.table(.sqlite)) { store, ground in
            try await Self.fill(store)
            while try await store.compact() {}
            #expect(try Self.files(of: ground).contains(where: Self.holdsWord), "it was written")
            try await Self.remove(from: store)
            #expect(try Self.files(of: ground).contains(where: Self.holdsWord), "removing alone leaves it in the files")

            var begin = true
            while try await store.write({ [begin] in try Dialect.sqlite.optimizeSearch(in: $0, begin: begin) }) { begin = false }
            while try await store.compact() {}
            for file in try Self.files(of: ground) { #expect(!(try Self.holdsWord(file)), "\(file.lastPathComponent)") }
            try await Self.checkOthers(in: store)
        }
    }

    @Test func `an open read delays the compaction and nobody else`() async throws {
        try await Ground.with(.sqlite, Self.message) { store, _ in
            let (reading, done) = (Meeting(), Meeting())
            async let read: Void = store.read { db in
                _ = try db.rows("SELECT * FROM message")
                reading.attend()
                done.attend()
            }
            await reading.attendAsync()
            _ = try await store.write { try $0.run("INSERT INTO message VALUES (1, 'x')") }
            #expect(try await store.compact(), "there is more to do")
            await done.attendAsync()
            try await read
            while try await store.compact() {}
        }
    }

    @Test func `a removed word is in no table or index of PostgreSQL after the compaction`() async throws {
        try await Ground.with(.postgres, Self.message + SearchTests.table(.postgres)) { store, ground in
            try await Self.fill(store)
            try await Self.checkpoint()
            guard let before = try await Self.relations(of: ground) else { return }
            #expect(try before.contains(where: Self.holdsWord), "it was written")
            try await Self.remove(from: store)
            while try await store.compact() {}
            try await Self.checkpoint()
            for file in try await Self.relations(of: ground) ?? [] {
                #expect(!(try Self.holdsWord(file)), "\(file.path)")
            }
            try await Self.checkOthers(in: store)
        }
    }

    private static func fill(_ store: Store) async throws {
        let dialect = store.dialect
        for batch in 0..<10 {
            try await store.write { db in
                for id in batch * 100..<batch * 100 + 100 {
                    let words = ["wort\(id)", "baum", id == 555 ? rare : "nichts"]
                    try db.run("INSERT INTO message VALUES (\(id), \(words.joined(separator: " ")))")
                    try dialect.index(message: Int64(id), tokens: words, into: db)
                }
            }
        }
    }

    private static func remove(from store: Store) async throws {
        let dialect = store.dialect
        try await store.write { db in
            try db.run("UPDATE message SET text = \(nil as String?) WHERE id = 555")
            try dialect.unindex(messages: [555], from: db)
        }
    }

    private static func checkOthers(in store: Store) async throws {
        let query = store.dialect.matches(["baum"], limit: 2000)
        let left = try await store.read { try $0.rows(query).count }
        #expect(left == 999)
    }

    private static func files(of ground: Ground) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: ground.folder, includingPropertiesForKeys: nil)
    }

    private static func holdsWord(_ file: URL) throws -> Bool {
        guard FileManager.default.fileExists(atPath: file.path) else { return false }
        return try Data(contentsOf: file).range(of: Data(rare.utf8)) != nil
    }

    private static func checkpoint() async throws {
        let connection = try PostgresConnection(url: Server.url())
        try connection.execute(script: "SET statement_timeout = 0")
        try connection.execute(script: "CHECKPOINT")
    }

    /// Every file of the schema's tables, their long values and indexes; `nil` where they can't be read (another machine, not root).
    private static func relations(of ground: Ground) async throws -> [URL]? {
        let paths = try await Server.administer { db in
            try db.rows(
                """
                SELECT current_setting('data_directory') || '/' || pg_relation_filepath(pg_class.oid) AS path FROM pg_class
                WHERE relkind IN ('r', 'i', 't') AND (relnamespace = \(ground.schema)::regnamespace OR pg_class.oid IN (
                    SELECT unnest(ARRAY[reltoastrelid, indexrelid]) FROM pg_class AS owner
                    LEFT JOIN pg_index ON indrelid = owner.reltoastrelid WHERE owner.relnamespace = \(ground.schema)::regnamespace))
                """
            ).map { try $0["path"] as String }
        }
        guard let first = paths.first, FileManager.default.isReadableFile(atPath: first) else {
            print("The files of PostgreSQL can't be read here, so they are not looked through.")
            return nil
        }
        return paths.map { URL(filePath: $0) }
    }
}
