import Desk
import Foundation
import Hummingbird

/// A conversation on paper, with the team's notes only where somebody asks for them.
struct PrintRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("conversations/:id/print", use: show)
    }

    private static let most = 5000
    /// On paper nothing is of today or yesterday: every time names its day.
    private static let muchLater: TimeInterval = 3 * 365 * 24 * 3600

    @Sendable func show(_ request: Request, visit: Visit) async throws -> Response {
        let (words, now) = (pages.words(visit.language), desk.clock.now())
        let thread = try await desk.conversations.thread(try visit.id(), limit: Self.most)
        let withNotes = request.query("notes") == "yes"
        let said = MessageValues(
            thread: thread, abilities: [], authority: pages.plate.lastKnown?.name ?? "", query: "", visit: visit,
            now: now.addingTimeInterval(Self.muchLater), words: words
        ).messages(version: 0)
        let messages = said.context + said.messages
        let page = PrintPage(
            language: visit.language, assets: pages.assets.version, authority: pages.plate.lastKnown?.name ?? "",
            id: "\(thread.conversation.id)", title: thread.title(words), who: thread.who,
            handle: thread.citizen.handle.isEmpty ? nil : thread.citizen.handle, network: NetworkBadge(thread.channel.network),
            channel: thread.channel.handle, state: words("state.conversation.\(thread.conversation.state.rawValue)"),
            assignee: thread.assigneeName, printed: words("print.printedBy", ["time": words.clock.full(now), "name": visit.colleague.name]),
            link: pages.link("/conversations/\(thread.conversation.id)"),
            messages: messages.filter { withNotes || $0.kind != .note }, hasNotes: messages.contains { $0.kind == .note }, withNotes: withNotes,
            missing: thread.hasEarlier ? words.count("print.missing", Self.most) : nil)
        return pages.show("print/page", page, in: visit.language)
    }
}
