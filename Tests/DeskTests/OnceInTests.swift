import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// Guarantee 2: however a network tells it, the conversation ends up the same.
struct OnceInTests {
    private let edited = Date(timeIntervalSince1970: 1_795_000_100)

    @Test(arguments: Engine.allCases) func `a redelivered message is one message`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            for _ in 0..<3 { try await bench.hear(.example("Wann kommt der Bus?")) }
            let thread = try await bench.theConversation()
            #expect(thread.entries.map(\.message.text) == ["Wann kommt der Bus?"])
            #expect(thread.conversation.state == .open)
        }
    }

    @Test(arguments: Engine.allCases) func `an edit keeps the earlier text, whichever comes first`(on engine: Engine) async throws {
        for order in [[0, 1], [1, 0]] {
            try await Bench.with(engine) { bench in
                let versions: [InboundMessage] = [.example("Wan kommt er?"), .example("Wann kommt er?", editedAt: edited)]
                for index in order { try await bench.hear(versions[index]) }
                let entry = try #require(try await bench.theConversation().entries.first)
                #expect(entry.message.text == "Wann kommt er?")
                #expect(entry.earlier.map(\.text) == ["Wan kommt er?"])
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a deletion takes the text away, here and in search`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Geheimnisvoll"))
            #expect(try await bench.desk.search.find("geheimnisvoll").count == 1)
            try await bench.hear([.removed(localID: "7")])
            let message = try #require(try await bench.theConversation().entries.first?.message)
            #expect(message.text.isEmpty && message.removedBy == .network)
            #expect(try await bench.desk.search.find("geheimnisvoll").isEmpty)
            try await bench.hear(.example("Geheimnisvoll", editedAt: edited))
            #expect(try await bench.theConversation().entries.first?.message.text == "")
        }
    }

    @Test(arguments: Engine.allCases) func `what was deleted before it came never appears`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear([.removed(localID: "7")])
            try await bench.hear(.example("Zu spät"))
            #expect(try await bench.desk.conversations.list(.all).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func `a reply hangs under the post at the root, for each citizen apart`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Der Radweg ist fertig", id: "1", isOurs: true))
            try await bench.hear(.example("Endlich", id: "2", under: "1"))
            try await bench.hear(.example("Finde ich auch", id: "3", by: "otto@nebenan.example", under: "2"))
            try await bench.hear(.example("Noch etwas", id: "4", under: "3"))
            let rows = try await bench.desk.conversations.list(.all)
            #expect(rows.count == 2)
            for row in rows {
                #expect(try await bench.desk.conversations.thread(row.id).root?.text == "Der Radweg ist fertig")
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a private message is never in a public conversation`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Öffentlich", id: "1"))
            try await bench.hear(.example("Privat", id: "2", visibility: .private, under: "1"))
            let rows = try await bench.desk.conversations.list(.all)
            #expect(Set(rows.map { $0.audience == .everybody }) == [true, false])
        }
    }
}

/// What the pages read.
struct InboxTests {
    @Test func `who writes to us names us first, and there is better use for the room`() {
        let us = "stadt@muster.example"
        #expect("@Stadt@Muster.example  Wann kommt er?".withoutUs(us) == "Wann kommt er?")
        for text in ["@stadt@muster.example", "@stadt@muster.example.org Hallo", "Hallo @stadt@muster.example", "@stadt", ""] {
            #expect(text.withoutUs(us) == text)
        }
    }

    @Test(arguments: Engine.allCases) func `every view can be listed, and what waits is counted`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let desk = bench.desk
            for (view, count) in [(InboxView.open, 1), (.answered, 0), (.closed, 0), (.all, 1), (.mine(bench.jana), 0)] {
                #expect(try await desk.conversations.list(view).count == count)
            }
            let id = try await bench.theConversation().conversation.id
            for assignee in [nil, bench.jana, bench.jonas, bench.jana] {
                try await desk.conversations.assign(id, to: assignee, by: bench.jana, at: bench.time)
                for _ in 1...2 {
                    let inbox = try await desk.conversations.inbox(.view(.mine(bench.jana), after: nil, limit: 50), of: bench.jana)
                    #expect(inbox.open == 1 && inbox.mine == inbox.rows.count && inbox.mine == (assignee == bench.jana ? 1 : 0))
                    _ = try await desk.sealer.seal()
                }
            }
            try await desk.conversations.close(id, .noReplyNeeded, seen: try await bench.theConversation().conversation.lastMessage, by: bench.jana, at: bench.time)
            let inbox = try await desk.conversations.inbox(.view(.open, after: nil, limit: 50), of: bench.jana)
            #expect(inbox.open == 0 && inbox.mine == 0 && inbox.rows.isEmpty)
        }
    }
}
