import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// By when somebody owes an answer, and how that orders the lists.
struct DueTests {
    /// A Thursday, 15:53 by the clock on the wall.
    private func hear(_ bench: Bench, _ id: String, by handle: String = "ida@anderswo.example") async throws {
        try await bench.hear(.example("Wann kommt der Bus \(id)?", id: id, by: handle))
    }

    private func time(_ day: CivilDay, _ hour: Int) -> Date { day.time(hour * 60, in: .berlin) }

    private func take(_ bench: Bench, _ id: String, by handle: String, at time: Date) async throws {
        let message = InboundMessage.example("Wann kommt der Bus \(id)?", id: id, by: handle)
        try await bench.desk.intake.journal.write(
            [Item(object: message.object, verb: "status", version: "", bytes: Data("{}".utf8))], from: bench.channel.id, origin: .poll,
            at: time)
        for waiting in try await bench.desk.intake.journal.waiting(on: bench.channel.id, at: time, limit: 10) {
            try await bench.desk.intake.take([Intake.Meaning(of: waiting, [.message(message)], under: [])], on: bench.channel, at: time)
        }
    }

    @Test(arguments: Engine.allCases) func `a message is due at the end of the business day it came on, and the next one doesn't make it later`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?", visibility: .private))
            let first = try await bench.theConversation().conversation
            let day = CivilDay(bench.time, in: .berlin)
            #expect(first.owedSince == bench.time && first.dueAt == time(day, 17))
            try await take(bench, "8", by: "ida@anderswo.example", at: time(day + 1, 9))
            let rows = try await bench.desk.conversations.list(.open)
            #expect(rows.map(\.dueAt) == [time(day, 17), time(day + 1, 17)])
        }
    }

    @Test(arguments: Engine.allCases) func `an answer that is owed again is due when it was`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            let due = try await bench.theConversation().conversation.dueAt
            let (id, seen) = (try await bench.theConversation().conversation.id, try await bench.theConversation().conversation.lastMessage)
            try await bench.desk.conversations.close(id, .noReplyNeeded, seen: seen, by: bench.jana, at: bench.time + .seconds(60))
            try await bench.desk.conversations.reopen(id, by: bench.jana, at: bench.time + .seconds(3 * 24 * 3600))
            let reopened = try await bench.theConversation().conversation
            // Who opens it again owes it from then on.
            #expect(reopened.dueAt > due && reopened.owedSince == bench.time + .seconds(3 * 24 * 3600))
            try await bench.desk.replies.send(
                try bench.letter("Um acht.", in: try await bench.theConversation()), in: id, by: bench.jana, at: bench.time)
            let delivery = try #require(try await bench.theConversation().entries.last?.deliveries.first)
            try await bench.desk.outbox.withdraw(delivery.id, by: bench.jana, at: bench.time)
            #expect(try await bench.theConversation().conversation.dueAt == reopened.dueAt)
        }
    }

    @Test(arguments: Engine.allCases) func `what is due first stands first, and page after page shows each once`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let day = CivilDay(bench.time, in: .berlin)
            for number in 0..<12 { try await take(bench, "a\(number)", by: "a\(number)@a.example", at: time(day + number % 3, 9) + .seconds(number)) }
            var seen: [InboxRow] = []
            var position: InboxPosition?
            repeat {
                let page = try await bench.desk.conversations.list(.open, after: position, limit: 5)
                seen += page
                position = page.last.map { InboxPosition($0, in: .open) }
            } while seen.count % 5 == 0 && seen.count < 20
            #expect(seen.count == 12 && Set(seen.map(\.id)).count == 12)
            #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.dueAt < $1.dueAt || $0.dueAt == $1.dueAt && $0.lastAt >= $1.lastAt })
            #expect(try await bench.desk.conversations.list(.unassigned).map(\.id) == seen.map(\.id))
            try await bench.desk.conversations.assign(seen[3].id, to: bench.jonas, by: bench.jana, at: bench.time)
            #expect(try await bench.desk.conversations.list(.mine(bench.jonas)).map(\.id) == [seen[3].id])
            #expect(try await bench.desk.conversations.list(.unassigned).count == 11)
        }
    }

    @Test(arguments: Engine.allCases) func `a changed calendar moves what is due`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            let (calendars, day, admin) = (bench.desk.calendars, CivilDay(bench.time, in: .berlin), Event.Actor.colleague(bench.admin))
            func due() async throws -> Date {
                while try await calendars.renewDues() {}
                return try await bench.theConversation().conversation.dueAt
            }
            try await calendars.change(hours: [day.weekday: [.init(from: 480, until: 1200)]], by: admin, at: bench.time)
            #expect(try await due() == time(day, 20))
            try await calendars.close(day, name: "Betriebsausflug", by: admin, at: bench.time)
            #expect(try await due() == time(day + 7, 20))
            try await calendars.open(day, by: admin, at: bench.time)
            #expect(try await due() == time(day, 20))
            for wrong in [[1: [BusinessCalendar.Hours(from: 600, until: 540)]], [1: [.init(from: 480, until: 720), .init(from: 700, until: 900)]]] {
                await #expect(throws: Refusal.hoursInvalid(weekday: 1)) { try await calendars.change(hours: wrong, by: admin, at: bench.time) }
            }
            await #expect(throws: Refusal.notAllowed) {
                try await calendars.close(day, name: "Ich", by: .colleague(bench.jana), at: bench.time)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `history is owed from the day on which it came to us`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear([.message(.example("Von gestern"))], isImport: true)
            let conversation = try await bench.theConversation().conversation
            #expect(conversation.lastAt < bench.time && conversation.owedSince == bench.time)
            #expect(conversation.dueAt == time(CivilDay(bench.time, in: .berlin), 17))
        }
    }

    @Test(arguments: Engine.allCases) func `history doesn't answer a question that came after our answer`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            func said(_ text: String, _ id: String, _ seconds: Double, isOurs: Bool = false, under parent: String? = nil) -> InboundEvent {
                var message = InboundMessage.example(text, id: id, under: parent, isOurs: isOurs)
                message.writtenAt = Date(timeIntervalSince1970: 1_795_000_000 + seconds)
                return .message(message)
            }
            try await bench.hear([said("Und morgen?", "3", 200, under: "1")], isImport: true)
            try await bench.hear([said("Um acht.", "2", 100, isOurs: true, under: "3")], isImport: true)
            try await bench.hear([said("Wann kommt der Bus?", "1", 0, under: "3")], isImport: true)
            let conversation = try await bench.theConversation().conversation
            #expect(conversation.state == .open)
            #expect(try await bench.theConversation().entries.count == 3)
        }
    }
}
