import Desk
import Foundation
import Hummingbird

/// The first start, behind the link that it printed.
struct SetupRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Caller>) {
        routes.get("setup/:token") { _, caller in try await show(caller) }
        routes.post("setup/:token", use: setUp)
    }

    @Sendable func setUp(_ request: Request, caller: Caller) async throws -> Response {
        let (link, form) = (try caller.parameters.require("token"), try await Form(request))
        let authority = try Authority(form)
        do {
            let session = try await desk.team.setUp(
                authority, name: form["name"], email: form["email"], password: form["password"], language: caller.language.rawValue,
                link: link, device: caller.device, at: desk.clock.now())
            return pages.seeOther("/inbox", done: "setUp").with(pages.cookies.begin(session))
        } catch let refusal as Refusal where refusal != .linkUsedUp {
            return try await show(caller, typed: form, refusal)
        }
    }

    private func show(_ caller: Caller, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let link = try caller.parameters.require("token")
        guard try await desk.team.mayBeSetUp(with: link, at: desk.clock.now()) else { throw Refusal.linkUsedUp }
        let words = pages.words(caller.language)
        let flashes = refusal.map { [words.flash($0, now: desk.clock.now())] } ?? []
        let page = SetupPage(
            door: pages.door(caller.language, flashes: flashes), token: link,
            authority: typed.map { AuthorityForm($0, words: words) } ?? AuthorityForm(words: words), name: typed?["name"] ?? "",
            email: typed?["email"] ?? "", minimumPassword: Team.minimumPassword)
        return pages.show("setup/page", page, in: caller.language, status: refusal?.status ?? .ok)
    }
}

extension Authority {
    /// - Throws: `Form.Malformed` for a kind, Land or address that the form didn't offer.
    init(_ form: Form) throws {
        guard Self.lands.contains(form["state"]) else { throw Form.Malformed() }
        self.init(
            name: form["authority"].trimmingCharacters(in: .whitespacesAndNewlines), kind: try form.choice("kind"), land: form["state"],
            address: try form.choice("address"))
    }
}
