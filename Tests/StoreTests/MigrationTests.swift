import Foundation
import Synchronization
import Testing

@testable import Store

@Suite struct MigrationTests {
    static let first = Migration(
        number: 1, name: "first",
        sql: """
            CREATE TABLE desk (
                id    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                name  TEXT NOT NULL DEFAULT 'a; b',
                open  BOOLEAN NOT NULL DEFAULT true,
                image BLOB
            );
            INSERT INTO desk (name) VALUES ('Rathaus');
            """)
    static let second = Migration(number: 2, name: "second", sql: "ALTER TABLE desk ADD COLUMN street TEXT; CREATE TABLE room (a BIGINT);")

    @Test(arguments: Ground.both) func `migrations run once, in order, and are told`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, _ in
            let told = Mutex<[String]>([])
            #expect(try await store.version() == 0)
            try await store.migrate([Self.first]) { title in told.withLock { $0.append(title) } }
            try await store.migrate([Self.first, Self.second]) { title in told.withLock { $0.append(title) } }
            try await store.migrate([Self.first, Self.second]) { title in told.withLock { $0.append(title) } }
            #expect(told.withLock { $0 } == ["0001-first", "0002-second"])
            #expect(try await store.version() == 2)
            let row = try #require(try await store.read { try $0.row("SELECT * FROM desk") })
            #expect(try row["id"] == 1)
            #expect(try row["open"] == true)
        }
    }

    @Test(arguments: Ground.both) func `a migration that was changed after it ran is refused`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, _ in
            try await store.migrate([Self.first]) { _ in }
            let changed = Migration(number: 1, name: "first", sql: Self.first.sql + " ")
            await #expect(throws: StoreError.migration("0001-first was changed after it had run")) {
                try await store.migrate([changed]) { _ in }
            }
        }
    }

    @Test(arguments: Ground.both) func `an older program leaves a newer database alone`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, _ in
            try await store.migrate([Self.first, Self.second]) { _ in }
            await #expect(throws: StoreError.migration("the database is newer than this program, which doesn't know 0002-second")) {
                try await store.migrate([Self.first]) { _ in }
            }
        }
    }

    @Test(arguments: Ground.both) func `a migration that fails leaves nothing, and runs when it is mended`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, _ in
            let broken = Migration(number: 2, name: "second", sql: "CREATE TABLE room (a BIGINT); SELECT nonsense FROM nowhere;")
            let error = await #expect(throws: StoreError.self) { try await store.migrate([Self.first, broken]) { _ in } }
            guard case .migration(let why) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(why.hasPrefix("0002-second failed"))
            #expect(try await store.version() == 1)
            try await store.migrate([Self.first, Self.second]) { _ in }
            #expect(try await store.version() == 2)
        }
    }

    @Test(arguments: Ground.both) func `two processes that start at once migrate once`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, ground in
            let other = try await ground.open()
            async let one: Void = store.migrate([Self.first, Self.second]) { _ in }
            async let two: Void = other.migrate([Self.first, Self.second]) { _ in }
            _ = try await (one, two)
            #expect(try await store.read { try $0.value("SELECT count(*) FROM desk") } == 1)
            await other.close()
        }
    }

    @Test func `a SQLite file is copied before it changes, if it holds something`() async throws {
        try await Ground.with(.sqlite) { store, ground in
            try await store.migrate([Self.first]) { _ in }
            #expect(!FileManager.default.fileExists(atPath: ground.file + ".before-0001"))
            try await store.migrate([Self.first, Self.second]) { _ in }
            let copy = try await Store.open(.sqlite(path: ground.file + ".before-0002"))
            #expect(try await copy.version() == 1)
            #expect(try await copy.read { try $0.value("SELECT name FROM desk") } == "Rathaus")
            await copy.close()
        }
    }

    @Test(arguments: Ground.both) func `statements go on after the tables changed under them`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, _ in
            try await store.migrate([Self.first]) { _ in }
            for _ in 1...3 { _ = try await store.read { try $0.rows("SELECT * FROM desk") } }
            try await store.migrate([Self.first, Self.second]) { _ in }
            let row = try #require(try await store.read { try $0.row("SELECT * FROM desk") })
            #expect(try row["street"] as String? == nil)
        }
    }

    @Test func `a migration may build a table anew that others refer to`() async throws {
        let references = Migration(
            number: 2, name: "references",
            sql: "CREATE TABLE room (desk_id BIGINT NOT NULL REFERENCES desk (id)); INSERT INTO room VALUES (1);")
        let anew = Migration(
            number: 3, name: "anew",
            sql: """
                CREATE TABLE new_desk (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT NOT NULL);
                INSERT INTO new_desk SELECT id, name FROM desk;
                DROP TABLE desk;
                ALTER TABLE new_desk RENAME TO desk;
                """)
        let careless = Migration(number: 4, name: "careless", sql: "DELETE FROM desk;")
        try await Ground.with(.sqlite) { store, _ in
            try await store.migrate([Self.first, references, anew]) { _ in }
            await #expect(throws: StoreError.migration("0004-careless leaves references to rows that are gone")) {
                try await store.migrate([Self.first, references, anew, careless]) { _ in }
            }
            await #expect(throws: StoreError.self, "foreign keys count again") {
                try await store.write { try $0.run("INSERT INTO room VALUES (99)") }
            }
        }
    }

    @Test func `files are loaded in order, each engine's own`() throws {
        let ground = try Ground(.sqlite)
        defer { try? FileManager.default.removeItem(at: ground.folder) }
        for (file, text) in [
            ("0002-search.sqlite.sql", "A"), ("0002-search.postgres.sql", "B"), ("0001-first-desk.sql", "C"), ("README.md", "D"),
        ] {
            try text.write(to: ground.folder.appending(path: file), atomically: true, encoding: .utf8)
        }
        #expect(try Migration.load(from: ground.folder, for: .sqlite).map(\.sql) == ["C", "A"])
        #expect(try Migration.load(from: ground.folder, for: .postgres).map(\.title) == ["0001-first-desk", "0002-search"])
        try "E".write(to: ground.folder.appending(path: "0002-other.sql"), atomically: true, encoding: .utf8)
        #expect(throws: StoreError.self) { try Migration.load(from: ground.folder, for: .sqlite) }
    }
}
