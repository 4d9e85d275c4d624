import Foundation
import Testing

@testable import Desk

struct BusinessCalendarTests {
    private let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    /// As a clock in Berlin shows it.
    private func time(_ text: String) throws -> Date {
        let style = Date.ISO8601FormatStyle(timeZone: berlin).year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false)
        return try Date(text, strategy: style)
    }

    @Test func `Easter is where the calendar has it`() {
        let easters = [2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21), 2031: (4, 13)]
        for (year, day) in easters { #expect(Holidays.easter(year) == CivilDay(year, day.0, day.1)) }
    }

    @Test func `every Land has its own holidays`() {
        func has(_ land: String, _ year: Int, _ month: Int, _ day: Int) -> Bool {
            Holidays.has(CivilDay(year, month, day), in: land)
        }
        for (year, day) in [2025: 19, 2026: 18, 2027: 17, 2028: 22] { #expect(has("SN", year, 11, day) && !has("NW", year, 11, day)) }
        #expect(has("NW", 2026, 6, 4) && has("BY", 2027, 5, 27) && !has("BE", 2026, 6, 4))
        #expect(has("BE", 2026, 3, 8) && !has("MV", 2022, 3, 8) && has("MV", 2023, 3, 8))
        #expect(has("BE", 2025, 5, 8) && !has("BE", 2026, 5, 8) && has("BE", 2028, 6, 17))
        #expect(has("HH", 2026, 10, 31) && has("BW", 2026, 11, 1) && has("TH", 2026, 9, 20) && has("SL", 2026, 8, 15) && !has("BY", 2026, 8, 15))
        #expect((0..<365).count { Holidays.has(CivilDay(2026, 1, 1) + $0, in: "DE") } == 9)
        #expect(Holidays.has(Holidays.easter(2026), in: "BB") && !Holidays.has(Holidays.easter(2026), in: "DE"))
    }

    @Test func `what comes in is due at the end of its business day, and what comes later at the end of the next`() throws {
        let calendar = BusinessCalendar(land: "NW")
        let dues = [
            ("2026-11-23 09:12:00", "2026-11-23 17:00:00"),  // a Monday
            ("2026-11-23 05:00:00", "2026-11-23 17:00:00"),  // before anybody is there
            ("2026-11-23 17:00:00", "2026-11-24 17:00:00"),
            ("2026-11-27 20:00:00", "2026-11-30 17:00:00"),  // a Friday evening
            ("2026-12-24 18:00:00", "2026-12-28 17:00:00"),  // two holidays and a weekend
            ("2026-03-27 18:00:00", "2026-03-30 17:00:00"),  // summer time begins between them
            ("2026-06-03 18:00:00", "2026-06-05 17:00:00"),  // Fronleichnam
        ]
        for (arrival, due) in dues { #expect(try calendar.due(for: time(arrival)) == time(due), "\(arrival)") }
    }

    @Test func `an authority has its own hours, and days on which it is closed`() throws {
        var calendar = BusinessCalendar(land: "NW")
        calendar.hours[3] = [.init(from: 8 * 60, until: 12 * 60)]
        calendar.hours[4] = [.init(from: 8 * 60, until: 12 * 60), .init(from: 14 * 60, until: 18 * 60 + 30)]
        calendar.closedDays = [CivilDay(2026, 11, 27): "Betriebsausflug"]
        #expect(try calendar.due(for: time("2026-11-25 13:00:00")) == time("2026-11-26 18:30:00"))
        #expect(try calendar.due(for: time("2026-11-26 13:00:00")) == time("2026-11-26 18:30:00"))
        #expect(try calendar.due(for: time("2026-11-26 19:00:00")) == time("2026-11-30 17:00:00"))
        calendar.hours = [:]
        #expect(try calendar.due(for: time("2026-11-25 13:00:00")) == time("2026-12-02 13:00:00"))
    }

    @Test func `a day is what the calendar on the wall has, and reads as it is written`() throws {
        #expect(try CivilDay(time("2026-03-29 00:30:00"), in: berlin) == CivilDay(2026, 3, 29))
        #expect(CivilDay("2026-12-24") == CivilDay(2026, 12, 24) && CivilDay(2026, 12, 24).text == "2026-12-24")
        for wrong in ["2026-02-30", "24.12.2026", "", "2026-1-1", "2026-12-24x", "99999-01-01"] { #expect(CivilDay(wrong) == nil) }
        #expect((0..<7).map { (CivilDay(2026, 11, 23) + $0).weekday } == Array(1...7))
    }
}
