import Desk
import Foundation
import Hummingbird

/// A tab says that its colleague has a conversation open, writes there, or left it.
struct PresenceRoutes {
    let desk: Desk
    let feed: LiveFeed

    func add(to routes: some RouterMethods<Visit>) {
        routes.post("conversations/:id/presence", use: hear)
    }

    /// Answers with who else is there.
    @Sendable func hear(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let sign = Presence.Sign(
            conversation: id.rawValue, colleague: visit.me.rawValue, name: visit.colleague.name, tab: String(form["tab"].prefix(40)),
            state: try form.choice("state"))
        try await feed.hear(sign)
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: await feed.told(of: id))))
    }
}
