import Desk
import Foundation
import Hummingbird

/// The start page: what happened since somebody was last here, and what wants to be looked at.
struct StartRoutes {
    let desk: Desk
    let pages: Pages
    let channels: ChannelPages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("start", use: show)
    }

    @Sendable func show(_ request: Request, visit: Visit) async throws -> Response {
        let (words, now) = (pages.words(visit.language), desk.clock.now())
        let start = try await desk.calendars.calendar().lastClose(before: now)
        let last = LastVisit(cookie: request.cookies[LastVisit.cookie]?.value, now: now, start: start)
        let overview = try await desk.conversations.overview(since: last.before, at: now)
        let since = words.moment(last.before, now: now).text
        let page = StartPage(
            frame: pages.frame(visit, .start), news: words.count("start.news", overview.received, ["since": since]),
            open: words.count("start.open", overview.open),
            parts: [
                part("urgent", overview.urgent, path: "/inbox?view=open", words),
                part("overdue", overview.overdue, path: "/inbox?view=open", words),
                part("followUps", overview.followUps, path: "/inbox?view=open", words),
                part("troubled", overview.troubled, path: nil, words), part("removed", overview.removed, path: nil, words),
            ].compactMap(\.self),
            facts: overview.facts.map { FactLine($0, canEnd: false, now: now, words: words) },
            channels: overview.channels.filter { $0.state != .disconnected }.map { channels.line($0, words) })
        return pages.show("start/page", page, to: visit).with(pages.cookies.remember(last))
    }

    /// - Returns: `nil` where there is nothing.
    private func part(_ name: String, _ some: Overview.Some, path: String?, _ words: Words) -> StartPart? {
        guard some.count > 0 else { return nil }
        let now = desk.clock.now()
        return StartPart(
            name: name, title: words("start.\(name)"), count: words.capped(some.count),
            lines: some.rows.map { StartLine($0, now: now, words) }, path: some.count > some.rows.count ? path : nil)
    }
}

extension StartLine {
    init(_ row: InboxRow, now: Date, _ words: Words) {
        let text = row.warning.map { words("row.warning", ["warning": $0]) } ?? row.excerpt ?? words("row.removed")
        self.init(
            id: "\(row.id)", who: row.who, audience: row.audience, excerpt: TextPiece.excerpt(of: text),
            at: words.shortMoment(row.lastAt, now: now))
    }
}
