import Desk
import Foundation

/// A day ahead, for a form.
public struct DayChoice: PageValue {
    /// As a form has them: `2026-12-24`.
    let first: String
    let last: String
    let chosen: String

    public init(first: CivilDay, last: CivilDay, chosen: CivilDay) {
        (self.first, self.last, self.chosen) = (first.text, last.text, chosen.text)
    }

    /// A follow-up: today at the earliest; a few days from now is proposed.
    init(followUpFrom calendar: BusinessCalendar, now: Date) {
        let today = calendar.day(of: now)
        let soon = (2..<30).map { today + $0 }.first(where: calendar.isBusinessDay) ?? today + 2
        self.init(first: today, last: today + FollowUp.furthest, chosen: soon)
    }

    public static let fields: Fields<DayChoice> = ["first": \.first, "last": \.last, "chosen": \.chosen]
}
