import Desk
import Foundation
import Hummingbird

/// The facts of the day: everybody reads them, editors note them.
struct FactRoutes {
    let desk: Desk
    let pages: Pages

    func addReading(to routes: some RouterMethods<Visit>) {
        routes.get("facts") { _, visit in try await show(visit) }
    }

    func addEditing(to routes: some RouterMethods<Visit>) {
        routes.post("facts", use: note)
        routes.post("facts/:id/end", use: end)
    }

    @Sendable func note(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            guard let day = CivilDay(form["day"]), let minutes = form.minutes("time") else { throw Refusal.dayInvalid }
            let until = day.time(minutes, in: pages.words(visit.language).clock.calendar.timeZone)
            try await desk.facts.note(form["text"], source: form["source"], until: until, by: visit.me, at: desk.clock.now())
            return pages.seeOther("/facts", done: "factNoted")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, typed: form, refusal)
        }
    }

    @Sendable func end(_ request: Request, visit: Visit) async throws -> Response {
        try await desk.facts.end(try visit.id(), by: visit.me, at: desk.clock.now())
        return pages.seeOther("/facts", done: "factEnded")
    }

    private func show(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let (words, now) = (pages.words(visit.language), desk.clock.now())
        let facts = try await desk.facts.current(at: now)
        let calendar = try await desk.calendars.calendar()
        let page = FactsPage(
            frame: pages.frame(visit, .facts, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []),
            facts: facts.map { FactLine($0, canEnd: visit.isEditor, now: now, words: words) }, canNote: visit.isEditor,
            text: typed?["text"] ?? "", source: typed?["source"] ?? "", day: typed?["day"] ?? calendar.day(of: now).text,
            time: typed?["time"] ?? "23:59")
        return pages.show("facts/page", page, to: visit, status: refusal?.status ?? .ok)
    }
}

extension Form {
    /// A time of day as minutes since midnight; `nil` for what is none.
    func minutes(_ name: String) -> Int? {
        let parts = self[name].split(separator: ":").compactMap { Int($0) }
        guard parts.count >= 2, (0...23).contains(parts[0]), (0...59).contains(parts[1]) else { return nil }
        return parts[0] * 60 + parts[1]
    }
}
