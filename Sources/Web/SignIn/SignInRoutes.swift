import Desk
import Foundation
import Hummingbird

/// Getting in: by password, or by a one-time link.
struct SignInRoutes {
    let desk: Desk
    let pages: Pages

    /// Where a day begins for who wanted no certain page.
    private static let start = "/start"

    func add(to routes: some RouterMethods<Caller>) {
        routes.get("signin") { request, caller in show(caller, next: request.query("next")) }
        routes.post("signin", use: signIn)
        routes.get("signin/:token") { _, caller in try await showLink(caller) }
        routes.post("signin/:token", use: useLink)
    }

    @Sendable func signIn(_ request: Request, caller: Caller) async throws -> Response {
        let form = try await Form(request)
        do {
            let session = try await desk.team.signIn(
                email: form["email"], password: form["password"], from: caller.machine, device: caller.device, at: desk.clock.now())
            return Response.seeOther(Query.local(form["next"]) ?? Self.start).with(pages.cookies.begin(session))
        } catch let refusal as Refusal {
            return show(caller, email: form["email"], next: form["next"], refusal)
        }
    }

    @Sendable func useLink(_ request: Request, caller: Caller) async throws -> Response {
        let (link, form) = (try caller.parameters.require("token"), try await Form(request))
        do {
            let session = try await enter(by: link, choosing: form["password"], caller)
            return Response.seeOther(Self.start).with(pages.cookies.begin(session))
        } catch let refusal as Refusal where refusal != .linkUsedUp {
            return try await showLink(caller, refusal)
        }
    }

    private func enter(by link: String, choosing password: String, _ caller: Caller) async throws -> String {
        guard !password.isEmpty else {
            return try await desk.team.signIn(link: link, device: caller.device, at: desk.clock.now())
        }
        return try await desk.team.signIn(link: link, choosing: password, device: caller.device, at: desk.clock.now())
    }

    private func show(_ caller: Caller, email: String = "", next: String, _ refusal: Refusal? = nil) -> Response {
        let words = pages.words(caller.language)
        let flash = refusal.map { words.flash($0, now: desk.clock.now()) } ?? caller.note?.flash(in: words)
        let page = SignInPage(
            door: pages.door(caller.language, flashes: flash.map { [$0] } ?? []), email: email, next: Query.local(next) ?? "")
        let response = pages.show("signin/page", page, in: caller.language, status: refusal?.status ?? .ok)
        return caller.note == nil ? response : response.with(pages.cookies.takeNote())
    }

    /// One button: looking at the page uses nothing up.
    private func showLink(_ caller: Caller, _ refusal: Refusal? = nil) async throws -> Response {
        let link = try caller.parameters.require("token")
        let holder = try await desk.team.holder(of: link, at: desk.clock.now())
        let flashes = refusal.map { [pages.words(caller.language).flash($0, now: desk.clock.now())] } ?? []
        let page = OneTimeLinkPage(
            door: pages.door(caller.language, flashes: flashes), token: link, email: holder.email, hasPassword: holder.hasPassword,
            minimumPassword: Team.minimumPassword)
        return pages.show("signin/link", page, in: caller.language, status: refusal?.status ?? .ok)
    }
}
