import Foundation
import Testing

@testable import Store

@Suite struct ValueTests {
    enum Mood: String, SQLValueConvertible { case good, bad }
    struct Number: RawRepresentable, SQLValueConvertible { let rawValue: Int64 }

    @Test(arguments: Ground.both) func `every type comes back as it went in`(dialect: Dialect) async throws {
        let schema = "CREATE TABLE thing (a BIGINT, b TEXT, c BLOB, d DOUBLE PRECISION, e BOOLEAN, f BIGINT, g BIGINT, h TEXT, i BIGINT)"
        try await Ground.with(dialect, schema) { store, _ in
            let date = Date(timeIntervalSince1970: 1_700_000_000.123)
            let bytes = Data([0, 1, 255, 0])
            let row = try await store.write { db in
                try db.run(
                    """
                    INSERT INTO thing VALUES (\(Int64.min), \("Grüße 🏛 'x' \u{301}"), \(bytes), \(1.5), \(true), \(date),
                        \(Duration.milliseconds(1500)), \(Mood.bad), \(Number(rawValue: 7)))
                    """)
                return try #require(try db.row("SELECT * FROM thing"))
            }
            #expect(try row["a"] == Int64.min)
            #expect(try row["b"] == "Grüße 🏛 'x' \u{301}")
            #expect(try row["c"] == bytes)
            #expect(try row["d"] == 1.5)
            #expect(try row["e"] == true)
            #expect(try row["f"] == date)
            #expect(try row["g"] == Duration.milliseconds(1500))
            #expect(try row["h"] == Mood.bad)
            #expect(try (row["i"] as Number).rawValue == 7)
        }
    }

    @Test(arguments: Ground.both) func `a NULL knows its type wherever it stands`(dialect: Dialect) async throws {
        try await Ground.with(dialect, "CREATE TABLE thing (a BIGINT, b TEXT, c BLOB, e BOOLEAN)") { store, _ in
            let (number, text, bytes, flag): (Int?, String?, Data?, Bool?) = (nil, nil, nil, nil)
            let row = try await store.write { db in
                try db.run("INSERT INTO thing VALUES (\(number), \(text), \(bytes), \(flag))")
                return try #require(
                    try db.row("SELECT a, b, c, e, coalesce(\(number), 5) AS f FROM thing WHERE \(text) IS NULL AND \(flag) IS NULL"))
            }
            #expect(try row["a"] as Int? == nil)
            #expect(try row["b"] as String? == nil)
            #expect(try row["c"] as Data? == nil)
            #expect(try row["e"] as Bool? == nil)
            #expect(try row["f"] == 5)
            #expect(throws: StoreError.column("a")) { try row["a"] as Int }
        }
    }

    @Test(arguments: Ground.both) func `an empty text and empty bytes are not NULL`(dialect: Dialect) async throws {
        try await Ground.with(dialect, "CREATE TABLE thing (b TEXT NOT NULL, c BLOB NOT NULL)") { store, _ in
            let row = try await store.write { db in
                try db.row("INSERT INTO thing VALUES (\(""), \(Data())) RETURNING b, c")
            }
            #expect(try row?["b"] == "")
            #expect(try row?["c"] == Data())
        }
    }

    @Test(arguments: Ground.both) func `a text with NUL is refused, not cut`(dialect: Dialect) async throws {
        try await Ground.with(dialect, "CREATE TABLE thing (b TEXT)") { store, _ in
            await #expect(throws: StoreError.nul) {
                try await store.write { try $0.run("INSERT INTO thing VALUES (\("a\u{0}b"))") }
            }
        }
    }

    @Test(arguments: Ground.both) func `a column that is absent or of another type is named`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, _ in
            let row = try #require(try await store.read { try $0.row("SELECT 'a' AS a") })
            #expect(throws: StoreError.column("z")) { try row["z"] as String }
            #expect(throws: StoreError.column("a")) { try row["a"] as Int }
            #expect(throws: StoreError.column("a")) { try row["a"] as Int? }
        }
    }

    @Test(arguments: Ground.both) func `lists are bound for IN`(dialect: Dialect) async throws {
        try await Ground.with(dialect, "CREATE TABLE thing (a BIGINT)") { store, _ in
            let found = try await store.write { db in
                for number in 1...5 { try db.run("INSERT INTO thing VALUES (\(number))") }
                let some = try db.rows("SELECT a FROM thing WHERE a \(in: [2, 4, 9]) AND a < \(100) ORDER BY a")
                let none = try db.rows("SELECT a FROM thing WHERE a \(in: [Int]())")
                return (some: try some.map { try $0["a"] as Int }, none: none.count)
            }
            #expect(found.some == [2, 4])
            #expect(found.none == 0)
        }
    }

    @Test(arguments: Ground.both) func `a list of texts may hold anything but NUL`(dialect: Dialect) async throws {
        let odd = ["", "\"quoted\\\"", "ä/ö\n,ü", "👩🏽‍🚒 {}[]", "NULL", "\u{202E}x"]
        try await Ground.with(dialect, "CREATE TABLE thing (a TEXT)") { store, _ in
            let count = try await store.write { db in
                for text in odd + ["other"] { try db.run("INSERT INTO thing VALUES (\(text))") }
                return try db.rows("SELECT a FROM thing WHERE a \(in: odd)").count
            }
            #expect(count == odd.count)
            await #expect(throws: StoreError.nul) { try await store.read { try $0.rows("SELECT a FROM thing WHERE a \(in: ["a\0"])").count } }
        }
    }

    @Test func `nested statements are numbered through`() {
        let condition: SQL = "a = \(1) OR b = \("x")"
        let sql: SQL = "SELECT \(raw: "name") FROM t WHERE c = \(2) AND (\(sql: condition))" + " LIMIT \(3)"
        #expect(sql.text(for: .postgres) == "SELECT name FROM t WHERE c = $1 AND (a = $2 OR b = $3) LIMIT $4")
        #expect(sql.values == [.integer(2), .integer(1), .text("x"), .integer(3)])
    }

    @Test(arguments: Ground.both) func `changed rows are counted`(dialect: Dialect) async throws {
        try await Ground.with(dialect, "CREATE TABLE thing (a BIGINT UNIQUE)") { store, _ in
            let counts = try await store.write { db in
                [
                    try db.run("INSERT INTO thing VALUES (1), (2), (3)"),
                    try db.run("INSERT INTO thing VALUES (1) ON CONFLICT DO NOTHING"),
                    try db.run("UPDATE thing SET a = a + 10 WHERE a > 1"),
                    try db.run("SELECT a FROM thing"),
                    try db.run("DELETE FROM thing WHERE a = 99"),
                ]
            }
            #expect(counts == [3, 0, 2, 0, 0])
        }
    }

    @Test(arguments: Ground.both) func `the database's clock tells the time and moves`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, _ in
            let clock = store.dialect.clock
            let time: Date? = try await store.read { try $0.value("SELECT \(sql: clock)") }
            #expect(abs(try #require(time).timeIntervalSinceNow) < 5)
        }
    }
}
