import Desk
import Foundation
import Hummingbird

/// What a colleague does about an act on its way: take it back, settle it, write it differently.
struct DeliveryRoutes {
    let desk: Desk
    let conversations: ConversationPages

    func add(to routes: some RouterMethods<Visit>) {
        routes.post("deliveries/:id/withdrawal", use: withdraw)
        routes.post("replies/:token/withdrawal", use: withdrawReply)
        routes.post("deliveries/:id/redraft", use: redraft)
        routes.post("deliveries/:id/settlement", use: settle)
    }

    @Sendable func withdraw(_ request: Request, visit: Visit) async throws -> Response {
        try await withdraw(try await desk.conversations.delivery(try visit.id()), request, visit)
    }

    /// From the page that its writer went on to.
    @Sendable func withdrawReply(_ request: Request, visit: Visit) async throws -> Response {
        guard let token = visit.parameters.get("token") else { throw Refusal.notFound }
        return try await withdraw(try await desk.conversations.delivery(letter: token), request, visit)
    }

    private func withdraw(_ delivery: Delivery, _ request: Request, _ visit: Visit) async throws -> Response {
        try await try await conversations.stay(delivery.conversation, request, visit, done: "withdrawn") {
            try await desk.outbox.withdraw(delivery.id, by: visit.me, at: desk.clock.now())
        }
    }

    @Sendable func redraft(_ request: Request, visit: Visit) async throws -> Response {
        let delivery = try await desk.conversations.delivery(try visit.id())
        return try await conversations.stay(delivery.conversation, request, visit, done: "redrafted") {
            try await desk.outbox.rewrite(delivery.id, by: visit.me, at: desk.clock.now())
        }
    }

    private enum Outcome: String { case arrived, again }

    @Sendable func settle(_ request: Request, visit: Visit) async throws -> Response {
        let (delivery, form) = (try await desk.conversations.delivery(try visit.id()), try await Form(request))
        let outcome: Outcome = try form.choice("outcome")
        return try await conversations.stay(delivery.conversation, request, visit, done: outcome == .arrived ? "settled" : "resent") {
            switch outcome {
            case .arrived: try await desk.outbox.confirm(delivery.id, at: form.webAddress("url"), by: visit.me, at: desk.clock.now())
            // A second press finds it on its way already.
            case .again: try await desk.outbox.sendAgain(delivery.id, by: visit.me, token: Token.make(), at: desk.clock.now())
            }
        }
    }
}

extension Form {
    /// What was made with the page, so that the same form sent twice does its deed once.
    func token() throws -> String {
        guard (16...200).contains(self["token"].utf8.count) else { throw Malformed() }
        return self["token"]
    }

    /// A link that somebody pasted; `nil` for what no browser should be led to.
    fileprivate func webAddress(_ name: String) -> String? {
        let text = self[name].trimmingCharacters(in: .whitespaces)
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host() != nil else { return nil }
        return text
    }
}
