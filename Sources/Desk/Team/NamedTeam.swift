import Foundation
import Store

/// Colleagues with a name of their own, to whom something can be given together: the first who comes to it takes it.
public struct NamedTeam: Sendable, Equatable {
    public let id: ID<NamedTeam>
    public let name: String
    /// By name. All of them can answer: a reader, and who left, is in no team.
    public let members: [Colleague]

    /// Of fewer nothing is counted, because it would be told of each of them.
    public static let fewestCounted = 5
}

/// Makes teams, and says who is in them.
public struct NamedTeams: Sendable {
    let store: Store

    /// By name.
    public func all() async throws -> [NamedTeam] {
        try await store.read { db in try db.namedTeams() }
    }

    /// - Throws: `Refusal.notFound`.
    public func team(_ id: ID<NamedTeam>) async throws -> NamedTeam {
        try await store.read { db in try db.namedTeam(id) }
    }

    /// - Throws: `Refusal.nameMissing`, `.teamNameTaken`; `.notAllowed` for a member who can't answer.
    public func add(
        name: String, members: Set<ID<Colleague>>, by actor: Event.Actor, at time: Date
    ) async throws -> ID<NamedTeam> {
        let name = try Team.checked(name: name)
        return try await store.write { db in
            try db.demand(.admin, of: actor)
            try db.demandFree(name, for: nil)
            let made: ID<NamedTeam>? = try db.value("INSERT INTO team (name, made_at) VALUES (\(name), \(time)) RETURNING id")
            let id = try made.orNotFound()
            try db.record(Event(.teamAdded, by: actor, at: time, detail: "\(id)"))
            try db.choose(members, for: id, by: actor, at: time)
            return id
        }
    }

    /// Another name, and other members. Who is no more in it keeps what they took.
    /// - Throws: `Refusal.nameMissing`, `.teamNameTaken`; `.notAllowed` for a member who can't answer.
    public func change(
        _ id: ID<NamedTeam>, name: String, members: Set<ID<Colleague>>, by actor: Event.Actor, at time: Date
    ) async throws {
        let name = try Team.checked(name: name)
        try await store.write { db in
            try db.demand(.admin, of: actor)
            if try db.namedTeam(id).name != name {
                try db.demandFree(name, for: id)
                try db.run("UPDATE team SET name = \(name) WHERE id = \(id)")
                try db.record(Event(.teamRenamed, by: actor, at: time, detail: "\(id)"))
            }
            try db.choose(members, for: id, by: actor, at: time)
        }
    }

    /// What was given to it, and what no colleague has yet, goes back to all.
    public func remove(_ id: ID<NamedTeam>, by actor: Event.Actor, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.admin, of: actor)
            try db.choose([], for: id, by: actor, at: time)
            // What is done stays counted with nobody.
            try db.run("UPDATE conversation SET team_id = NULL WHERE \(sql: Database.everythingOf(id))")
            try db.run("DELETE FROM team WHERE id = \(id)")
            try db.record(Event(.teamRemoved, by: actor, at: time, detail: "\(id)"))
        }
    }
}

extension Database {
    func namedTeams() throws -> [NamedTeam] {
        let members = Dictionary(
            grouping: try rows(
                """
                SELECT colleague.*, team_member.team_id FROM team_member JOIN colleague ON colleague.id = team_member.colleague_id
                ORDER BY colleague.name, colleague.id
                """)
        ) { try? $0["team_id"] as ID<NamedTeam> }
        return try rows("SELECT id, name FROM team ORDER BY name, id").map {
            let id: ID<NamedTeam> = try $0["id"]
            return NamedTeam(id: id, name: try $0["name"], members: try (members[id] ?? []).map(Colleague.init))
        }
    }

    /// - Throws: `Refusal.notFound`.
    func namedTeam(_ id: ID<NamedTeam>) throws -> NamedTeam {
        let name: String = try row("SELECT name FROM team WHERE id = \(id)").orNotFound()["name"]
        let members = try rows(
            """
            SELECT colleague.* FROM team_member JOIN colleague ON colleague.id = team_member.colleague_id
            WHERE team_member.team_id = \(id) ORDER BY colleague.name, colleague.id
            """)
        return NamedTeam(id: id, name: name, members: try members.map(Colleague.init))
    }

    /// The teams that a colleague is in.
    func teams(of colleague: ID<Colleague>) throws -> [ID<NamedTeam>] {
        try rows("SELECT team_id FROM team_member WHERE colleague_id = \(colleague) ORDER BY team_id").map { try $0["team_id"] }
    }

    func isMember(_ colleague: ID<Colleague>, of team: ID<NamedTeam>) throws -> Bool {
        try row("SELECT 1 FROM team_member WHERE team_id = \(team) AND colleague_id = \(colleague)") != nil
    }

    /// Who can't answer any more is in no team.
    func leaveTeams(_ colleague: ID<Colleague>, by actor: Event.Actor, at time: Date) throws {
        for team in try teams(of: colleague) {
            let members = try namedTeam(team).members.map(\.id).filter { $0 != colleague }
            try choose(Set(members), for: team, by: actor, at: time)
        }
    }

    fileprivate func choose(_ members: Set<ID<Colleague>>, for id: ID<NamedTeam>, by actor: Event.Actor, at time: Date) throws {
        let before = Set(try namedTeam(id).members.map(\.id))
        for colleague in members.subtracting(before).sorted(by: { $0.rawValue < $1.rawValue }) {
            try demand(.editor, of: .colleague(colleague))
            try run("INSERT INTO team_member (team_id, colleague_id) VALUES (\(id), \(colleague))")
            try record(Event(.teamJoined, by: actor, at: time, colleague: colleague, detail: "\(id)"))
        }
        for colleague in before.subtracting(members).sorted(by: { $0.rawValue < $1.rawValue }) {
            try run("DELETE FROM team_member WHERE team_id = \(id) AND colleague_id = \(colleague)")
            try record(Event(.teamLeft, by: actor, at: time, colleague: colleague, detail: "\(id)"))
        }
        if members.isEmpty { try giveBack(of: id, by: actor, at: time) }
    }

    /// Nobody is there any more to take it.
    private func giveBack(of id: ID<NamedTeam>, by actor: Event.Actor, at time: Date) throws {
        let given = try rows("SELECT id FROM conversation WHERE \(sql: Self.everythingOf(id)) AND state <> 'closed'")
        for row in given { try record(Event(.conversationTakenFromTeam, by: actor, at: time, conversation: row["id"], detail: "\(id)")) }
        try run("UPDATE conversation SET team_id = NULL WHERE \(sql: Self.everythingOf(id)) AND state <> 'closed'")
    }

    /// As its index has it.
    fileprivate static func everythingOf(_ team: ID<NamedTeam>) -> SQL {
        "COALESCE(team_id, 0) = \(team) AND COALESCE(team_id, 0) > 0"
    }

    fileprivate func demandFree(_ name: String, for id: ID<NamedTeam>?) throws {
        let taken = try rows("SELECT id, name FROM team").contains { row in
            let (other, text): (ID<NamedTeam>, String) = (try row["id"], try row["name"])
            return other != id && text.lowercased() == name.lowercased()
        }
        if taken { throw Refusal.teamNameTaken }
    }
}
