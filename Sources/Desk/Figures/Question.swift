import Foundation
import Store

/// A citizen's message that made us owe an answer, and what became of it. History that was fetched when an account was connected is none.
struct Question: Sendable {
    /// When it came to us: the clock starts.
    let askedAt: Date
    /// When the network took our first answer after it, or we heard of one that a colleague gave in the network's own app or on the telephone: the clock ends.
    /// A holding reply is no answer. `nil` while there is none.
    let answeredAt: Date?
    /// When a colleague said that it needs no answer, or its words were taken away; `nil` where nobody did.
    let waivedAt: Date?

    /// Nobody was owed an answer any more before there was one.
    var isWaived: Bool { waivedAt.map { $0 <= answeredAt ?? .distantFuture } ?? false }

    /// Whether it was answered before a time.
    /// - Returns: `nil` while it can still become so.
    func isAnswered(before end: Date, now: Date) -> Bool? {
        if let answeredAt { return answeredAt < end }
        return now < end ? nil : false
    }
}

/// When the days are over on which something has to be answered; worked out once for many questions.
struct DayEnds {
    private let first: CivilDay
    private let midnights: [Date]
    /// What comes before a business day's end counts for that day.
    private let businessDays: [(closes: Date, isOver: Date)]

    init(of period: Period, by calendar: BusinessCalendar) {
        first = period.first
        midnights = (period.first.rawValue...period.last.rawValue).map { calendar.start(of: CivilDay(rawValue: $0 + 1)) }
        var days: [(closes: Date, isOver: Date)] = []
        var closes = calendar.due(for: period.start)
        while true {
            days.append((closes, calendar.start(of: calendar.day(of: closes) + 1)))
            guard closes < period.end else { break }
            closes = calendar.due(for: closes)
        }
        businessDays = days
    }

    /// The midnight after the civil day of a time in the period.
    func endOfDay(of time: Date) -> Date {
        midnights[max(0, min(midnights.count - 1, CivilDay(time, in: .berlin).rawValue - first.rawValue))]
    }

    /// The midnight after the business day for which a time in the period counts: what comes after its end counts for the next one.
    func endOfBusinessDay(for time: Date) -> Date {
        var (low, high) = (0, businessDays.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if businessDays[middle].closes > time { high = middle } else { low = middle + 1 }
        }
        return businessDays[low].isOver
    }
}
