import Foundation
import Store

/// Who works here, and who may do what.
public struct Team: Sendable {
    let store: Store
    let keys: KeyRing

    /// How long a one-time link opens the door.
    public static let linkLife: Duration = .seconds(7 * 24 * 3600)

    /// - Returns: `nil` before the first set-up.
    public func authority() async throws -> Authority? {
        try await store.read { db in
            try db.row("SELECT * FROM authority").map {
                Authority(name: try $0["name"], kind: try $0["kind"], land: try $0["land"], address: try $0["address"])
            }
        }
    }

    public func all() async throws -> [Colleague] {
        try await store.read { db in try db.team() }
    }

    public func colleague(_ id: ID<Colleague>) async throws -> Colleague {
        try await store.read { db in try db.colleague(id) }
    }

    /// Adds a colleague.
    /// - Returns: Their id, and the token of a one-time link that signs them in.
    public func add(
        name: String, email: String, role: Colleague.Role, language: String = "de", by actor: Event.Actor, at time: Date
    ) async throws -> (id: ID<Colleague>, token: String) {
        let (name, email) = (try Self.checked(name: name), try Self.checked(email: email))
        let token = Token.make()
        let id = try await store.write { db in
            try db.demand(.admin, of: actor)
            let id = try db.addColleague(name: name, email: email, role: role, language: language, by: actor, at: time)
            try db.addLink(token, for: id, by: actor, at: time)
            return id
        }
        return (id, token)
    }

    /// Makes a new one-time link for a colleague; an earlier one opens nothing any more.
    public func makeLink(for id: ID<Colleague>, by actor: Event.Actor, at time: Date) async throws -> String {
        let token = Token.make()
        try await store.write { db in
            try db.demand(.admin, of: actor)
            guard try db.colleague(id).leftAt == nil else { throw Refusal.notFound }
            try db.run("DELETE FROM sign_in_link WHERE colleague_id = \(id)")
            try db.addLink(token, for: id, by: actor, at: time)
        }
        return token
    }

    /// A new name, or another address to sign in with.
    /// - Throws: `Refusal.nameMissing`, `.emailInvalid`, `.emailTaken`.
    public func rename(_ id: ID<Colleague>, name: String, email: String, by actor: Event.Actor, at time: Date) async throws {
        let (name, email) = (try Self.checked(name: name), try Self.checked(email: email))
        try await store.write { db in
            try db.demand(.admin, of: actor)
            let before = try db.colleague(id)
            guard before.name != name || before.email != email else { return }
            guard try db.row("SELECT 1 FROM colleague WHERE email = \(email) AND id <> \(id)") == nil else { throw Refusal.emailTaken }
            try db.run("UPDATE colleague SET name = \(name), email = \(email) WHERE id = \(id)")
            try db.record(Event(.colleagueRenamed, by: actor, at: time, colleague: id))
        }
    }

    public func change(_ id: ID<Colleague>, to role: Colleague.Role, by actor: Event.Actor, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.admin, of: actor)
            let colleague = try db.colleague(id)
            guard colleague.role != role else { return }
            try db.run("UPDATE colleague SET role = \(role) WHERE id = \(id)")
            try db.demandAnAdmin()
            if role == .reader { try db.handBackEverything(of: id, by: actor, at: time) }
            try db.record(Event(.colleagueRoleChanged, by: actor, at: time, colleague: id, detail: role.rawValue))
        }
    }

    /// A colleague leaves: their sessions and links end at once, their open conversations go back to all.
    public func remove(_ id: ID<Colleague>, by actor: Event.Actor, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.admin, of: actor)
            guard try db.run("UPDATE colleague SET left_at = \(time), password = NULL WHERE id = \(id) AND left_at IS NULL") == 1 else {
                throw Refusal.notFound
            }
            try db.demandAnAdmin()
            try db.endSessions(of: id)
            try db.run("DELETE FROM sign_in_link WHERE colleague_id = \(id)")
            try db.forgetSecondFactor(of: id)
            try db.handBackEverything(of: id, by: actor, at: time)
            try db.record(Event(.colleagueLeft, by: actor, at: time, colleague: id))
        }
    }

    static func checked(name: String) throws(Refusal) -> String {
        let name = name.withoutNUL.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        guard !name.isEmpty, name.count <= 100 else { throw .nameMissing }
        return name
    }

    static func checked(email: String) throws(Refusal) -> String {
        let email = email.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard email.count <= 254, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !email.contains(where: \.isWhitespace) else {
            throw .emailInvalid
        }
        return email
    }
}

extension Database {
    func team() throws -> [Colleague] { try rows("SELECT * FROM colleague ORDER BY left_at IS NOT NULL, name, id").map(Colleague.init) }

    func addColleague(
        name: String, email: String, role: Colleague.Role, language: String, password: String? = nil, by actor: Event.Actor, at time: Date
    ) throws -> ID<Colleague> {
        // Who had left comes back as the one they were: what they did stays theirs.
        let id: ID<Colleague>? = try value(
            """
            INSERT INTO colleague (name, email, role, language, password, joined_at)
            VALUES (\(name), \(email), \(role), \(language == "en" ? "en" : "de"), \(password), \(time))
            ON CONFLICT (email) DO UPDATE SET name = excluded.name, role = excluded.role, language = excluded.language,
                password = excluded.password, joined_at = excluded.joined_at, left_at = NULL
            WHERE colleague.left_at IS NOT NULL
            RETURNING id
            """)
        guard let added = id else { throw Refusal.emailTaken }
        try record(Event(.colleagueAdded, by: actor, at: time, colleague: added, detail: role.rawValue))
        return added
    }

    /// - Parameter colleague: `nil` opens the first set-up.
    func addLink(_ token: String, for colleague: ID<Colleague>?, by actor: Event.Actor, at time: Date) throws {
        try run("DELETE FROM sign_in_link WHERE expires_at < \(time)")
        try run(
            """
            INSERT INTO sign_in_link (digest, colleague_id, expires_at)
            VALUES (\(Token.digest(token)), \(colleague), \(time + Team.linkLife))
            """)
        guard let colleague else { return }
        try record(Event(.signInLinkMade, by: actor, at: time, colleague: colleague))
    }

    /// Who can't answer any more holds nothing: their conversations, closed ones too, go back to their team or to all, and they are in no
    /// team.
    fileprivate func handBackEverything(of id: ID<Colleague>, by actor: Event.Actor, at time: Date) throws {
        try run("DELETE FROM answer_lease WHERE colleague_id = \(id)")
        let open = try rows("SELECT id FROM conversation WHERE assignee_id = \(id) AND state <> 'closed'")
        for row in open { try record(Event(.conversationAssigned, by: actor, at: time, conversation: row["id"])) }
        try run("UPDATE conversation SET assignee_id = NULL WHERE assignee_id = \(id)")
        try leaveTeams(id, by: actor, at: time)
    }

    /// - Throws: `Refusal.lastAdmin` where nobody would be left who can add anybody.
    fileprivate func demandAnAdmin() throws {
        guard try row("SELECT 1 FROM colleague WHERE role = 'admin' AND left_at IS NULL LIMIT 1") != nil else { throw Refusal.lastAdmin }
    }
}
