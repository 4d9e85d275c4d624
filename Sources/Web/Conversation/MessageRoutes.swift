import Desk
import Foundation
import Hummingbird

/// What can be done with one message that stands on its network: like it, or change and delete an answer of ours.
struct MessageRoutes {
    let desk: Desk
    let pages: Pages
    let conversations: ConversationPages

    func add(to routes: some RouterMethods<Visit>) {
        routes.post("messages/:id/like") { try await like($0, $1, true) }
        routes.post("messages/:id/like/removal") { try await like($0, $1, false) }
        routes.get("messages/:id/edit") { try await showEdit($0, $1) }
        routes.post("messages/:id/edit", use: edit)
        routes.get("messages/:id/deletion") { try await showDeletion($0, $1) }
        routes.post("messages/:id/deletion", use: delete)
    }

    @Sendable func like(_ request: Request, _ visit: Visit, _ isLiked: Bool) async throws -> Response {
        let message = try await desk.conversations.message(try visit.id())
        return try await conversations.stay(message.conversation, request, visit, done: isLiked ? "liked" : "unliked") {
            // A second press finds it liked already.
            try await desk.replies.like(message.id, isLiked, by: visit.me, token: Token.make(), at: desk.clock.now())
        }
    }

    @Sendable func edit(_ request: Request, visit: Visit) async throws -> Response {
        let (message, form) = (try await desk.conversations.message(try visit.id()), try await Form(request))
        do {
            guard let version = Int(form["version"]) else { throw Form.Malformed() }
            try await desk.replies.edit(
                message.id, revision: version, to: form["text"], by: visit.me, token: try form.token(), at: desk.clock.now())
            return pages.seeOther("/conversations/\(message.conversation)\(InboxLists.Wish(request).query)", done: "edited")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await showEdit(request, visit, typed: form["text"], refusal)
        }
    }

    @Sendable func delete(_ request: Request, visit: Visit) async throws -> Response {
        let (message, form) = (try await desk.conversations.message(try visit.id()), try await Form(request))
        do {
            try await desk.replies.delete(message.id, by: visit.me, token: try form.token(), at: desk.clock.now())
            return pages.seeOther("/conversations/\(message.conversation)\(InboxLists.Wish(request).query)", done: "deleted")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await showDeletion(request, visit, refusal)
        }
    }

    /// - Throws: `Refusal.notEditable` for what is not an answer of ours.
    private func own(_ visit: Visit) async throws -> Message {
        let message = try await desk.conversations.message(try visit.id())
        guard message.direction == .out, message.removedAt == nil else { throw Refusal.notEditable }
        return message
    }

    private func showEdit(_ request: Request, _ visit: Visit, typed: String? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let message = try await own(visit)
        let thread = try await desk.conversations.thread(message.conversation, limit: 1)
        let text = typed ?? message.text
        let measure = try await desk.replies.measure(
            text, warning: message.warning, answering: message, of: thread.citizen, on: thread.channel)
        guard let measure else { throw Refusal.channelNotConnected }
        let page = MessageEditPage(
            frame: pages.frame(visit, .inbox, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []),
            conversationID: "\(message.conversation)", query: InboxLists.Wish(request).query, messageID: "\(message.id)",
            network: NetworkBadge(thread.channel.network).name,
            text: text, mention: measure.mention, limit: measure.limit, length: measure.length, version: message.revision,
            token: Token.make())
        return pages.show("message/edit", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func showDeletion(_ request: Request, _ visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        let message = try await own(visit)
        let channel = try await desk.channels.channel(message.channel)
        let page = MessageDeletionPage(
            frame: pages.frame(visit, .inbox, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []),
            conversationID: "\(message.conversation)", query: InboxLists.Wish(request).query, messageID: "\(message.id)",
            network: NetworkBadge(channel.network).name,
            body: TextPiece.body(of: message.text), token: Token.make())
        return pages.show("message/deletion", page, to: visit, status: refusal?.status ?? .ok)
    }
}
