import Desk
import Foundation

/// When the authority is there: its hours by weekday, and the days on which it is closed besides the holidays of its Land. For admins.
public struct HoursPage: PageValue {
    let frame: Frame
    let days: [HoursDay]
    let closedDays: [ClosedDay]
    /// What needs no entry: the next public holidays.
    let holidays: [ClosedDay]
    /// As it was typed.
    let day: String
    let name: String

    public init(frame: Frame, days: [HoursDay], closedDays: [ClosedDay], holidays: [ClosedDay], day: String = "", name: String = "") {
        self.frame = frame
        self.days = days
        self.closedDays = closedDays
        self.holidays = holidays
        self.day = day
        self.name = name
    }

    public static let fields: Fields<HoursPage> = [
        "frame": \.frame, "days": \.days, "closedDays": \.closedDays, "hasClosedDays": { !$0.closedDays.isEmpty }, "holidays": \.holidays,
        "day": \.day, "name": \.name,
    ]
}

/// One weekday's hours, with room for a break.
public struct HoursDay: PageValue {
    /// 1 is Monday.
    let number: String
    let name: String
    let from: String
    let until: String
    let fromAgain: String
    let untilAgain: String

    /// - Parameter times: Up to four, as a form has them: `08:00`.
    public init(_ number: Int, times: [String], words: Words) {
        self.number = String(number)
        name = words("weekday.\(number)")
        let times = times + Array(repeating: "", count: 4)
        (from, until, fromAgain, untilAgain) = (times[0], times[1], times[2], times[3])
    }

    public static let fields: Fields<HoursDay> = [
        "number": \.number, "name": \.name, "from": \.from, "until": \.until, "fromAgain": \.fromAgain, "untilAgain": \.untilAgain,
    ]
}

public struct ClosedDay: PageValue {
    /// As a form has it: `2026-12-24`.
    let day: String
    let date: String
    let name: String

    public init(_ day: CivilDay, name: String, words: Words) {
        self.day = day.text
        date = words.date(day)
        self.name = name
    }

    public static let fields: Fields<ClosedDay> = ["day": \.day, "date": \.date, "name": \.name]
}
