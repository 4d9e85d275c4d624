import Foundation
import Testing

@testable import Web

@Suite struct MomentTests {
    let de: Words

    init() throws { de = try #require(try Rendered.load().words[.de]) }

    private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test(arguments: [
        ("2026-11-24T13:02:00Z", "14:02"), ("2026-11-23T23:30:00Z", "00:30"), ("2026-11-23T22:30:00Z", "gestern, 23:30"),
        ("2026-11-03T08:00:00Z", "3. Nov., 09:00"), ("2025-11-03T08:00:00Z", "3. Nov. 2025, 09:00"),
    ])
    func `times are those of Berlin`(iso: String, text: String) throws {
        let shown = de.moment(try date(iso), now: try date("2026-11-24T14:00:00Z")).text
        #expect(shown == text)
    }

    @Test func `the morning after the clocks changed, yesterday is yesterday`() throws {
        let sunday = try date("2026-10-25T22:30:00Z")
        #expect(de.shortMoment(try date("2026-10-24T21:59:00Z"), now: sunday).text == "gestern")
        let afterMidnight = de.shortMoment(try date("2026-10-24T22:01:00Z"), now: sunday).text
        #expect(afterMidnight == "00:01")
    }

    @Test func `a list is cut into today, yesterday and older, and today is always there`() throws {
        let town = try Rendered.load().town(.de)
        func sections(_ rows: [ConversationRow]) -> [InboxSection] {
            InboxSection.sections(of: rows, in: .closed, now: town.now, words: town.words)
        }
        #expect(sections(town.rows).map(\.name) == ["today", "yesterday", "older"])
        #expect(sections(town.rows).map(\.rows.count) == [7, 2, 1])
        #expect(sections([]).map(\.name) == ["today"])
        #expect(sections([town.rows[9]]).map(\.rows.count) == [0, 1])
    }

    @Test func `what waits is cut into overdue, this hour, today and later, and all four are always there`() throws {
        let town = try Rendered.load().town(.de)
        let sections = InboxSection.sections(of: town.rows, in: .open, now: town.now, words: town.words)
        #expect(sections.map(\.name) == ["overdue", "hour", "thisDay", "later"])
        #expect(sections.map(\.rows.count) == [1, 1, 5, 3])
        #expect(InboxSection.sections(of: [], in: .mine, now: town.now, words: town.words).count == 4)
    }
}
