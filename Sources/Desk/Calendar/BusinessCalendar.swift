import Foundation

/// When the authority is there for its citizens: weekly hours, the holidays of its Land, and the days on which it is closed besides.
public struct BusinessCalendar: Sendable, Equatable {
    /// From and until, in minutes since midnight.
    public struct Hours: Sendable, Hashable {
        public let from: Int
        public let until: Int

        public init(from: Int, until: Int) {
            self.from = from
            self.until = until
        }
    }

    public var land: String
    /// By weekday, 1 for Monday; a day that is missing is off. Several for a break between them.
    public var hours: [Int: [Hours]]
    /// With what the team calls them.
    public var closedDays: [CivilDay: String]
    /// Counts up with each change; what was computed by an older one is computed anew.
    public internal(set) var version = 1
    let zone = TimeZone.berlin

    public init(land: String, hours: [Int: [Hours]] = Self.office, closedDays: [CivilDay: String] = [:]) {
        self.land = land
        self.hours = hours
        self.closedDays = closedDays
    }

    /// Monday to Friday, eight to five.
    public static let office = Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [Hours(from: 8 * 60, until: 17 * 60)]) })

    /// On this day somebody is there.
    public func isBusinessDay(_ day: CivilDay) -> Bool {
        hours[day.weekday]?.isEmpty == false && closedDays[day] == nil && !Holidays.has(day, in: land)
    }

    /// When an answer to what came at this time is due: at the end of that business day, or of the next where nobody is there any more.
    /// - Returns: A week later where the authority has no hours at all.
    public func due(for arrival: Date) -> Date {
        let first = day(of: arrival)
        for day in (0..<Self.longestClosure).map({ first + $0 }) where isBusinessDay(day) {
            let end = close(of: day)
            if end > arrival { return end }
        }
        return arrival + .seconds(7 * 24 * 3600)
    }

    /// The end of the business day that this day is, or of the next one.
    public func due(on day: CivilDay) -> Date {
        let open = (0..<Self.longestClosure).map { day + $0 }.first(where: isBusinessDay)
        return open.map(close) ?? day.time(24 * 60 - 1, in: zone)
    }

    /// When the last business day ended.
    /// - Returns: A week earlier where the authority has no hours at all.
    public func lastClose(before time: Date) -> Date {
        let today = day(of: time)
        let days = (0..<Self.longestClosure).map { today - $0 }.filter(isBusinessDay)
        return days.map(close).first { $0 < time } ?? time - 7 * 24 * 3600
    }

    /// The public holidays of the Land that fall on a day of business, this day and later.
    public func holidays(after day: CivilDay, days: Int) -> [CivilDay] {
        (0..<days).map { day + $0 }.filter { hours[$0.weekday]?.isEmpty == false && Holidays.has($0, in: land) }
    }

    public func day(of time: Date) -> CivilDay { CivilDay(time, in: zone) }

    /// When this day begins, at midnight.
    public func start(of day: CivilDay) -> Date { day.time(0, in: zone) }

    private func close(of day: CivilDay) -> Date {
        day.time(hours[day.weekday]?.map(\.until).max() ?? 0, in: zone)
    }

    /// No authority is closed for longer than this, in days.
    private static let longestClosure = 60
}

extension TimeZone {
    /// The only one there is for an authority. A machine without its data does not start: `BerlinClock` asks for it.
    static let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt
}
