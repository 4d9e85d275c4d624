import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// An answer in several parts is one answer; what may be out already is not taken back.
struct LongAnswerTests {
    private static let long = Array(repeating: "Die Müllabfuhr kommt am Dienstag.", count: 30).joined(separator: " ")

    private func sendLong(_ bench: Bench) async throws -> ID<Conversation> {
        try await bench.hear(.example("Frage"))
        let thread = try await bench.theConversation()
        var letter = try bench.letter(Self.long, in: thread)
        letter.mayBeSplit = true
        try await bench.desk.replies.send(letter, in: thread.conversation.id, by: bench.jana, at: bench.time)
        return thread.conversation.id
    }

    private func deliveries(_ bench: Bench) async throws -> [Delivery] {
        try await bench.desk.store.read { db in try db.rows("SELECT * FROM delivery ORDER BY id").map(Delivery.init) }
    }

    @Test(arguments: Engine.allCases) func `taking back one part takes back the whole answer`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let id = try await sendLong(bench)
            let parts = try await deliveries(bench)
            #expect(parts.count > 1)
            try await bench.desk.outbox.withdraw(parts[1].id, by: bench.jana, at: bench.time)
            #expect(try await deliveries(bench).allSatisfy { $0.state == .withdrawn })
            let draft = try #require(try await bench.desk.replies.draft(in: id, by: bench.jana))
            #expect(draft.text.split(whereSeparator: \.isWhitespace) == Self.long.split(whereSeparator: \.isWhitespace))
        }
    }

    @Test(arguments: Engine.allCases) func `where a part is refused the rest does not leave`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            _ = try await sendLong(bench)
            let later = bench.time + .seconds(6)
            let first = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "a"))
            #expect(try await bench.desk.outbox.begin(first, window: .zero, at: later))
            try await bench.desk.outbox.record(.failed(.targetGone), for: first, at: later)
            #expect(try await deliveries(bench).allSatisfy { $0.state == .failed })
            #expect(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "b") == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `what may be public is not taken back while it waits for its next try`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            try await bench.desk.replies.send(bench.letter("Eins", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
            let later = bench.time + .seconds(6)
            for (outcome, mayBeTakenBack) in [(Postponement.unreachable, true), (.unanswered, false), (.unreachable, false)] {
                let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later + .seconds(7200), token: "a"))
                #expect(try await bench.desk.outbox.begin(claimed, window: .seconds(3600), at: later))
                try await bench.desk.outbox.record(.postponed(outcome), for: claimed, at: later)
                let waiting = try #require(try await deliveries(bench).first)
                #expect((waiting.firstSentAt == nil) == mayBeTakenBack)
            }
            let waiting = try #require(try await deliveries(bench).first)
            await #expect(throws: Refusal.tooLateToTakeBack) {
                try await bench.desk.outbox.withdraw(waiting.id, by: bench.jana, at: later)
            }
            // The server was away for two hours and has forgotten the key.
            let tooLate = later + .seconds(7200)
            let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: tooLate, token: "a"))
            #expect(try await bench.desk.outbox.begin(claimed, window: .seconds(3600), at: tooLate) == false)
            #expect(try await deliveries(bench).map(\.state) == [.unclear])
            #expect(try await bench.theConversation().conversation.state == .open)
        }
    }

    @Test(arguments: Engine.allCases) func `nobody is woken for what waits for a person or for another node`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            try await bench.desk.replies.send(bench.letter("Eins", in: thread), in: id, by: bench.jana, at: bench.time)
            let later = bench.time + .seconds(6)
            let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "a"))
            #expect(try await bench.desk.outbox.begin(claimed, window: .zero, at: later))
            // Held by a node: looked at again when its time is over, by the database's clock, which is not this test's.
            let due = try #require(try await bench.desk.outbox.nextDue(on: bench.channel.id))
            #expect(due > Date())
            try await bench.desk.outbox.record(.unclear("lost"), for: claimed, at: later)
            try await bench.desk.replies.send(bench.letter("Zwei", in: bench.theConversation()), in: id, by: bench.jana, at: later)
            #expect(try await bench.desk.outbox.nextDue(on: bench.channel.id) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `a draft that was saved late does not bring back what was sent`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            let letter = try bench.letter("Antwort", in: thread)
            try await bench.desk.replies.save("Antw", in: id, token: letter.token, by: bench.jana, at: bench.time)
            #expect(try await bench.desk.replies.draft(in: id, by: bench.jana)?.text == "Antw")
            try await bench.desk.replies.send(letter, in: id, by: bench.jana, at: bench.time)
            try await bench.desk.replies.save("Antwor", in: id, token: letter.token, by: bench.jana, at: bench.time)
            #expect(try await bench.desk.replies.draft(in: id, by: bench.jana) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `a double click writes one note`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let id = try await bench.theConversation().conversation.id
            for _ in 0..<2 { try await bench.desk.replies.note("Ist beim Bauhof.", in: id, by: bench.jana, at: bench.time) }
            try await bench.desk.replies.note("Ist beim Bauhof.", in: id, by: bench.jonas, at: bench.time)
            #expect(try await bench.theConversation().entries.count { $0.message.direction == .note } == 2)
        }
    }
}
