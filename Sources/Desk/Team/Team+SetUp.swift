import Foundation
import Store

/// The first start: nobody owns the desk yet, and only who holds the link that the start printed may.
extension Team {
    /// - Returns: The token of a one-time link to the first set-up; `nil` once the desk has an owner.
    public func makeSetUpLink(at time: Date) async throws -> String? {
        let token = Token.make()
        return try await store.write { db in
            guard try db.row("SELECT 1 FROM authority") == nil else { return nil }
            // One at a time: a link printed by an earlier start opens nothing any more.
            try db.run("DELETE FROM sign_in_link WHERE colleague_id IS NULL")
            try db.addLink(token, for: nil, by: .operator, at: time)
            return token
        }
    }

    public func mayBeSetUp(with token: String, at time: Date) async throws -> Bool {
        try await store.read { db in
            try db.row(
                "SELECT 1 FROM sign_in_link WHERE digest = \(Token.digest(token)) AND expires_at >= \(time) AND colleague_id IS NULL"
            ) != nil && db.row("SELECT 1 FROM authority") == nil
        }
    }

    /// Sets up the authority and its first colleague, an admin, who is signed in by it.
    /// - Returns: The session's token.
    public func setUp(
        _ authority: Authority, name: String, email: String, password: String, language: String = "de", link: String, device: String,
        at time: Date
    ) async throws -> String {
        let (name, email) = (try Self.checked(name: name), try Self.checked(email: email))
        try Self.check(authority)
        try Password.check(password)
        guard try await mayBeSetUp(with: link, at: time) else { throw Refusal.linkUsedUp }
        let hash = try await Password.hash(password)
        let session = Token.make()
        try await store.write { db in
            guard try db.run("DELETE FROM sign_in_link WHERE digest = \(Token.digest(link)) AND colleague_id IS NULL") == 1 else {
                throw Refusal.linkUsedUp
            }
            try db.establish(authority, at: time)
            let id = try db.addColleague(
                name: name, email: email, role: .admin, language: language, password: hash, by: .operator, at: time)
            try db.begin(session: session, of: id, device: device, at: time)
        }
        return session
    }

    /// Corrects what was said at the set-up.
    /// - Throws: `Refusal.authorityNameMissing`.
    public func change(_ authority: Authority, by actor: Event.Actor, at time: Date) async throws {
        try Self.check(authority)
        try await store.write { db in
            try db.demand(.admin, of: actor)
            // Who was added by a command may be here before anybody set the desk up.
            guard try db.row("SELECT 1 FROM authority") != nil else { return try db.establish(authority, at: time) }
            try db.run(
                """
                UPDATE authority SET name = \(authority.name.withoutNUL), kind = \(authority.kind), land = \(authority.land),
                    address = \(authority.address)
                """)
            try db.renewCalendar()
            try db.record(Event(.authorityChanged, by: actor, at: time))
        }
    }

    private static func check(_ authority: Authority) throws(Refusal) {
        let name = authority.name.withoutNUL.trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty, name.count <= 200 else { throw .authorityNameMissing }
    }

    /// Sets up the authority without a person at a browser: for the demo and for tests.
    public func establish(_ authority: Authority, at time: Date) async throws {
        try await store.write { db in try db.establish(authority, at: time) }
    }
}

extension Database {
    fileprivate func establish(_ authority: Authority, at time: Date) throws {
        guard try row("SELECT 1 FROM authority") == nil else { throw Refusal.alreadySetUp }
        try run(
            """
            INSERT INTO authority (id, name, kind, land, address, set_up_at)
            VALUES (1, \(authority.name.withoutNUL), \(authority.kind), \(authority.land), \(authority.address), \(time))
            """)
        try renewCalendar()
        try record(Event(.authoritySetUp, by: .operator, at: time))
    }
}
