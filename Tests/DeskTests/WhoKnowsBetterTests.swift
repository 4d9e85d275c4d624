import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// What a network tells late, twice or by another way is believed where it is certain.
struct WhoKnowsBetterTests {
    private func sendOne(_ bench: Bench) async throws -> (delivery: Delivery, conversation: ID<Conversation>) {
        try await bench.hear(.example("Frage"))
        let thread = try await bench.theConversation()
        try await bench.desk.replies.send(bench.letter("Antwort", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
        let later = bench.time + .seconds(6)
        let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "slow"))
        #expect(try await bench.desk.outbox.begin(claimed, window: .seconds(3600), at: later))
        return (claimed, thread.conversation.id)
    }

    private let published = Published(object: "https://muster.example/99", localID: "99", url: nil)

    @Test(arguments: Engine.allCases) func `a success that comes late is a success`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (slow, _) = try await sendOne(bench)
            let later = bench.time + .seconds(100)
            // Another node takes it for dead, and puts it back.
            _ = try await bench.desk.store.write { db in try db.run("UPDATE delivery SET claim_until = 0") }
            try await bench.desk.outbox.recover(on: bench.channel.id, window: .seconds(3600), at: later)
            try await bench.desk.outbox.record(.delivered(published), for: slow, at: later)
            #expect(try await bench.desk.outbox.claim(on: bench.channel.id, at: later + .seconds(600), token: "other") == nil)
            #expect(try await bench.theConversation().entries.last?.deliveries.first?.state == .delivered)
        }
    }

    @Test(arguments: Engine.allCases) func `what the network has shown us is not in doubt`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (slow, id) = try await sendOne(bench)
            let later = bench.time + .seconds(7)
            try await bench.hear(.example("@ida@anderswo.example Antwort", id: "99", by: "stadt@muster.example", under: "7", isOurs: true))
            try await bench.desk.outbox.record(.unclear("broken"), for: slow, at: later)
            let thread = try await bench.desk.conversations.thread(id)
            #expect(thread.entries.last?.deliveries.first?.state == .delivered)
            #expect(thread.conversation.state == .answered)
        }
    }

    @Test(arguments: Engine.allCases) func `what waits for its next try and shows up meanwhile is not sent again`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (slow, _) = try await sendOne(bench)
            let later = bench.time + .seconds(7)
            try await bench.desk.outbox.record(.postponed(.unanswered), for: slow, at: later)
            try await bench.hear(.example("@ida@anderswo.example Antwort", id: "99", by: "stadt@muster.example", under: "7", isOurs: true))
            #expect(try await bench.desk.outbox.claim(on: bench.channel.id, at: later + .seconds(600), token: "b") == nil)
            #expect(try await bench.theConversation().entries.filter { $0.message.direction == .out }.count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func `a conversation whose answer is in doubt is open again, and answered once it is clear`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let (slow, id) = try await sendOne(bench)
            let later = bench.time + .seconds(7)
            try await bench.desk.conversations.close(id, .answered, seen: try await bench.theConversation().conversation.lastMessage, by: bench.jana, at: later)
            try await bench.desk.outbox.record(.unclear("broken"), for: slow, at: later)
            #expect(try await bench.theConversation().conversation.state == .open)
            try await bench.desk.outbox.confirm(slow.id, at: nil, by: bench.jonas, at: later)
            #expect(try await bench.theConversation().conversation.state == .answered)
        }
    }

    @Test(arguments: Engine.allCases) func `who did not see the newest question has not answered it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage", visibility: .private))
            let thread = try await bench.theConversation()
            try await bench.hear(.example("Und noch eine", id: "8", visibility: .private))
            try await bench.desk.replies.send(
                bench.letter("Antwort", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
            #expect(try await bench.theConversation().conversation.state == .open)
        }
    }

    @Test(arguments: Engine.allCases) func `an answer in the native app does not answer what was asked after it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Montag", id: "1"))
            var wednesday = InboundMessage.example("Mittwoch", id: "3", under: "1")
            wednesday.writtenAt += 2 * 86_400
            try await bench.hear(wednesday)
            var tuesday = InboundMessage.example("Antwort", id: "2", by: "stadt@muster.example", under: "1", isOurs: true)
            tuesday.writtenAt += 86_400
            try await bench.hear(tuesday)
            #expect(try await bench.theConversation().conversation.state == .open)
        }
    }

    @Test(arguments: Engine.allCases) func `two channels that hear of one thread have one conversation`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage", id: "1"))
            let museum = try await bench.otherChannel()
            var same = InboundMessage.example("Frage", id: "1")
            same.localID = "m1"
            var next = InboundMessage.example("Nachfrage", id: "2")
            (next.localID, next.parentLocalID) = ("m2", "m1")
            try await bench.hear(same, on: museum)
            try await bench.hear(next, on: museum)
            let thread = try await bench.theConversation()
            #expect(thread.entries.map(\.message.text) == ["Frage", "Nachfrage"])
            try await bench.hear([.removed(localID: "m1")], on: museum)
            #expect(try await bench.theConversation().entries.first?.message.removedBy == .network)
        }
    }

    @Test(arguments: Engine.allCases) func `an edit does not overwrite one that was not seen`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (sent, _) = try await sendOne(bench)
            let later = bench.time + .seconds(7)
            try await bench.desk.outbox.record(.delivered(published), for: sent, at: later)
            try await bench.desk.replies.edit(sent.message, revision: 0, to: "Anders", by: bench.jana, token: "a", at: later)
            await #expect(throws: Refusal.textChanged) {
                try await bench.desk.replies.edit(sent.message, revision: 0, to: "Ganz anders", by: bench.jonas, token: "b", at: later)
            }
        }
    }
}

