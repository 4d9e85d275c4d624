import Desk
import Foundation
import Hummingbird

/// Lists that somebody saved under a name: for themselves, or for the team.
struct SavedViewRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("views") { _, visit in try await show(visit) }
        routes.post("views", use: save)
        routes.post("views/:id", use: change)
        routes.post("views/:id/removal", use: remove)
        for deed in ["views/:id", "views/:id/removal"] { routes.get("\(deed)") { _, _ in Response.seeOther("/views") } }
    }

    @Sendable func save(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        // Through the filter's own eyes: nothing else is kept.
        let query = InboxLists.Wish(saved: form["query"]).narrowed
        return try await refusable(visit) {
            try await desk.savedViews.save(
                query, as: form["name"], isShared: form["shared"] == "yes", by: visit.me, at: desk.clock.now())
            return pages.seeOther("/inbox?\(query)", done: "viewSaved")
        }
    }

    @Sendable func change(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<SavedView>, try await Form(request))
        return try await refusable(visit) {
            try await desk.savedViews.change(
                id, name: form["name"], isShared: form["shared"] == "yes", by: visit.me, at: desk.clock.now())
            return pages.seeOther("/views", done: "viewChanged")
        }
    }

    @Sendable func remove(_ request: Request, visit: Visit) async throws -> Response {
        try await desk.savedViews.remove(try visit.id(), by: visit.me, at: desk.clock.now())
        return pages.seeOther("/views", done: "viewRemoved")
    }

    private func refusable(_ visit: Visit, _ deed: () async throws -> Response) async throws -> Response {
        do {
            return try await deed()
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, refusal)
        }
    }

    private func show(_ visit: Visit, _ refusal: Refusal? = nil) async throws -> Response {
        let (views, channels) = (try await desk.savedViews.all(of: visit.me), try await desk.channels.all())
        let page = SavedViewsPage(
            frame: pages.frame(visit, .inbox, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []),
            views: views.map { SavedViewLine($0, channels: channels, for: visit, pages.words(visit.language)) })
        return pages.show("saved/page", page, to: visit, status: refusal?.status ?? .ok)
    }
}
