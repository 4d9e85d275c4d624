import Desk
import Foundation
import Hummingbird

/// What is done with many conversations at once, from their list; and how a closing is undone.
struct SelectionRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.post("closures", use: close)
        routes.post("closures/:token/removal", use: undo)
        routes.post("likes", use: like)
        routes.post("assignments", use: assign)
        for deed in ["closures", "likes", "assignments"] {
            routes.get("\(deed)") { request, _ in Response.seeOther("/inbox\(InboxLists.Wish(request).query)") }
        }
    }

    @Sendable func close(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        let (token, now) = (try form.token(), desk.clock.now())
        let sights = try await sights(form, request, visit)
        if form["like"] == "yes" { _ = try await like(sights, token, visit) }
        let tally = try await desk.conversations.close(sights, token: token, by: visit.me, at: now)
        return done(
            request, visit, "closedMany", tally, undo: tally.done > 0 ? "/closures/\(token)/removal\(InboxLists.Wish(request).query)" : nil)
    }

    @Sendable func undo(_ request: Request, visit: Visit) async throws -> Response {
        guard let token = visit.parameters.get("token"), token.utf8.count <= 200 else { throw Refusal.notFound }
        let reopened = try await desk.conversations.undoClosing(token, by: visit.me, at: desk.clock.now())
        try await desk.replies.takeBackLikes(of: token, in: reopened, by: visit.me, at: desk.clock.now())
        let query = InboxLists.Wish(request).query
        let path = reopened.count == 1 ? "/conversations/\(reopened[0])\(query)#conversation" : "/inbox\(query)"
        return pages.seeOther(path, done: reopened.isEmpty ? "nothingUndone" : "undone")
    }

    @Sendable func like(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        let sights = try await sights(form, request, visit)
        return done(request, visit, "likedMany", try await like(sights, try form.token(), visit))
    }

    private func like(_ sights: [Conversations.Sight], _ token: String, _ visit: Visit) async throws -> Conversations.Tally {
        try await desk.replies.like(sights.compactMap(\.lastMessage), token: token, by: visit.me, at: desk.clock.now())
    }

    @Sendable func assign(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        let tally = try await desk.conversations.assign(
            try await sights(form, request, visit), to: try form.assignee(me: visit.me), by: visit.me, at: desk.clock.now())
        return done(request, visit, "assignedMany", tally)
    }

    /// Those that were chosen, or all that the list showed when the page was made.
    private func sights(_ form: Form, _ request: Request, _ visit: Visit) async throws -> [Conversations.Sight] {
        if form["all"] == "yes" {
            guard let asOf = Int64(form["asOf"]) else { throw Form.Malformed() }
            let wish = InboxLists.Wish(request)
            return try await desk.conversations.sights(in: wish.view.inboxView(of: visit.me), wish.filter, asOf: Date(milliseconds: asOf))
        }
        return try form.all("conversation").map { value in
            let parts = value.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, let id = ID<Conversation>(parts[0]) else { throw Form.Malformed() }
            return Conversations.Sight(id, lastMessage: ID<Message>(parts[1]))
        }
    }

    private func done(_ request: Request, _ visit: Visit, _ name: String, _ tally: Conversations.Tally, undo: String? = nil) -> Response {
        let some = tally.left == 0 ? "" : ".some"
        let (number, words) = (tally.done == 1 ? "one" : "other", pages.words(visit.language))
        return pages.seeOther(
            "/inbox\(InboxLists.Wish(request).query)", done: "\(name)\(some).\(number)",
            ["count": words.number(tally.done), "left": words.number(tally.left)], undo: undo)
    }
}
