import Foundation

/// Times as German authorities read them: in Berlin, whatever zone the server runs in.
struct BerlinClock: Sendable {
    let calendar: Calendar
    private let time: Date.FormatStyle
    private let day: Date.FormatStyle
    private let dayAndYear: Date.FormatStyle
    private let full: Date.FormatStyle
    private let date: Date.FormatStyle
    private let exact: Date.ISO8601FormatStyle

    struct NoTimeZones: Error, CustomStringConvertible {
        var description: String { "This machine does not know the time zone Europe/Berlin: install tzdata." }
    }

    init(locale: Locale) throws {
        guard let zone = TimeZone(identifier: "Europe/Berlin") else { throw NoTimeZones() }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        calendar.locale = locale
        self.calendar = calendar
        let style = Date.FormatStyle(locale: locale, calendar: calendar, timeZone: zone)
        time = style.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits)
        day = style.day().month(.abbreviated)
        dayAndYear = style.day().month(.abbreviated).year()
        exact = Date.ISO8601FormatStyle(timeZone: zone).year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false)
        date = style.weekday(.abbreviated).day().month(.wide).year()
        full = style.weekday(.wide).day().month(.wide).year().hour(.twoDigits(amPM: .omitted)).minute(.twoDigits)
    }

    func time(_ date: Date) -> String { date.formatted(time) }
    func day(_ date: Date) -> String { date.formatted(day) }
    func dayAndYear(_ date: Date) -> String { date.formatted(dayAndYear) }
    /// For tables: `2026-11-24 14:02:00`, by the clock on the wall.
    func exact(_ date: Date) -> String { date.formatted(exact) }
    func date(_ date: Date) -> String { date.formatted(self.date) }
    func full(_ date: Date) -> String { date.formatted(full) }

    func startOfDay(_ date: Date) -> Date { calendar.startOfDay(for: date) }

    /// Whole days of the calendar between two times: 0 on the same day, 1 from 23:59 to 00:01.
    func days(from earlier: Date, to later: Date) -> Int {
        dayNumber(later) - dayNumber(earlier)
    }

    /// Days since 1970, by Berlin's calendar.
    func dayNumber(_ date: Date) -> Int {
        let seconds = date.timeIntervalSince1970 + Double(calendar.timeZone.secondsFromGMT(for: date))
        return Int((max(-1e14, min(1e14, seconds)) / 86_400).rounded(.down))
    }

    func isSameYear(_ one: Date, _ other: Date) -> Bool {
        calendar.component(.year, from: one) == calendar.component(.year, from: other)
    }
}
