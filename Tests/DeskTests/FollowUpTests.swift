import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// A conversation comes back on its day: because the team wants to look again, or because a citizen was told so.
struct FollowUpTests {
    private func today(_ bench: Bench) -> CivilDay { CivilDay(bench.time, in: .berlin) }

    private func conversation(_ bench: Bench) async throws -> Conversation { try await bench.theConversation().conversation }

    private func outcomes(_ bench: Bench) async throws -> [String?] {
        try await bench.desk.store.read { db in try db.rows("SELECT outcome FROM follow_up ORDER BY id").map { try $0["outcome"] } }
    }

    private func hold(_ bench: Bench, until day: CivilDay, token: String = Token.make()) async throws {
        var letter = try bench.letter("Wir fragen nach.", in: try await bench.theConversation())
        (letter.followUp, letter.token) = (day, token)
        try await bench.desk.replies.send(letter, in: try await conversation(bench).id, by: bench.jana, at: bench.time)
    }

    @Test(arguments: Engine.allCases) func `what waits comes back on its day, also after a week without the program`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            let before = try await conversation(bench)
            try await bench.desk.conversations.followUp(
                before.id, on: today(bench) + 4, seen: before.lastMessage, by: bench.jana, at: bench.time)
            #expect(try await conversation(bench).state == .waiting)
            let row = try #require(try await bench.desk.conversations.list(.waiting).first)
            #expect(row.followUp == today(bench) + 4 && !row.isPromised)
            #expect(row.dueAt == (today(bench) + 4).time(17 * 60, in: .berlin))
            _ = try await bench.desk.conversations.bringBack(at: bench.time + .seconds(3 * 24 * 3600))
            #expect(try await conversation(bench).state == .waiting)
            _ = try await bench.desk.conversations.bringBack(at: bench.time + .seconds(11 * 24 * 3600))
            let back = try await conversation(bench)
            #expect(back.state == .open && back.dueAt == row.dueAt)
            #expect(try await outcomes(bench) == [nil])
        }
    }

    @Test(arguments: Engine.allCases) func `a holding reply promises a day, and the answer keeps it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            try await hold(bench, until: today(bench) + 1)
            #expect(try await conversation(bench).state == .waiting)
            #expect(try await bench.desk.conversations.list(.waiting).first?.isPromised == true)
            _ = try await bench.desk.conversations.bringBack(at: bench.time + .seconds(24 * 3600))
            let letter = try bench.letter("Um acht.", in: try await bench.theConversation())
            try await bench.desk.replies.send(letter, in: try await conversation(bench).id, by: bench.jana, at: bench.time + .seconds(24 * 3600))
            #expect(try await conversation(bench).state == .answered)
            #expect(try await outcomes(bench) == ["kept"])
            // The answer is taken back: the promise stands again.
            let delivery = try await bench.desk.conversations.delivery(letter: letter.token)
            try await bench.desk.outbox.withdraw(delivery.id, by: bench.jana, at: bench.time + .seconds(24 * 3600 + 2))
            let again = try await conversation(bench)
            #expect(again.state == .open && again.dueAt == (today(bench) + 1).time(17 * 60, in: .berlin))
            #expect(try await outcomes(bench) == [nil])
            try await bench.desk.conversations.close(
                again.id, .noReplyNeeded, seen: again.lastMessage, by: bench.jana, at: bench.time + .seconds(9 * 24 * 3600))
            #expect(try await outcomes(bench) == ["late"])
        }
    }

    @Test(arguments: Engine.allCases) func `a holding reply that is taken back promised nothing`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            let due = try await conversation(bench).dueAt
            let token = Token.make()
            try await hold(bench, until: today(bench) + 5, token: token)
            let delivery = try await bench.desk.conversations.delivery(letter: token)
            try await bench.desk.outbox.withdraw(delivery.id, by: bench.jana, at: bench.time + .seconds(1))
            while try await bench.desk.calendars.renewDues() {}
            let after = try await conversation(bench)
            #expect(after.state == .open && after.followUp == nil && after.dueAt == due)
            #expect(try await outcomes(bench) == ["withdrawn"])
        }
    }

    @Test(arguments: Engine.allCases) func `who writes again is heard at once, and the promise stands`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            try await hold(bench, until: today(bench) + 5)
            try await bench.hear(.example("Es eilt doch!", id: "8", under: "7"))
            let heard = try await conversation(bench)
            // Heard in the same second, it is due by its own day.
            #expect(heard.state == .open && heard.followUp?.day == today(bench) + 5)
            #expect(try await outcomes(bench) == [nil])
            let row = try #require(try await bench.desk.conversations.list(.open).first)
            #expect(row.isPromised)
        }
    }

    @Test(arguments: Engine.allCases) func `a closing that is undone brings its follow-up back`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            try await hold(bench, until: today(bench) + 5)
            let (waiting, token) = (try await conversation(bench), Token.make())
            try await bench.desk.conversations.close(
                waiting.id, .noReplyNeeded, seen: waiting.lastMessage, token: token, by: bench.jana, at: bench.time)
            #expect(try await outcomes(bench) == ["kept"])
            _ = try await bench.desk.conversations.undoClosing(token, by: bench.jana, at: bench.time + .seconds(4))
            let undone = try await conversation(bench)
            #expect(undone.state == .waiting && undone.dueAt == waiting.dueAt)
            #expect(try await outcomes(bench) == [nil])
        }
    }

    @Test(arguments: Engine.allCases) func `a day can be moved and taken off, and must lie ahead`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            let (id, seen) = (try await conversation(bench).id, try await conversation(bench).lastMessage)
            func set(_ day: CivilDay, seen: ID<Message>?) async throws {
                try await bench.desk.conversations.followUp(id, on: day, seen: seen, by: bench.jana, at: bench.time)
            }
            await #expect(throws: Refusal.followUpPast) { try await set(today(bench) - 1, seen: seen) }
            await #expect(throws: Refusal.followUpTooFar) { try await set(today(bench) + 400, seen: seen) }
            await #expect(throws: Refusal.wroteMeanwhile) { try await set(today(bench) + 1, seen: nil) }
            try await set(today(bench) + 1, seen: seen)
            try await set(today(bench) + 2, seen: seen)
            #expect(try await outcomes(bench) == ["moved", nil])
            try await bench.desk.conversations.dropFollowUp(id, by: bench.jana, at: bench.time)
            #expect(try await outcomes(bench) == ["moved", "dropped"])
            let after = try await conversation(bench)
            #expect(after.state == .open && after.followUp == nil)
        }
    }
}
