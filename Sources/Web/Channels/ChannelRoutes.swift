import Desk
import Foundation
import HTTPTypes
import Hummingbird

/// Connected accounts and their health; connecting them.
struct ChannelRoutes {
    let desk: Desk
    let pages: Pages
    let channels: ChannelPages

    private static let callback = "/channels/mastodon/callback"

    func addReading(to routes: some RouterMethods<Visit>) {
        routes.get("channels") { _, visit in pages.show("channels/page", try await channels.list(for: visit), to: visit) }
        routes.get("channels/:id", use: show)
    }

    func addConnecting(to routes: some RouterMethods<Visit>) {
        routes.get("channels/connect/mastodon") { _, visit in try await ask(visit) }
        routes.get("channels/:id/reconnect") { _, visit in try await ask(visit, again: try visit.id()) }
        routes.post("channels/connect/mastodon", use: begin)
        routes.post("channels/connect/mastodon/token", use: connect)
        routes.get("channels/mastodon/callback", use: end)
        routes.post("channels/:id/disconnection", use: disconnect)
    }

    @Sendable func show(_ request: Request, visit: Visit) async throws -> Response {
        pages.show("channels/channel", try await channels.page(of: try visit.id(), for: visit), to: visit)
    }

    private func ask(_ visit: Visit, again id: ID<Channel>? = nil) async throws -> Response {
        leadingOut(pages.show("channels/connect-mastodon", try await channels.connect(id, for: visit), to: visit))
    }

    /// Sends the browser to the server's own page.
    @Sendable func begin(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        return try await orAskAgain(form, visit, withToken: false) {
            let page = try await desk.channels.beginMastodon(
                server: form["server"], redirect: pages.link(Self.callback), website: pages.publicURL.absoluteString, by: visit.me,
                at: desk.clock.now())
            return .seeOther(page.absoluteString)
        }
    }

    /// The browser is back from the server's page.
    @Sendable func end(_ request: Request, visit: Visit) async throws -> Response {
        try await orAskAgain(nil, visit, withToken: false) {
            let (state, code) = (request.query("state"), request.query("code"))
            guard !state.isEmpty, !code.isEmpty else { throw Refusal.connectionDeclined }
            let id = try await desk.channels.endMastodon(state: state, code: code, by: visit.me, at: desk.clock.now())
            return try await connected(id)
        }
    }

    @Sendable func connect(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        return try await orAskAgain(form, visit, withToken: true) {
            let id = try await desk.channels.connectMastodon(
                server: form["server"], token: form["token"], by: .colleague(visit.me), at: desk.clock.now())
            return try await connected(id)
        }
    }

    @Sendable func disconnect(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Channel> = try visit.id()
        try await desk.channels.disconnect(id, by: .colleague(visit.me), at: desk.clock.now())
        return pages.seeOther("/channels/\(id)", done: "channelDisconnected")
    }

    private func connected(_ id: ID<Channel>) async throws -> Response {
        let channel = try await desk.channels.channel(id)
        let done = channel.reconciledAt == nil ? "channelConnected" : "channelReconnected"
        return pages.seeOther("/channels/\(id)", done: done, ["account": channel.handle])
    }

    private func orAskAgain(
        _ form: Form?, _ visit: Visit, withToken: Bool, _ deed: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await deed()
        } catch let refusal as Refusal where refusal.isForTheForm {
            let page = try await channels.connect(
                ID<Channel>((form?["channel"] ?? "")[...]), server: form?["server"] ?? "", withToken: withToken,
                flashes: [pages.flash(refusal, to: visit)], for: visit)
            return leadingOut(pages.show("channels/connect-mastodon", page, to: visit, status: refusal.status))
        }
    }

    /// The sign-in form's answer sends the browser to the network's server.
    private func leadingOut(_ response: Response) -> Response {
        var response = response
        response.headers[.contentSecurityPolicy] = AddHeaders.policyLeadingOut
        return response
    }
}
