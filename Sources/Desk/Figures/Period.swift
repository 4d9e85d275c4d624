import Foundation

/// From one day until another, both of them with.
public struct Period: Sendable, Hashable {
    public let first: CivilDay
    public let last: CivilDay

    /// How long one can be, in days.
    public static let longest = 400

    /// - Throws: `Refusal.periodBackwards`, `.periodTooLong`.
    public init(from first: CivilDay, until last: CivilDay) throws(Refusal) {
        guard first <= last else { throw .periodBackwards }
        guard last < first + Self.longest else { throw .periodTooLong }
        (self.first, self.last) = (first, last)
    }

    private init(_ first: CivilDay, days: Int) {
        (self.first, last) = (first, first + (days - 1))
    }

    /// From Monday to Sunday.
    public static func week(of day: CivilDay) -> Period { Period(day - (day.weekday - 1), days: 7) }

    public static func month(of day: CivilDay) -> Period {
        let first = CivilDay(day.year, day.month, 1)
        return Period(first, days: CivilDay(day.year, day.month + 1, 1).rawValue - first.rawValue)
    }

    /// The same in parts of at most so many days, so that nothing is read for long.
    func parts(of days: Int) -> [Period] {
        stride(from: first.rawValue, through: last.rawValue, by: days).map {
            Period(CivilDay(rawValue: $0), days: min(days, last.rawValue - $0 + 1))
        }
    }

    /// When it begins, at midnight.
    var start: Date { first.time(0, in: .berlin) }
    /// When it is over: the midnight after its last day.
    var end: Date { (last + 1).time(0, in: .berlin) }
}
