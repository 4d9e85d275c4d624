import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// A list that is longer than anybody reads.
struct LongListTests {
    /// As many conversations, each like the first.
    private static func fill(_ bench: Bench, with count: Int) async throws {
        try await bench.hear(.example("Frage", id: "1"))
        try await bench.desk.store.write { db in
            let numbers: String = "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))"
            try db.run(
                """
                INSERT INTO citizen (id, network, account, handle, display_name) \(raw: numbers)
                SELECT 100000 + i, 'mastodon', 'account' || i, 'person' || i || '@a.example', 'Person ' || i FROM n
                """)
            try db.run(
                """
                INSERT INTO conversation (id, channel_id, citizen_id, thread, visibility, state, last_message_id, last_at, owed_since, due_at,
                    due_by, moved_at)
                \(raw: numbers) SELECT 100000 + i, channel_id, 100000 + i, 'thread' || i, visibility, state, 100000 + i, last_at, owed_since,
                    due_at, due_by, moved_at FROM n, conversation WHERE conversation.id < 100000
                """)
            try db.run(
                """
                INSERT INTO message (id, conversation_id, channel_id, network, direction, object, citizen_id, text, visibility,
                    network_visibility, received_at, written_at)
                \(raw: numbers) SELECT 100000 + i, 100000 + i, channel_id, network, direction, 'object' || i, 100000 + i, text, visibility,
                    network_visibility, received_at, written_at FROM n, message WHERE message.id < 100000
                """)
        }
    }

    @Test(arguments: Engine.allCases) func `more than a thousand are closed at once, counted, and opened again`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await Self.fill(bench, with: 1_230)
            let desk = bench.desk.conversations
            let sights = try await desk.sights(in: .open, asOf: bench.time)
            #expect(sights.count == 1_230)
            let token = Token.make()
            let tally = try await desk.close(sights, token: token, by: bench.jana, at: bench.time)
            #expect(tally == Conversations.Tally(done: 1_230, left: 0))
            #expect(try await desk.list(.open).isEmpty)
            #expect(try await desk.undoClosing(token, by: bench.jana, at: bench.time).count == 1_230)
            #expect(try await desk.sights(in: .open, asOf: bench.time).count == 1_230)
        }
    }

    @Test(arguments: Engine.allCases) func `page by page every one of a long list stands once`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await Self.fill(bench, with: 1_230)
            var (position, seen): (InboxPosition?, [ID<Conversation>]) = (nil, [])
            repeat {
                let rows = try await bench.desk.conversations.list(.open, after: position, limit: 50)
                seen += rows.map(\.id)
                position = rows.count == 50 ? rows.last.map { InboxPosition($0, in: .open) } : nil
            } while position != nil
            #expect(seen.count == 1_230 && Set(seen).count == 1_230)
        }
    }
}
