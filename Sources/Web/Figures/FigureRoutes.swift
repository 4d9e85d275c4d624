import Desk
import Foundation
import Hummingbird

/// How citizens are served: for everybody who is signed in, also as a table for other programs.
struct FigureRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("figures", use: show)
        routes.get("figures/export", use: export)
    }

    @Sendable func show(_ request: Request, visit: Visit) async throws -> Response {
        let wish = FigureWish(request, today: today)
        do {
            return try await page(wish, try wish.period(today: today), for: visit)
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await page(wish, .week(of: today), for: visit, refusal)
        }
    }

    @Sendable func export(_ request: Request, visit: Visit) async throws -> Response {
        let wish = FigureWish(request, today: today)
        let (report, words) = (try await report(try wish.period(today: today)), pages.words(visit.language))
        let lines = [FigureTable.columns.map { words("figures.export.\($0)") }]
            + report.channels.map { FigureTable.cells(words("figures.channel"), $0.channel.handle, $0.figures, words) }
            + report.teams.map { FigureTable.cells(words("figures.team"), $0.team.name, $0.figures, words) }
            + [FigureTable.cells(words("figures.all"), "", report.all, words)]
        let name = "schalter-\(report.period.first.text)-\(report.period.last.text).csv"
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: "\u{FEFF}" + lines.map(CSV.line).joined())))
    }

    private var today: CivilDay { CivilDay(desk.clock.now(), in: pages.words(.de).clock.calendar.timeZone) }

    private func report(_ period: Period) async throws -> FigureReport {
        try await desk.figures.report(of: period, at: desk.clock.now())
    }

    private func page(_ wish: FigureWish, _ period: Period, for visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        let (report, words, now) = (try await report(period), pages.words(visit.language), desk.clock.now())
        func line(_ name: String, _ figures: Figures, network: NetworkBadge? = nil) -> FigureLine {
            FigureLine(name, network: network, figures, now: now, words: words)
        }
        let page = FiguresPage(
            frame: pages.frame(visit, .figures, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []),
            periods: words.choices("figures.period", of: FigureWish.Named.self, chosen: wish.named),
            from: refusal == nil ? period.first.text : wish.from, until: refusal == nil ? period.last.text : wish.until,
            title: words("figures.fromUntil", ["first": words.date(period.first), "last": words.date(period.last)]),
            exportPath: "/figures/export?period=days&from=\(period.first.text)&until=\(period.last.text)",
            all: line(words("figures.all"), report.all),
            channels: report.channels.map { line($0.channel.handle, $0.figures, network: NetworkBadge($0.channel.network)) },
            teams: report.teams.map { line($0.team.name, $0.figures) }, hasSmallTeams: report.hasSmallTeams)
        return pages.show("figures/page", page, to: visit, status: refusal?.status ?? .ok)
    }
}

/// Of which time figures are wanted.
struct FigureWish {
    enum Named: String, CaseIterable {
        case thisWeek = "this_week"
        case lastWeek = "last_week"
        case thisMonth = "this_month"
        case lastMonth = "last_month"
    }

    /// `nil` for days that were chosen one by one.
    let named: Named?
    let from: String
    let until: String

    init(_ request: Request, today: CivilDay) {
        named = request.query("period") == "days" ? nil : Named(rawValue: request.query("period")) ?? .thisWeek
        (from, until) = (request.query("from"), request.query("until"))
    }

    /// - Throws: `Refusal.dayInvalid`, `.periodBackwards`, `.periodTooLong`.
    func period(today: CivilDay) throws(Refusal) -> Period {
        switch named {
        case .thisWeek: return .week(of: today)
        case .lastWeek: return .week(of: today - 7)
        case .thisMonth: return .month(of: today)
        case .lastMonth: return .month(of: CivilDay(today.year, today.month, 1) - 1)
        case nil:
            guard let first = CivilDay(from), let last = CivilDay(until) else { throw .dayInvalid }
            return try Period(from: first, until: last)
        }
    }
}

/// A line of figures as cells, with bare numbers to go on counting with.
enum FigureTable {
    static let columns = [
        "kind", "name", "received", "questions", "sameDay", "businessQuestions", "sameBusinessDay", "median", "holding", "followUps", "kept",
        "oldest",
    ]

    static func cells(_ kind: String, _ name: String, _ figures: Figures, _ words: Words) -> [String] {
        [
            kind, name, String(figures.received), String(figures.sameDay.whole), String(figures.sameDay.part),
            String(figures.sameBusinessDay.whole), String(figures.sameBusinessDay.part),
            figures.medianTime.map { String($0.components.seconds / 60) } ?? "", String(figures.holdingReplies),
            String(figures.followUps.whole), String(figures.followUps.part), figures.oldestOpen.map(words.clock.exact) ?? "",
        ]
    }
}
