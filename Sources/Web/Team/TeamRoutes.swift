import Desk
import Foundation
import Hummingbird

/// Who works here: adding, roles, links, leaving. For admins; duty editors see it, and hand back what somebody has.
struct TeamRoutes {
    let desk: Desk
    let pages: Pages

    func addDuty(to routes: some RouterMethods<Visit>) {
        routes.get("team") { _, visit in try await list(visit) }
        routes.get("team/:id") { _, visit in try await show(visit) }
        routes.post("team/:id/hand-back", use: handBack)
    }

    func addAdministration(to routes: some RouterMethods<Visit>) {
        routes.post("team", use: add)
        routes.post("team/:id/name", use: rename)
        routes.post("team/:id/role", use: changeRole)
        routes.post("team/:id/link", use: makeLink)
        routes.post("team/:id/sessions/end", use: endSessions)
        routes.post("team/:id/second-factor/removal", use: resetSecondFactor)
        routes.post("team/:id/removal", use: remove)
    }

    @Sendable func add(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        let role: Colleague.Role = try form.choice("role")
        do {
            let added = try await desk.team.add(
                name: form["name"], email: form["email"], role: role, language: visit.language.rawValue, by: .colleague(visit.me),
                at: desk.clock.now())
            return try await show(link: added.token, of: added.id, visit)
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await list(visit, typed: form, refusal)
        }
    }

    @Sendable func rename(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Colleague>, try await Form(request))
        do {
            try await desk.team.rename(id, name: form["name"], email: form["email"], by: .colleague(visit.me), at: desk.clock.now())
            return pages.seeOther("/team/\(id)", done: "colleagueRenamed")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, typed: form, refusal)
        }
    }

    @Sendable func changeRole(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Colleague>, try await Form(request))
        let role: Colleague.Role = try form.choice("role")
        return try await orShow(visit) {
            try await desk.team.change(id, to: role, by: .colleague(visit.me), at: desk.clock.now())
            return pages.seeOther(id == visit.me && role != .admin ? "/inbox" : "/team/\(id)", done: "roleChanged")
        }
    }

    @Sendable func makeLink(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Colleague> = try visit.id()
        let token = try await desk.team.makeLink(for: id, by: .colleague(visit.me), at: desk.clock.now())
        return try await show(link: token, of: id, visit)
    }

    @Sendable func endSessions(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Colleague> = try visit.id()
        let mine = id == visit.me ? visit.session : nil
        try await desk.team.endSessions(of: id, except: mine, by: .colleague(visit.me), at: desk.clock.now())
        return pages.seeOther("/team/\(id)", done: "sessionsEnded")
    }

    @Sendable func resetSecondFactor(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Colleague> = try visit.id()
        return try await orShow(visit) {
            try await desk.team.resetSecondFactor(of: id, by: .colleague(visit.me), at: desk.clock.now())
            return pages.seeOther("/team/\(id)", done: "secondFactorReset")
        }
    }

    @Sendable func handBack(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Colleague> = try visit.id()
        return pages.seeOther(
            "/team/\(id)", handedBack: try await desk.conversations.handBack(of: id, by: visit.me, at: desk.clock.now()))
    }

    @Sendable func remove(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Colleague> = try visit.id()
        return try await orShow(visit) {
            let name = try await desk.team.colleague(id).name
            try await desk.team.remove(id, by: .colleague(visit.me), at: desk.clock.now())
            return pages.seeOther("/team", done: "colleagueRemoved", ["name": name])
        }
    }

    private func orShow(_ visit: Visit, _ deed: () async throws -> Response) async throws -> Response {
        do {
            return try await deed()
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, refusal)
        }
    }
}

extension TeamRoutes {
    private func list(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let words = pages.words(visit.language)
        // Who left, and who can't sign in without a link, is the business of admins.
        let lines = try await desk.team.all().filter { visit.isAdmin || $0.leftAt == nil }.map {
            ColleagueLine(
                id: "\($0.id)", name: $0.name, email: $0.email, role: $0.role.rawValue, isActive: $0.leftAt == nil,
                hasPassword: $0.hasPassword || !visit.isAdmin, words: words)
        }
        let page = TeamPage(
            frame: pages.frame(visit, .team, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []), colleagues: lines, canAdminister: visit.isAdmin,
            name: typed?["name"] ?? "", email: typed?["email"] ?? "", role: typed?["role"] ?? "editor", words: words)
        return pages.show("team/page", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func show(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let colleague = try await desk.team.colleague(try visit.id())
        let page = ColleaguePage(
            frame: pages.frame(visit, .team, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []), id: "\(colleague.id)",
            name: colleague.name, email: colleague.email, typedName: typed?["name"], typedEmail: typed?["email"],
            role: colleague.role.rawValue, isActive: colleague.leftAt == nil, isMyself: colleague.id == visit.me,
            hasSecondFactor: try await desk.team.secondFactor(of: colleague.id) != nil,
            sessions: try await desk.team.sessions(of: colleague.id, at: desk.clock.now()).count,
            load: try await desk.conversations.load(of: colleague.id), canAdminister: visit.isAdmin, words: pages.words(visit.language))
        return pages.show("team/colleague", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func show(link token: String, of id: ID<Colleague>, _ visit: Visit) async throws -> Response {
        let (words, now) = (pages.words(visit.language), desk.clock.now())
        let page = NewLinkPage(
            frame: pages.frame(visit, .team), name: try await desk.team.colleague(id).name, link: pages.link("/signin/\(token)"),
            expires: words.moment(now + Team.linkLife, now: now))
        return pages.show("team/link", page, to: visit)
    }
}
