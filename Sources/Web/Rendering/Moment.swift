import Desk
import Foundation
import Synchronization

/// A point in time on a page: short to the eye, exact to a machine and in the tooltip.
public struct Moment: PageValue, Hashable {
    /// ISO 8601, UTC.
    let iso: String
    let text: String
    let full: String

    public static let fields: Fields<Moment> = ["iso": \.iso, "text": \.text, "full": \.full]
}

extension Words {
    /// „14:02“, „gestern, 14:02“, „3. Nov., 14:02“, „3. Nov. 2025, 14:02“. Absolute, so that a page left open stays right.
    public func moment(_ date: Date, now: Date) -> Moment {
        moments.moment(date, on: clock.dayNumber(now), isShort: false) { makeMoment(date, now: now) }
    }

    /// For narrow places: „14:02“, „gestern“, „3. Nov.“.
    public func shortMoment(_ date: Date, now: Date) -> Moment {
        moments.moment(date, on: clock.dayNumber(now), isShort: true) { makeShortMoment(date, now: now) }
    }

    private func makeMoment(_ date: Date, now: Date) -> Moment {
        let time = clock.time(date)
        let text = switch clock.days(from: date, to: now) {
        case 0: time
        case 1: self("time.yesterdayAt", ["time": time])
        default: self("time.dayAt", ["day": day(date, now: now), "time": time])
        }
        return Moment(iso: date.formatted(.iso8601), text: text, full: clock.full(date))
    }

    private func makeShortMoment(_ date: Date, now: Date) -> Moment {
        let text = switch clock.days(from: date, to: now) {
        case 0: clock.time(date)
        case 1: self("time.yesterday")
        default: day(date, now: now)
        }
        return Moment(iso: date.formatted(.iso8601), text: text, full: clock.full(date))
    }

    /// „Do., 24. Dezember 2026“.
    func date(_ day: CivilDay) -> String { clock.date(noon(of: day)) }

    /// „heute“, „morgen“, „24. Dez.“.
    func shortDate(_ date: CivilDay, now: Date) -> String {
        switch clock.days(from: now, to: noon(of: date)) {
        case 0: self("time.today")
        case 1: self("time.tomorrow")
        default: day(noon(of: date), now: now)
        }
    }

    private func noon(of day: CivilDay) -> Date { day.time(12 * 60, in: clock.calendar.timeZone) }

    private func day(_ date: Date, now: Date) -> String {
        clock.isSameYear(date, now) ? clock.day(date) : clock.dayAndYear(date)
    }
}

/// What was put into words lately: a page shows a hundred times, and the next one mostly the same.
final class Moments: Sendable {
    private struct Key: Hashable {
        let date: Date
        let day: Int
        let isShort: Bool
    }

    private let known = Mutex<[Key: Moment]>([:])

    /// - Parameter day: Today; the words change with it.
    func moment(_ date: Date, on day: Int, isShort: Bool, make: () -> Moment) -> Moment {
        let key = Key(date: date, day: day, isShort: isShort)
        if let moment = known.withLock({ $0[key] }) { return moment }
        let moment = make()
        known.withLock { known in
            if known.count >= 5000 { known = [:] }
            known[key] = moment
        }
        return moment
    }
}
