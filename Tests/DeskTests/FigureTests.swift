import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// How citizens are served, counted from what happened in a week of November: Monday the 16th to Sunday the 22nd.
struct FigureTests {
    private let week = Period.week(of: CivilDay(2026, 11, 19))

    private func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Date { CivilDay(2026, 11, day).time(hour * 60 + minute, in: .berlin) }

    private func ask(_ bench: Bench, _ key: String, at time: Date, isImport: Bool = false, again: String? = nil) async throws -> ID<Conversation> {
        let object = again ?? key
        let message = InboundMessage(
            object: "https://anderswo.example/\(object)", localID: object,
            author: Author(object: "https://anderswo.example/@\(key)", localID: key, handle: "\(key)@a.example", displayName: key), text: object,
            parentLocalID: again.map { _ in key }, mentionsUs: true, writtenAt: time)
        try await bench.hear([.message(message)], isImport: isImport, at: isImport ? at(20, 12) : time)
        return try #require(
            try await bench.desk.store.read { db in try db.value("SELECT conversation_id FROM message WHERE object = \(message.object)") })
    }

    private func answer(_ bench: Bench, _ id: ID<Conversation>, at time: Date, holdingUntil day: CivilDay? = nil) async throws {
        var letter = try bench.letter("Antwort", in: try await bench.desk.conversations.thread(id))
        letter.followUp = day
        try await bench.desk.replies.send(letter, in: id, by: bench.jana, at: time - .seconds(10))
        let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: time, token: "a"))
        #expect(try await bench.desk.outbox.begin(claimed, window: .zero, at: time))
        let published = Published(object: "https://muster.example/\(claimed.id)", localID: "\(claimed.id)", url: nil)
        try await bench.desk.outbox.record(.delivered(published), for: claimed, at: time)
    }

    private func close(_ bench: Bench, _ id: ID<Conversation>, token: String = Token.make(), at time: Date) async throws {
        let seen = try await bench.desk.conversations.thread(id).conversation.lastMessage
        try await bench.desk.conversations.close(id, .noReplyNeeded, seen: seen, token: token, by: bench.jana, at: time)
    }

    private func figures(_ bench: Bench, now: Date) async throws -> Figures {
        try await bench.desk.figures.report(of: week, at: now).all
    }

    @Test(arguments: Engine.allCases) func `a question counts once it is answered or its day is over`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let quick = try await ask(bench, "quick", at: at(16, 9))
            _ = try await ask(bench, "quick", at: at(16, 9, 30), again: "quick-2")  // of the same question
            try await answer(bench, quick, at: at(16, 11))
            let evening = try await ask(bench, "evening", at: at(16, 20))
            try await answer(bench, evening, at: at(17, 10))
            let slow = try await ask(bench, "slow", at: at(17, 9))
            try await answer(bench, slow, at: at(19, 9))
            _ = try await ask(bench, "never", at: at(18, 9))
            _ = try await ask(bench, "today", at: at(19, 9))
            let then = try await figures(bench, now: at(19, 15))
            #expect(then.received == 6)
            #expect(then.sameDay == Figures.Share(part: 1, whole: 4))
            #expect(then.sameBusinessDay == Figures.Share(part: 2, whole: 4))
            #expect(then.medianTime == .seconds(14 * 3600))
            #expect(then.oldestOpen == at(18, 9))
            let later = try await figures(bench, now: at(23, 0))
            #expect(later.sameDay == Figures.Share(part: 1, whole: 5))
            #expect(later.sameBusinessDay == Figures.Share(part: 2, whole: 5))
        }
    }

    @Test(arguments: Engine.allCases) func `history, thanks and what was taken away are no unanswered questions`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            _ = try await ask(bench, "history", at: at(16, 9), isImport: true)
            let thanks = try await ask(bench, "thanks", at: at(16, 9))
            try await close(bench, thanks, at: at(16, 10))
            // Who writes again asks anew.
            _ = try await ask(bench, "thanks", at: at(17, 9), again: "thanks-2")
            try await answer(bench, thanks, at: at(17, 10))
            let removed = try await ask(bench, "removed", at: at(16, 9))
            try await bench.hear([.removed(localID: "removed")], at: at(16, 12))
            #expect(try await bench.desk.conversations.thread(removed).entries.first?.message.removedAt != nil)
            let mistaken = try await ask(bench, "mistaken", at: at(18, 9))
            let token = Token.make()
            try await close(bench, mistaken, token: token, at: at(18, 10))
            #expect(try await figures(bench, now: at(23, 0)).sameDay == Figures.Share(part: 1, whole: 1))
            _ = try await bench.desk.conversations.undoClosing(token, by: bench.jana, at: at(18, 11))
            let now = try await figures(bench, now: at(23, 0))
            #expect(now.sameDay == Figures.Share(part: 1, whole: 2))
            #expect(now.received == 4 && now.medianTime == .seconds(3600))
        }
    }

    @Test(arguments: Engine.allCases) func `a holding reply is counted apart, and what it promised is kept or late`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let kept = try await ask(bench, "kept", at: at(16, 9))
            try await answer(bench, kept, at: at(16, 10), holdingUntil: CivilDay(2026, 11, 18))
            let late = try await ask(bench, "late", at: at(16, 9))
            try await answer(bench, late, at: at(16, 10), holdingUntil: CivilDay(2026, 11, 17))
            let open = try await ask(bench, "open", at: at(16, 9))
            let seen = try await bench.desk.conversations.thread(open).conversation.lastMessage
            try await bench.desk.conversations.followUp(open, on: CivilDay(2026, 11, 20), seen: seen, by: bench.jana, at: at(16, 11))
            for day in [17, 18] { _ = try await bench.desk.conversations.bringBack(at: at(day, 1)) }
            try await answer(bench, kept, at: at(18, 10))
            try await answer(bench, late, at: at(18, 11))
            let then = try await figures(bench, now: at(19, 9))
            #expect(then.holdingReplies == 2 && then.followUps == Figures.Share(part: 1, whole: 2))
            #expect(then.sameDay == Figures.Share(part: 0, whole: 3))
            #expect(then.medianTime == .seconds((49 + 50) * 1800))
            #expect(try await figures(bench, now: at(20, 18)).followUps == Figures.Share(part: 1, whole: 3))
        }
    }

    @Test(arguments: Engine.allCases) func `an answer that was taken back or didn't get out is none`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let id = try await ask(bench, "q", at: at(16, 9))
            func letter() async throws -> Replies.Letter { try bench.letter("Antwort", in: try await bench.desk.conversations.thread(id)) }
            let first = try await letter()
            try await bench.desk.replies.send(first, in: id, by: bench.jana, at: at(16, 10))
            #expect(try await figures(bench, now: at(16, 11)).sameDay.whole == 0)
            let delivery = try await bench.desk.conversations.delivery(letter: first.token)
            try await bench.desk.outbox.withdraw(delivery.id, by: bench.jana, at: at(16, 10, 1))
            try await bench.desk.replies.send(try await letter(), in: id, by: bench.jana, at: at(16, 12))
            let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: at(16, 13), token: "a"))
            #expect(try await bench.desk.outbox.begin(claimed, window: .zero, at: at(16, 13)))
            try await bench.desk.outbox.record(.failed(.notAllowed), for: claimed, at: at(16, 13))
            #expect(try await figures(bench, now: at(17, 0)).sameDay == Figures.Share(part: 0, whole: 1))
        }
    }

    @Test(arguments: Engine.allCases) func `figures are told by channel, and of a team only from five colleagues up`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let other = try await bench.otherChannel()
            var members: Set<ID<Colleague>> = [bench.admin, bench.jana, bench.jonas]
            func add(_ name: String) async throws -> ID<Colleague> {
                try await bench.desk.team.add(
                    name: name, email: "\(name)@musterstadt.example", role: .editor, by: .operator, at: bench.time).id
            }
            members.insert(try await add("Vier"))
            let admin = Event.Actor.colleague(bench.admin)
            let team = try await bench.desk.teams.add(name: "Verkehr", members: members, by: admin, at: bench.time)
            let id = try await ask(bench, "q", at: at(16, 9))
            _ = try await ask(bench, "r", at: at(16, 9))
            try await bench.desk.conversations.assign(id, to: .team(team), by: bench.jana, at: at(16, 9))
            let small = try await bench.desk.figures.report(of: week, at: at(17, 9))
            #expect(small.teams.isEmpty && small.hasSmallTeams)
            #expect(small.channels.map(\.channel.id) == [bench.channel.id, other.id])
            #expect(small.channels.map(\.figures.received) == [2, 0])
            try await bench.desk.teams.change(
                team, name: "Verkehr", members: members.union([try await add("Fünf")]), by: admin, at: bench.time)
            let large = try await bench.desk.figures.report(of: week, at: at(17, 9))
            #expect(large.teams.map(\.figures.received) == [1] && !large.hasSmallTeams)
            #expect(large.teams.first?.figures.sameDay == Figures.Share(part: 0, whole: 1))
            // Who can't answer any more is counted with nobody.
            try await bench.desk.team.remove(bench.jonas, by: admin, at: bench.time)
            #expect(try await bench.desk.figures.report(of: week, at: at(17, 9)).teams.isEmpty)
        }
    }

    @Test func `periods are whole weeks and months, and not too long`() throws {
        #expect(week.first == CivilDay(2026, 11, 16) && week.last == CivilDay(2026, 11, 22))
        #expect(Period.week(of: week.last) == week && Period.week(of: week.first) == week)
        let december = Period.month(of: CivilDay(2026, 12, 31))
        #expect(december.first == CivilDay(2026, 12, 1) && december.last == CivilDay(2026, 12, 31))
        #expect(december.parts(of: 14).map(\.last.day) == [14, 28, 31])
        #expect(throws: Refusal.periodBackwards) { try Period(from: week.last, until: week.first) }
        #expect(throws: Refusal.periodTooLong) { try Period(from: week.first, until: week.first + 400) }
        #expect(try Period(from: week.first, until: week.first + 399).parts(of: 14).count == 29)
    }

    @Test func `days end at midnight, also when the clocks change, and business days with the next one`() {
        let period = Period.week(of: CivilDay(2026, 10, 24))  // the clocks go back on Sunday
        let ends = DayEnds(of: period, by: BusinessCalendar(land: "NW"))
        func at(_ day: Int, _ hour: Int) -> Date { CivilDay(2026, 10, day).time(hour * 60, in: .berlin) }
        #expect(ends.endOfDay(of: at(25, 23)) == at(26, 0) && at(26, 0).timeIntervalSince(at(25, 0)) == 25 * 3600)
        #expect(ends.endOfBusinessDay(for: at(23, 16)) == at(24, 0))
        #expect(ends.endOfBusinessDay(for: at(23, 17)) == at(27, 0))
        #expect(ends.endOfBusinessDay(for: at(25, 12)) == at(27, 0))
    }
}
