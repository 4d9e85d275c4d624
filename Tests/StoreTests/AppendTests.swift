import Foundation
import Testing

@testable import Store

@Suite struct AppendTests {
    static let journal = "CREATE TABLE item (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, word TEXT NOT NULL UNIQUE);"

    @Test(arguments: Ground.both) func `a block that fails costs its neighbours nothing`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.journal) { store, _ in
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        do {
                            _ = try await store.append { db in
                                try db.run("INSERT INTO item (word) VALUES (\("w\(number)"))")
                                if number % 3 == 0 { try db.run("INSERT INTO item (word) VALUES (\("w\(number)"))") }
                            }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 }.count == 40)
            let kept: Int? = try await store.read { try $0.value("SELECT count(*) FROM item") }
            #expect(kept == 40)
        }
    }

    @Test func `rows that come together share a commit on SQLite`() async throws {
        try await Ground.with(.sqlite, Self.journal) { store, ground in
            while try await store.compact() {}  // empties the log, so that its frames are countable
            try await withThrowingDiscardingTaskGroup { group in
                for number in 0..<400 {
                    group.addTask { _ = try await store.append { try $0.run("INSERT INTO item (word) VALUES (\("w\(number)"))") } }
                }
            }
            let commits = try Self.commits(inLogOf: ground.file)
            #expect(commits > 0)
            #expect(commits < 100, "\(commits) commits for 400 rows")
            #expect(try await store.read { try $0.value("SELECT count(*) FROM item") } == 400)
        }
    }

    @Test(arguments: Ground.both) func `each gets its own answer`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.journal) { store, _ in
            try await withThrowingDiscardingTaskGroup { group in
                for number in 0..<50 {
                    group.addTask {
                        let word: String? = try await store.append { db in
                            try db.value("INSERT INTO item (word) VALUES (\("w\(number)")) RETURNING word")
                        }
                        #expect(word == "w\(number)")
                    }
                }
            }
        }
    }

    /// A frame of the write-ahead log that ends a commit holds the size of the database; others hold 0.
    private static func commits(inLogOf file: String) throws -> Int {
        let log = try Data(contentsOf: URL(filePath: file + "-wal"))
        func number(at offset: Int) -> UInt32 { log[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        let frame = 24 + Int(number(at: 8))
        return stride(from: 32, to: log.count - 24, by: frame).count { number(at: $0 + 4) != 0 }
    }
}
