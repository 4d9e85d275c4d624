import Desk
import Foundation
import Hummingbird

/// The authority's hours and closed days, for admins.
struct HoursRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("authority/hours") { _, visit in try await show(visit) }
        routes.post("authority/hours", use: change)
        routes.post("authority/closed-days", use: close)
        routes.post("authority/closed-days/:day/removal", use: open)
        // A refused form's page stands under its deed's address.
        routes.get("authority/closed-days") { _, _ in Response.seeOther(Self.path) }
    }

    private static let path = "/authority/hours"

    @Sendable func change(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        return try await stay(visit, typed: form, done: "hoursChanged") {
            try await desk.calendars.change(hours: try form.hours(), by: .colleague(visit.me), at: desk.clock.now())
        }
    }

    @Sendable func close(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        return try await stay(visit, typed: form, done: "dayClosed") {
            guard let day = CivilDay(form["day"]) else { throw Refusal.dayInvalid }
            try await desk.calendars.close(day, name: form["name"], by: .colleague(visit.me), at: desk.clock.now())
        }
    }

    @Sendable func open(_ request: Request, visit: Visit) async throws -> Response {
        guard let day = visit.parameters.get("day").flatMap({ CivilDay($0) }) else { throw Refusal.notFound }
        return try await stay(visit, done: "dayOpened") {
            try await desk.calendars.open(day, by: .colleague(visit.me), at: desk.clock.now())
        }
    }

    private func stay(_ visit: Visit, typed: Form? = nil, done: String, _ deed: () async throws -> Void) async throws -> Response {
        do {
            try await deed()
            return pages.seeOther(Self.path, done: done)
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, typed: typed, refusal)
        }
    }

    private func show(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let words = pages.words(visit.language)
        let calendar = try await desk.calendars.calendar()
        let today = calendar.day(of: desk.clock.now())
        let hours = typed.flatMap { $0.hasHours ? $0 : nil }
        let page = HoursPage(
            frame: pages.frame(visit, .team, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []),
            days: (1...7).map { HoursDay($0, times: hours?.times(of: $0) ?? calendar.times(of: $0), words: words) },
            closedDays: calendar.closedDays.filter { $0.key >= today }.sorted { $0.key < $1.key }.map { ClosedDay($0, name: $1, words: words) },
            holidays: calendar.holidays(after: today, days: 366).map { ClosedDay($0, name: "", words: words) },
            day: typed?["day"] ?? "", name: typed?["name"] ?? "")
        return pages.show("team/hours", page, to: visit, status: refusal?.status ?? .ok)
    }
}

extension BusinessCalendar {
    fileprivate func times(of weekday: Int) -> [String] {
        (hours[weekday] ?? []).sorted { $0.from < $1.from }.flatMap { [Self.text($0.from), Self.text($0.until)] }
    }

    /// A clock shows the end of the day as the beginning of the next.
    private static func text(_ minutes: Int) -> String {
        let (hour, minute) = ((minutes / 60) % 24, minutes % 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }
}

extension Form {
    fileprivate var hasHours: Bool { self["hours"] == "yes" }

    fileprivate func times(of weekday: Int) -> [String] {
        ["from", "until", "from-again", "until-again"].map { self["\($0)-\(weekday)"] }
    }

    /// - Throws: `Refusal.hoursInvalid` for half a pair, or what is no time.
    fileprivate func hours() throws -> [Int: [BusinessCalendar.Hours]] {
        var hours: [Int: [BusinessCalendar.Hours]] = [:]
        for weekday in 1...7 {
            for (from, until) in [("from-\(weekday)", "until-\(weekday)"), ("from-again-\(weekday)", "until-again-\(weekday)")]
            where !(self[from].isEmpty && self[until].isEmpty) {
                guard let from = minutes(from), let until = minutes(until) else { throw Refusal.hoursInvalid(weekday: weekday) }
                hours[weekday, default: []].append(.init(from: from, until: until == 0 ? 24 * 60 : until))
            }
        }
        return hours
    }
}
