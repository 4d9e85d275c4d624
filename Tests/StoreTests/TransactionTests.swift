import Foundation
import Synchronization
import Testing

@testable import Store

@Suite struct TransactionTests {
    static let account = """
        CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY, amount BIGINT NOT NULL CHECK (amount >= 0));
        INSERT INTO account VALUES (1, 0), (2, 0);
        """

    struct Objection: Error, Equatable {}

    @Test(arguments: Ground.both) func `what a block throws passes through and nothing is kept`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            typealias Performer = (@escaping @Sendable (Database) throws -> Void) async throws -> Void
            let performers: [Performer] = [store.write, store.claim, store.append]
            for perform in performers {
                await #expect(throws: Objection()) {
                    try await perform { db in
                        try db.run("UPDATE account SET amount = 7")
                        throw Objection()
                    }
                }
            }
            let sum = try await Self.sum(in: store)
            #expect(sum == 0)
        }
    }

    @Test(arguments: Ground.both) func `a statement that failed spoils its block, caught or not`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            await #expect(throws: StoreError.self) {
                try await store.write { db in
                    try db.run("UPDATE account SET amount = 7")
                    _ = try? db.run("INSERT INTO account VALUES (1, 1)")
                }
            }
            let sum = try await Self.sum(in: store)
            #expect(sum == 0)
        }
    }

    @Test(arguments: Ground.both) func `what is run later is there for the next statement`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            let seen = try await store.write { db in
                for number in 3...2000 { try db.later("INSERT INTO account VALUES (\(number), 1)") }
                let seen: Int? = try db.value("SELECT CAST(sum(amount) AS BIGINT) FROM account")
                try db.later("UPDATE account SET amount = 2 WHERE id = 3")
                return seen
            }
            #expect(seen == 1998)
            let sum = try await Self.sum(in: store)
            #expect(sum == 1999, "the last one counts too, though nothing came after it")
        }
    }

    @Test(arguments: Ground.both) func `rows that are gathered stand before the next statement, whatever order they came in`(
        dialect: Dialect
    ) async throws {
        let tables = """
            CREATE TABLE street (id BIGINT NOT NULL PRIMARY KEY, name TEXT, lamp BOOLEAN NOT NULL, length DOUBLE PRECISION, mark BLOB);
            CREATE TABLE house (id BIGINT NOT NULL PRIMARY KEY, street BIGINT NOT NULL REFERENCES street (id));
            INSERT INTO street VALUES (0, 'Altmarkt', TRUE, NULL, NULL);
            """
        try await Ground.with(dialect, tables) { store, _ in
            let seen = try await store.write { db in
                db.gather(into: ["street", "house"])
                try db.add(Insert("house", "id, street", "\(100), \(0)"))
                for number in 1...1000 {
                    let name = number % 2 == 0 ? nil : "„Am \(number), dort“ 🦆"
                    let mark = number % 3 == 0 ? nil : Data([0, UInt8(number % 256)])
                    try db.add(
                        Insert(
                            "street", "id, name, lamp, length, mark",
                            "\(number), \(name), \(number % 5 == 0), CAST(\(Double(number) / 2) AS DOUBLE PRECISION) * 2, \(mark)"))
                    try db.add(Insert("house", "id, street", "\(number), \(number)", conflict: "ON CONFLICT DO NOTHING"))
                }
                let houses: Int? = try db.value("SELECT count(*) FROM house JOIN street ON street.id = house.street")
                try db.add(Insert("street", "id, lamp", "\(2000), \(false)"))
                return houses
            }
            #expect(seen == 1000, "one number was taken")
            let streets = try await store.read { try $0.rows("SELECT * FROM street WHERE id IN (1, 6, 2000) ORDER BY id") }
            #expect(try streets.map { try $0["name"] as String? } == ["„Am 1, dort“ 🦆", nil, nil])
            #expect(try streets.map { try $0["length"] as Double? } == [1, 6, nil])
            #expect(try streets.map { try $0["mark"] as Data? } == [Data([0, 1]), nil, nil])
        }
    }

    @Test(arguments: Ground.both) func `a gathered row that is refused spoils its block`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            await #expect(throws: StoreError.self) {
                try await store.write { db in
                    db.gather(into: ["account"])
                    try db.add(Insert("account", "id, amount", "\(3), \(1)"))
                    try db.add(Insert("account", "id, amount", "\(4), \(-1)"))
                }
            }
            let sum = try await Self.sum(in: store)
            #expect(sum == 0)
        }
    }

    @Test(arguments: Ground.both) func `what is run later and fails spoils its block`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            for isFollowed in [true, false] {
                let error = await #expect(throws: StoreError.self) {
                    try await store.write { db in
                        try db.later("UPDATE account SET amount = 7")
                        try db.later("INSERT INTO account VALUES (1, 1)")
                        try db.later("UPDATE account SET amount = 8")
                        if isFollowed { _ = try db.rows("SELECT * FROM account") }
                    }
                }
                guard case .constraint(.unique, _) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                let sum = try await Self.sum(in: store)
                #expect(sum == 0)
            }
        }
    }

    @Test(arguments: Ground.both) func `the schema's refusals are told apart`(dialect: Dialect) async throws {
        let schema = Self.account + "CREATE TABLE booking (account_id BIGINT NOT NULL REFERENCES account (id));"
        try await Ground.with(dialect, schema) { store, _ in
            func refusal(_ sql: SQL) async -> StoreError.Constraint? {
                do {
                    _ = try await store.write { try $0.run(sql) }
                } catch StoreError.constraint(let kind, let why) {
                    #expect(!why.isEmpty)
                    return kind
                } catch {}
                return nil
            }
            #expect(await refusal("INSERT INTO account VALUES (1, 0)") == .unique)
            #expect(await refusal("INSERT INTO account VALUES (3, -1)") == .check)
            #expect(await refusal("INSERT INTO booking VALUES (\(nil as Int?))") == .notNull)
            #expect(await refusal("INSERT INTO booking VALUES (99)") == .foreignKey)
        }
    }

    @Test(arguments: Ground.both) func `no increment is lost among many`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 1...40 {
                    group.addTask {
                        try await store.write { db in
                            let amount: Int = try db.value("SELECT amount FROM account WHERE id = 1") ?? 0
                            try db.run("UPDATE account SET amount = \(amount + 1) WHERE id = 1")
                        }
                    }
                }
            }
            #expect(try await Self.sum(in: store) == 40)
        }
    }

    @Test(arguments: Ground.both) func `two who each look at the other's row don't both write`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            let runs = Count()
            let meeting = Meeting()
            try await withThrowingDiscardingTaskGroup { group in
                for (own, other) in [(1, 2), (2, 1)] {
                    group.addTask {
                        try await store.write { db in
                            let first = runs.up() <= 2
                            let foreign: Int = try db.value("SELECT amount FROM account WHERE id = \(other)") ?? 0
                            if first && dialect == .postgres { meeting.attend() }  // both have read before either writes
                            if foreign == 0 { try db.run("UPDATE account SET amount = 1 WHERE id = \(own)") }
                        }
                    }
                }
            }
            #expect(try await Self.sum(in: store) == 1)
            if dialect == .postgres { #expect(runs.value >= 3, "the loser ran again") }
        }
    }

    @Test(arguments: Ground.both) func `a read sees one moment`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            let (started, written) = (Meeting(), Meeting())
            async let seen = store.read { db in
                let first: Int? = try db.value("SELECT amount FROM account WHERE id = 1")
                started.attend()
                written.attend()
                let second: Int? = try db.value("SELECT amount FROM account WHERE id = 1")
                return [first, second]
            }
            await started.attendAsync()
            _ = try await store.write { try $0.run("UPDATE account SET amount = 5") }
            await written.attendAsync()
            #expect(try await seen == [0, 0])
        }
    }

    @Test(arguments: Ground.both) func `a read can't write`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.account) { store, _ in
            await #expect(throws: StoreError.self) { try await store.read { try $0.run("UPDATE account SET amount = 1") } }
            let sum = try await Self.sum(in: store)
            #expect(sum == 0)
        }
    }

    @Test(arguments: Ground.both) func `nobody takes what another has taken`(dialect: Dialect) async throws {
        let schema = "CREATE TABLE job (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, taken_by BIGINT);"
        try await Ground.with(dialect, schema) { store, _ in
            _ = try await store.write { db in
                for _ in 1...40 { try db.run("INSERT INTO job (taken_by) VALUES (\(nil as Int?))") }
            }
            let skipLocked = store.dialect.skipLocked
            let taken = try await withThrowingTaskGroup(of: [Int].self) { group in
                for worker in 1...8 {
                    group.addTask {
                        var mine: [Int] = []
                        while let id = try await store.claim({ db -> Int? in
                            try db.value(
                                """
                                UPDATE job SET taken_by = \(worker) WHERE id = (
                                    SELECT id FROM job WHERE taken_by IS NULL ORDER BY id LIMIT 1 \(sql: skipLocked)) RETURNING id
                                """)
                        }) { mine.append(id) }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 40)
            #expect(Set(taken).count == 40)
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Ground.both) func `a statement without end is stopped`(dialect: Dialect) async throws {
        try await Ground.with(dialect) { store, _ in
            let endless: SQL = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i % 2 + 1 FROM n) SELECT count(*) FROM n"
            let error = await #expect(throws: StoreError.self) { try await store.read { try $0.rows(endless) } }
            guard case .timeout = error else { return #expect(Bool(false), "\(String(describing: error))") }
            let one: Int? = try await store.read { try $0.value("SELECT 1") }
            #expect(one == 1, "the connection is good for the next")
        }
    }

    @Test(arguments: Ground.both) func `a closed store says so`(dialect: Dialect) async throws {
        let ground = try Ground(dialect)
        let store = try await ground.open()
        await store.close()
        for perform in [store.read, store.write, store.append] as [(@escaping @Sendable (Database) throws -> Int?) async throws -> Int?] {
            await #expect(throws: StoreError.closed) { _ = try await perform { try $0.value("SELECT 1") } }
        }
        try await ground.remove()
    }

    private static func sum(in store: Store) async throws -> Int? {
        try await store.read { try $0.value("SELECT CAST(sum(amount) AS BIGINT) FROM account") }
    }
}

/// Where two threads wait for each other; Swift's own tasks wait without holding a thread.
final class Meeting: Sendable {
    private let semaphores = (mine: DispatchSemaphore(value: 0), theirs: DispatchSemaphore(value: 0))
    private let arrivals = Atomic(0)

    func attend() {
        let isFirst = arrivals.add(1, ordering: .sequentiallyConsistent).newValue == 1
        (isFirst ? semaphores.theirs : semaphores.mine).signal()
        _ = (isFirst ? semaphores.mine : semaphores.theirs).wait(timeout: .now() + 8)
    }

    func attendAsync() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                self.attend()
                continuation.resume()
            }
        }
    }
}

final class Count: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .sequentiallyConsistent) }

    @discardableResult
    func up() -> Int { count.add(1, ordering: .sequentiallyConsistent).newValue }
}
