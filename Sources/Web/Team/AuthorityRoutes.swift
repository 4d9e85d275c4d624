import Desk
import Foundation
import Hummingbird

/// Whose desk this is, for admins.
struct AuthorityRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("authority") { _, visit in try await show(visit) }
        routes.post("authority", use: change)
    }

    @Sendable func change(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            try await desk.team.change(try Authority(form), by: .colleague(visit.me), at: desk.clock.now())
            pages.plate.forget()
            return pages.seeOther("/team", done: "authorityChanged")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, typed: form, refusal)
        }
    }

    private func show(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let words = pages.words(visit.language)
        let authority = try await desk.team.authority()
        let page = AuthorityPage(
            frame: pages.frame(visit, .team, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []),
            authority: typed.map { AuthorityForm($0, words: words) } ?? authority.map { AuthorityForm($0, words: words) }
                ?? AuthorityForm(words: words))
        return pages.show("team/authority", page, to: visit, status: refusal?.status ?? .ok)
    }
}
