import Foundation

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
        let time = clock.time(date)
        let text = switch clock.days(from: date, to: now) {
        case 0: time
        case 1: self("time.yesterdayAt", ["time": time])
        default: self("time.dayAt", ["day": day(date, now: now), "time": time])
        }
        return Moment(iso: date.formatted(.iso8601), text: text, full: clock.full(date))
    }

    /// For narrow places: „14:02“, „gestern“, „3. Nov.“.
    public func shortMoment(_ date: Date, now: Date) -> Moment {
        let text = switch clock.days(from: date, to: now) {
        case 0: clock.time(date)
        case 1: self("time.yesterday")
        default: day(date, now: now)
        }
        return Moment(iso: date.formatted(.iso8601), text: text, full: clock.full(date))
    }

    private func day(_ date: Date, now: Date) -> String {
        clock.isSameYear(date, now) ? clock.day(date) : clock.dayAndYear(date)
    }
}
