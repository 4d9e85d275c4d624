import Desk
import Foundation

/// When somebody was last here. It lies in their browser alone: nobody else learns when they looked.
struct LastVisit: Equatable {
    /// When this visit began.
    let began: Date
    /// When the last page of the start was shown.
    let latest: Date
    /// When the visit before ended.
    let before: Date

    /// Who is away for longer begins a new visit.
    private static let longestBreak: TimeInterval = 4 * 3600

    static let cookie = "schalter-last"

    /// - Parameter cookie: As this browser kept it; what can't be read counts as the first visit.
    /// - Parameter start: Since when news are told to who was never here.
    init(cookie: String?, now: Date, start: Date) {
        let times = (cookie ?? "").split(separator: "-").compactMap { Int64($0) }.map(Date.init(milliseconds:))
        guard times.count == 3, times[2] <= times[0], times[0] <= times[1], times[1] <= now else {
            (began, latest, before) = (now, now, start)
            return
        }
        let isNew = now.timeIntervalSince(times[1]) > Self.longestBreak
        (began, latest, before) = isNew ? (now, now, times[1]) : (times[0], now, times[2])
    }

    var text: String { [began, latest, before].map { String($0.milliseconds) }.joined(separator: "-") }
}
