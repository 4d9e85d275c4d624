import Desk
import Foundation
import Hummingbird

/// Teams to which something can be given: making, changing, removing. For admins.
struct NamedTeamRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("teams") { _, visit in try await list(visit) }
        routes.post("teams", use: add)
        routes.get("teams/:id") { _, visit in try await show(visit) }
        routes.post("teams/:id", use: change)
        routes.post("teams/:id/removal", use: remove)
    }

    @Sendable func add(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            _ = try await desk.teams.add(
                name: form["name"], members: try form.members(), by: .colleague(visit.me), at: desk.clock.now())
            return pages.seeOther("/teams", done: "teamAdded")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await list(visit, typed: form, refusal)
        }
    }

    @Sendable func change(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<NamedTeam>, try await Form(request))
        do {
            try await desk.teams.change(
                id, name: form["name"], members: try form.members(), by: .colleague(visit.me), at: desk.clock.now())
            return pages.seeOther("/teams", done: "teamChanged")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, typed: form, refusal)
        }
    }

    @Sendable func remove(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<NamedTeam> = try visit.id()
        let name = try await desk.teams.team(id).name
        try await desk.teams.remove(id, by: .colleague(visit.me), at: desk.clock.now())
        return pages.seeOther("/teams", done: "teamRemoved", ["name": name])
    }

    private func list(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let words = pages.words(visit.language)
        let lines = try await desk.teams.all().map {
            NamedTeamLine(
                id: "\($0.id)", name: $0.name, members: $0.members.isEmpty ? words("teams.nobody") : words.list($0.members.map(\.name)))
        }
        let page = NamedTeamsPage(frame: frame(visit, refusal), teams: lines, form: try await form(typed))
        return pages.show("teams/page", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func show(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let team = try await desk.teams.team(try visit.id())
        let page = NamedTeamPage(
            frame: frame(visit, refusal), id: "\(team.id)", name: team.name, form: try await form(typed, of: team))
        return pages.show("teams/team", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func frame(_ visit: Visit, _ refusal: Refusal?) -> Frame {
        pages.frame(visit, .team, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? [])
    }

    private func form(_ typed: Form?, of team: NamedTeam? = nil) async throws -> NamedTeamForm {
        let chosen = try typed?.members() ?? Set(team?.members.map(\.id) ?? [])
        let editors = try await desk.team.all().filter { $0.leftAt == nil && $0.role.covers(.editor) }
        return NamedTeamForm(
            name: typed?["name"] ?? team?.name ?? "",
            colleagues: editors.map { Choice("\($0.id)", $0.name, isChosen: chosen.contains($0.id)) })
    }
}

extension Form {
    fileprivate func members() throws -> Set<ID<Colleague>> {
        Set(
            try all("member").map { value in
                guard let id = ID<Colleague>(value[...]) else { throw Malformed() }
                return id
            })
    }
}