/// What history brings with it.
struct HistoryTests {
    @Test(arguments: Engine.allCases) func `likes that an imported post counts already are not counted again`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            var liked = InboundMessage.example("Danke!")
            liked.likes = 3
            try await bench.hear(liked)
            let author = Author(object: "https://a.example/@otto", localID: "9", handle: "otto@a.example", displayName: "Otto")
            let like = InboundEvent.reaction(Reaction(kind: .like, object: liked.object, by: author))
            try await bench.hear([like], key: "alt", isImport: true)
            #expect(try await bench.theConversation().entries.first?.message.likes == 3)
            try await bench.hear([like], key: "neu")
            #expect(try await bench.theConversation().entries.first?.message.likes == 4)
        }
    }

    @Test(arguments: Engine.allCases) func `emoji of the writer's server are fetched once, those that the text has`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            var message = InboundMessage.example("Der :bus: kommt nicht :bus:")
            message.emoji = ["bus", "bahn"].map { CustomEmoji(shortcode: $0, url: "https://a.example/\($0).png") }
            try await bench.hear(message)
            let entry = try #require(try await bench.theConversation().entries.first)
            #expect(entry.media.map(\.name) == ["bus"] && entry.media.first?.kind == .emoji)
            #expect(try await bench.desk.conversations.list(.all).first?.mediaCount == 0)
        }
    }

    @Test(arguments: Engine.allCases) func `a private word that a colleague began in the network's own app stands in its correspondence`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Vertraulich", id: "1", visibility: .private))
            var word = InboundMessage.example("Wir haben noch eine Frage", id: "2", visibility: .private, isOurs: true)
            word.mentions = ["ida@anderswo.example"]
            word.writtenAt += 60
            try await bench.hear(word)
            let thread = try await bench.theConversation()
            #expect(thread.entries.map(\.message.text) == ["Vertraulich", "Wir haben noch eine Frage"])
            #expect(thread.conversation.state == .answered)
            word = .example("An zwei", id: "3", visibility: .private, isOurs: true)
            word.mentions = ["ida@anderswo.example", "otto@nebenan.example"]
            try await bench.hear(word)
            #expect(try await bench.theConversation().entries.count == 2, "a word to two people is in neither's")
        }
    }
}
