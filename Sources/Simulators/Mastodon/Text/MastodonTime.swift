import Foundation

/// Times as Mastodon writes them: UTC with milliseconds.
enum MastodonTime {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    static func text(_ date: Date) -> String { date.formatted(style) }

    /// Accounts are only dated to the day.
    static func day(_ date: Date) -> String { String(text(date).prefix(10)) + "T00:00:00.000Z" }

    /// For people: `24.11.2026, 22:32`, as clocks in Germany show it.
    static func shown(_ date: Date) -> String {
        let zone = TimeZone(identifier: "Europe/Berlin") ?? .gmt
        let day: Date.FormatString = "\(day: .twoDigits).\(month: .twoDigits).\(year: .defaultDigits)"
        let hour: Date.FormatString = "\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)"
        let calendar = Calendar(identifier: .gregorian)
        return [day, hour].map { date.formatted(Date.VerbatimFormatStyle(format: $0, timeZone: zone, calendar: calendar)) }
            .joined(separator: ", ")
    }

    static func date(_ text: String) -> Date? {
        (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
    }
}
