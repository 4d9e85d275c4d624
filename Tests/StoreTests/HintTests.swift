import Foundation
import Testing

@testable import Store

@Suite(.timeLimit(.minutes(1))) struct HintTests {
    static let table = "CREATE TABLE thing (a BIGINT)"

    @Test(arguments: Ground.both) func `a commit is heard in its own process`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.table) { store, _ in
            let hints = [await listen(to: store), store.hints()]
            _ = try await store.write { try $0.run("INSERT INTO thing VALUES (1)") }
            for hint in hints { #expect(await heard(.changed, in: hint)) }
        }
    }

    @Test(arguments: Ground.both) func `a block that changed nothing wakes nobody`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.table) { store, _ in
            let hints = await listen(to: store)
            _ = try await store.write { try $0.run("DELETE FROM thing") }
            _ = try await store.claim { try $0.rows("UPDATE thing SET a = 2 RETURNING a") }
            try await store.notify("end")
            var seen: [Hint] = []
            for await hint in hints {
                seen.append(hint)
                if hint == .notified("end") { break }
            }
            #expect(seen == [.notified("end")])
        }
    }

    @Test func `another process's commit to the file is heard`() async throws {
        try await Ground.with(.sqlite, Self.table) { store, ground in
            let hints = store.hints()
            let other = try await ground.open()
            let listening = Task { await heard(.changed, in: hints) }
            try await Task.sleep(for: .milliseconds(200))  // the first look only learns where things stand
            _ = try await other.write { try $0.run("INSERT INTO thing VALUES (1)") }
            #expect(await listening.value)
            await other.close()
        }
    }

    @Test func `a note reaches the other node, also after its line was cut`() async throws {
        try await Ground.with(.postgres, Self.table) { store, ground in
            let other = try await ground.open()
            let hints = await listen(to: other)
            try await store.notify("batch 7")
            #expect(await heard(.notified("batch 7"), in: hints))

            let channel = "schalter_\(ground.schema)"
            _ = try await Server.administer { db in
                try db.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = \("LISTEN \(channel)")")
            }
            #expect(await heard(.changed, in: hints), "something may have been missed")
            try await store.notify("batch 8")
            #expect(await heard(.notified("batch 8"), in: hints))
            await other.close()
        }
    }

    @Test func `authorities don't hear each other`() async throws {
        try await Ground.with(.postgres, Self.table) { store, _ in
            try await Ground.with(.postgres, Self.table) { foreign, _ in
                let hints = await listen(to: store)
                try await foreign.notify("theirs")
                try await store.notify("ours")
                for await hint in hints where hint != .changed {
                    #expect(hint == .notified("ours"))
                    break
                }
            }
        }
    }

    @Test func `a thousand commits are one hint to a slow listener`() async {
        let bell = Bell()
        let hints = bell.listen()
        for _ in 1...1000 { bell.ring(.changed) }
        bell.ring(.notified("last"))
        bell.fallSilent()
        let heard = await hints.reduce(into: [Hint]()) { $0.append($1) }
        #expect(heard == [.changed, .notified("last")])
    }

    /// PostgreSQL's line says when it stands: by a `changed`, because something may have been missed before.
    private func listen(to store: Store) async -> AsyncStream<Hint> {
        let hints = store.hints()
        if store.dialect == .postgres { #expect(await heard(.changed, in: hints)) }
        return hints
    }

    private func heard(_ expected: Hint, in hints: AsyncStream<Hint>) async -> Bool {
        for await hint in hints where hint == expected { return true }
        return false
    }
}
