import Foundation
import Testing

@testable import Store

@Suite struct PostgresTests {
    static let table = "CREATE TABLE thing (a BIGINT)"

    @Test func `a connection that is killed in the middle of a block is survived`() async throws {
        try await Ground.with(.postgres, Self.table) { store, _ in
            let runs = Count()
            let server = try Server.url()
            try await store.write { db in
                try db.run("INSERT INTO thing VALUES (1)")
                guard runs.up() == 1 else { return }
                let own: Int? = try db.value("SELECT pg_backend_pid()")
                try PostgresConnection(url: server).execute(script: "SELECT pg_terminate_backend(\(own ?? 0), 5000)")
                try db.run("INSERT INTO thing VALUES (2)")
            }
            #expect(runs.value == 2)
            let numbers = try await store.read { try $0.rows("SELECT a FROM thing").map { try $0["a"] as Int } }
            #expect(numbers == [1])
        }
    }

    @Test func `idle connections that the server has closed are opened anew`() async throws {
        try await Ground.with(.postgres, Self.table) { store, _ in
            for _ in 1...3 {
                let own: Int? = try await store.read { try $0.value("SELECT pg_backend_pid()") }
                _ = try await Server.administer { try $0.rows("SELECT pg_terminate_backend(\(raw: "\(own ?? 0)"), 5000)") }
                _ = try await store.write { try $0.run("INSERT INTO thing VALUES (1)") }
            }
            let count: Int? = try await store.read { try $0.value("SELECT count(*) FROM thing") }
            #expect(count == 3)
        }
    }

    @Test(arguments: [(Wiretap.Cut.afterCommit, 1), (.beforeCommit, 2)])
    func `a commit whose answer was lost is looked up, not run again`(cut: Wiretap.Cut, expectedRuns: Int) async throws {
        try await Ground.with(.postgres, Self.table) { store, ground in
            let wiretap = try Wiretap(to: Server.url())
            defer { wiretap.close() }
            let tapped = try await Store.open(.postgres(url: wiretap.url), schema: ground.schema)
            wiretap.arm(cut)
            let runs = Count()
            _ = try await tapped.write { db in
                runs.up()
                return try db.run("INSERT INTO thing VALUES (1)")
            }
            await tapped.close()
            #expect(wiretap.hasCut)
            #expect(runs.value == expectedRuns)
            let count: Int? = try await store.read { try $0.value("SELECT count(*) FROM thing") }
            #expect(count == 1)
        }
    }

    @Test func `a number that a crash may have given to another is not believed`() async throws {
        try await Ground.with(.postgres, Self.table) { _, _ in
            let worker = PostgresWorker(url: try Server.url())
            let connection = try worker.connection()
            let number = try #require(try connection.execute(script: "SELECT pg_current_xact_id()").text(0))
            #expect(try LostCommit(number: number, era: connection.era).happened(asking: worker))
            #expect(throws: StoreError.commitUnknown) { try LostCommit(number: number, era: "before").happened(asking: worker) }
            #expect(try !LostCommit(number: "9999999999", era: "before").happened(asking: worker))
        }
    }

    @Test func `a server that would lose commits is refused`() async throws {
        let ground = try Ground(.postgres)
        let login = "l\(ground.schema)"
        try await Server.administer { db in
            try db.run("CREATE ROLE \(raw: login) LOGIN SUPERUSER")
            try db.run("ALTER ROLE \(raw: login) SET synchronous_commit = off")
        }
        let url = try Server.url().replacing("postgres@", with: "\(login)@")
        await #expect(throws: StoreError.unsafe("PostgreSQL runs with synchronous_commit off")) {
            try await Store.open(.postgres(url: url), schema: ground.schema)
        }
        try await ground.remove()
        _ = try await Server.administer { try $0.run("DROP ROLE \(raw: login)") }
    }

    @Test func `a login that may make no role works without one`() async throws {
        let ground = try Ground(.postgres)
        let login = "l\(ground.schema)"
        let url = try Server.url().replacing("postgres@", with: "\(login)@")
        try await Server.administer { db in
            try db.run("CREATE ROLE \(raw: login) LOGIN")
            try db.run("CREATE SCHEMA \(raw: ground.schema) AUTHORIZATION \(raw: login)")
        }
        let store = try await Store.open(.postgres(url: url), schema: ground.schema)
        try await store.migrate([Migration(number: 1, name: "test", sql: Self.table)]) { _ in }
        #expect(try await store.read { try $0.value("SELECT current_user::text") } == login)
        while try await store.compact() {}
        await store.close()
        try await ground.remove()
        _ = try await Server.administer { try $0.run("DROP ROLE \(raw: login)") }
    }

    @Test func `one authority's statements can't reach another's rows`() async throws {
        try await Ground.with(.postgres, Self.table) { _, theirs in
            try await Ground.with(.postgres, Self.table) { store, ours in
                let user: String? = try await store.read { try $0.value("SELECT current_user::text") }
                #expect(user == ours.schema)
                await #expect(throws: StoreError.self) {
                    try await store.read { try $0.rows("SELECT * FROM \(raw: theirs.schema).thing") }
                }
            }
        }
    }

    @Test func `a node that freezes in a transaction gives way to others`() async throws {
        try await Ground.with(.postgres, Self.table + "; INSERT INTO thing VALUES (0)") { store, ground in
            let settings = try await store.read { db in
                try db.rows(
                    """
                    SELECT name, setting::bigint AS ms FROM pg_settings
                    WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
                    """
                ).map { (try $0["name"] as String, try $0["ms"] as Int) }
            }
            #expect(settings.count == 3)
            for (name, milliseconds) in settings { #expect((1...10000).contains(milliseconds), "\(name)") }

            // The frozen node: a transaction that holds a row and says nothing more.
            let frozen = try PostgresConnection(url: Server.url())
            try frozen.execute(script: "BEGIN; UPDATE \(ground.schema).thing SET a = 1")
            let start = ContinuousClock.now
            var done = false
            while !done && ContinuousClock.now - start < .seconds(15) {
                done = (try? await store.claim { try $0.run("UPDATE thing SET a = a + 10") }) != nil
            }
            #expect(done)
            let number: Int? = try await store.read { try $0.value("SELECT a FROM thing") }
            #expect(number == 10)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a server that can't be reached is named`() async throws {
        let error = await #expect(throws: StoreError.self) {
            try await Store.open(.postgres(url: "postgresql://nobody@127.0.0.1:1/nothing"))
        }
        guard case .unreachable = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test func `more statements than a connection keeps are no harm`() async throws {
        try await Ground.with(.postgres, Self.table) { store, _ in
            var sum = 0
            for hundreds in 0..<7 {
                sum += try await store.read { db in
                    try (1...100).map { hundreds * 100 + $0 }
                        .reduce(0) { sum, number in sum + (try db.value("SELECT \(number) + \(raw: "\(number)")") ?? 0) }
                }
            }
            #expect(sum == 700 * 701)
        }
    }

    @Test func `a task that was given up doesn't wait for the server`() async throws {
        try await Ground.with(.postgres, Self.table) { store, _ in
            let task = Task { try await store.write { try $0.run("INSERT INTO thing VALUES (1)") } }
            task.cancel()
            _ = await task.result
            let one: Int? = try await store.read { try $0.value("SELECT 1") }
            #expect(one == 1)
        }
    }
}
