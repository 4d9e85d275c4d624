import Desk
import Foundation
import Hummingbird

/// The inbox, and its list alone for pages that were away for long.
struct InboxRoutes {
    let desk: Desk
    let lists: InboxLists
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("/") { _, _ in Response.seeOther("/inbox") }
        routes.get("inbox", use: show)
        routes.get("inbox/list", use: showList)
    }

    @Sendable func show(_ request: Request, visit: Visit) async throws -> Response {
        let wish = InboxLists.Wish(request)
        let list = try await lists.list(wish, for: visit)
        let post: PostPane? = if let id = wish.filter.post {
            PostPane(
                try await desk.conversations.ownPost(id), authority: pages.plate.lastKnown?.name ?? "", now: desk.clock.now(),
                pages.words(visit.language))
        } else { nil }
        return pages.show("inbox/page", InboxPage(frame: pages.frame(visit, post == nil ? .inbox : .posts), list: list, post: post), to: visit)
    }

    @Sendable func showList(_ request: Request, visit: Visit) async throws -> Response {
        pages.show("inbox/list", try await lists.list(InboxLists.Wish(request), for: visit), in: visit.language)
    }
}

extension InboxLists.Wish {
    /// - Parameter current: The conversation that stands open beside the list.
    init(_ request: Request, current: ID<Conversation>? = nil) {
        view = InboxList.View(rawValue: request.query("view")) ?? .open
        search = String(request.query("q").prefix(200)).trimmingCharacters(in: .whitespacesAndNewlines)
        filter = InboxFilter(request)
        before = request.query("before")
        limit = min(max(Int(request.query("rows")) ?? InboxLists.pageSize, InboxLists.pageSize), InboxLists.largestPage)
        self.current = current
    }
}
