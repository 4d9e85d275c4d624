import Desk
import Foundation
import Hummingbird

/// Getting in: by password, or by a one-time link, and with a code after either where a second factor is set.
struct SignInRoutes {
    let desk: Desk
    let pages: Pages

    /// Where a day begins for who wanted no certain page.
    private static let start = "/start"

    func add(to routes: some RouterMethods<Caller>) {
        routes.get("signin") { request, caller in show(caller, next: request.query("next")) }
        routes.post("signin", use: signIn)
        routes.get("signin/code", use: askForCode)
        routes.post("signin/code", use: takeCode)
        routes.get("signin/:token") { _, caller in try await showLink(caller) }
        routes.post("signin/:token", use: useLink)
    }

    @Sendable func signIn(_ request: Request, caller: Caller) async throws -> Response {
        let form = try await Form(request)
        do {
            let entry = try await desk.team.signIn(
                email: form["email"], password: form["password"], from: caller.machine, device: caller.device, at: desk.clock.now())
            return goOn(entry, to: Query.local(form["next"]))
        } catch let refusal as Refusal {
            return show(caller, email: form["email"], next: form["next"], refusal)
        }
    }

    @Sendable func useLink(_ request: Request, caller: Caller) async throws -> Response {
        let (link, form) = (try caller.parameters.require("token"), try await Form(request))
        let password = form["password"].isEmpty ? nil : form["password"]
        do {
            return goOn(try await desk.team.signIn(link: link, choosing: password, device: caller.device, at: desk.clock.now()))
        } catch let refusal as Refusal where refusal != .linkUsedUp {
            return try await showLink(caller, refusal)
        }
    }

    /// In, or to the page that asks for the code.
    private func goOn(_ entry: Team.Entry, to next: String? = nil) -> Response {
        switch entry {
        case .open(let token): .seeOther(next ?? Self.start).with(pages.cookies.begin(token))
        case .codeNeeded(let token):
            .seeOther("/signin/code" + (next.map { "?next=\(Query.escaped($0))" } ?? "")).with(pages.cookies.wait(token))
        }
    }

    @Sendable func askForCode(_ request: Request, caller: Caller) async throws -> Response {
        guard let begun = request.cookies[pages.cookies.begunSignIn]?.value else { return .seeOther("/signin") }
        guard try await desk.team.isBegun(begun, at: desk.clock.now()) else {
            return show(caller, next: request.query("next"), .signInOver).with(pages.cookies.endWait())
        }
        return showCode(caller, next: request.query("next"))
    }

    @Sendable func takeCode(_ request: Request, caller: Caller) async throws -> Response {
        let form = try await Form(request)
        let begun = request.cookies[pages.cookies.begunSignIn]?.value ?? ""
        do {
            let session = try await desk.team.signIn(
                begun: begun, code: form["code"], from: caller.machine, device: caller.device, at: desk.clock.now())
            return Response.seeOther(Query.local(form["next"]) ?? Self.start).with(pages.cookies.begin(session)).with(pages.cookies.endWait())
        } catch Refusal.signInOver {
            return show(caller, next: form["next"], .signInOver).with(pages.cookies.endWait())
        } catch let refusal as Refusal where refusal != .linkUsedUp {
            return showCode(caller, next: form["next"], refusal)
        }
    }

    private func showCode(_ caller: Caller, next: String, _ refusal: Refusal? = nil) -> Response {
        let flashes = refusal.map { [pages.words(caller.language).flash($0, now: desk.clock.now())] } ?? []
        let page = CodePage(door: pages.door(caller.language, flashes: flashes), next: Query.local(next) ?? "")
        return pages.show("signin/code", page, in: caller.language, status: refusal?.status ?? .ok)
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
