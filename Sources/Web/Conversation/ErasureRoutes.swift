import Desk
import Foundation
import Hummingbird

/// Erasing everything a citizen wrote.
struct ErasureRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("conversations/:id/erasure") { _, visit in try await ask(visit) }
        routes.post("conversations/:id/erasure", use: erase)
    }

    @Sendable func erase(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let citizen = try await desk.conversations.thread(id, limit: 1).citizen
        do {
            try await desk.erasure.erase(citizen.id, because: form["reason"], by: visit.me, at: desk.clock.now())
            return pages.seeOther("/conversations/\(id)", done: "erased")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await ask(visit, reason: form["reason"], refusal)
        }
    }

    private func ask(_ visit: Visit, reason: String = "", _ refusal: Refusal? = nil) async throws -> Response {
        let id: ID<Conversation> = try visit.id()
        let citizen = try await desk.conversations.thread(id, limit: 1).citizen
        let extent = try await desk.conversations.extent(of: citizen.id)
        let page = ErasurePage(
            frame: pages.frame(visit, .inbox, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []), conversationID: "\(id)",
            who: citizen.displayName, handle: citizen.handle, messages: extent.messages, conversations: extent.conversations,
            reason: reason, words: pages.words(visit.language))
        return pages.show("conversation/erasure", page, to: visit, status: refusal?.status ?? .ok)
    }
}
