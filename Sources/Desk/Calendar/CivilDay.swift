import Foundation
import Store

/// A day of the calendar on the wall, wherever its hours lie.
public struct CivilDay: RawRepresentable, Hashable, Comparable, Sendable, SQLValueConvertible {
    /// Days since 1 January 1970.
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// - Parameters: As the calendar has them; the 31st of a month with 30 days is the first of the next.
    public init(_ year: Int, _ month: Int, _ day: Int) {
        let date = Self.calendar.date(from: DateComponents(year: year, month: month, day: day)) ?? Date(timeIntervalSince1970: 0)
        rawValue = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
    }

    /// As the wall of `zone` has it at that time.
    public init(_ date: Date, in zone: TimeZone) {
        let seconds = date.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: date))
        rawValue = Int((max(-1e14, min(1e14, seconds)) / 86_400).rounded(.down))
    }

    /// - Parameter text: As a form sends it, `2026-12-24`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard parts.count == 3, (1900...2200).contains(parts[0]) else { return nil }
        self.init(parts[0], parts[1], parts[2])
        guard self.text == text else { return nil }
    }

    /// As a form wants it, `2026-12-24`.
    public var text: String { Date(timeIntervalSince1970: Double(rawValue) * 86_400).formatted(.iso8601.year().month().day()) }

    public var year: Int { components.year }
    public var month: Int { components.month }
    public var day: Int { components.day }

    /// 1 is Monday, 7 is Sunday.
    public var weekday: Int { (rawValue % 7 + 10) % 7 + 1 }

    public static func + (day: CivilDay, days: Int) -> CivilDay { CivilDay(rawValue: day.rawValue + days) }
    public static func - (day: CivilDay, days: Int) -> CivilDay { CivilDay(rawValue: day.rawValue - days) }
    public static func < (one: CivilDay, other: CivilDay) -> Bool { one.rawValue < other.rawValue }

    /// The moment at which a clock on the wall of `zone` shows so many minutes since midnight; where it skips them, just after.
    public func time(_ minutes: Int, in zone: TimeZone) -> Date {
        var calendar = Self.calendar
        calendar.timeZone = zone
        let (year, month, day) = components
        let wanted = DateComponents(year: year, month: month, day: day, hour: minutes / 60, minute: minutes % 60)
        return calendar.date(from: wanted) ?? Date(timeIntervalSince1970: Double(rawValue) * 86_400)
    }

    var components: (year: Int, month: Int, day: Int) {
        let date = Date(timeIntervalSince1970: Double(rawValue) * 86_400)
        let parts = Self.calendar.dateComponents([.year, .month, .day], from: date)
        return (parts.year ?? 1970, parts.month ?? 1, parts.day ?? 1)
    }

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
