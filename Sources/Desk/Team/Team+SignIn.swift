import Foundation
import Store

/// Getting in, and being put out.
extension Team {
    static let sessionLife: Duration = .seconds(30 * 24 * 3600)
    /// Wrong guesses that cost nothing; each further one doubles the wait.
    static let freeGuesses = 5

    public struct Session: Sendable, Equatable {
        public let id: ID<Session>
        public let device: String
        public let beganAt: Date
        public let expiresAt: Date
    }

    /// Who asks, and what every page shows.
    public struct SignedIn: Sendable {
        public let colleague: Colleague
        public let session: ID<Session>
        /// The record's head: the live feed goes on from here.
        public let head: Int64
        /// There may be an emergency.
        public let isAlarmed: Bool
    }

    /// How far a sign-in got.
    public enum Entry: Sendable, Equatable {
        /// The session's token.
        case open(String)
        /// The token of a sign-in that waits for a code: ``signIn(begun:code:from:device:at:)``.
        case codeNeeded(String)

        /// The session's token; `nil` where a code is needed.
        public var session: String? { if case .open(let token) = self { token } else { nil } }
    }

    /// - Parameters:
    ///   - machine: Where the guess comes from, to slow down one that tries many addresses.
    ///   - device: The browser, in words that its owner recognises.
    /// - Throws: `Refusal.wrongPassword` for a wrong password and for an unknown address alike, `.tooManyGuesses`.
    public func signIn(email: String, password: String, from machine: String, device: String, at time: Date) async throws -> Entry {
        let email = email.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        guard email.utf8.count <= 254 else { throw Refusal.wrongPassword }
        let subjects = ["email:\(email)", "machine:\(machine)"]
        let kept = try await store.write { db in
            // Counted before it is tried, so that many tries at once count as many.
            for subject in subjects { try db.countGuess(subject, at: time) }
            return try db.row("SELECT id, password FROM colleague WHERE email = \(email) AND left_at IS NULL").map {
                (id: try $0["id"] as ID<Colleague>, password: try $0["password"] as String?)
            }
        }
        guard try await Password.matches(password, kept?.password), let kept else { throw Refusal.wrongPassword }
        let token = Token.make()
        return try await store.write { db in
            // While it was worked out, the password may have been changed, or the colleague have left.
            let now = try db.row("SELECT password FROM colleague WHERE id = \(kept.id) AND left_at IS NULL")
            guard try now?["password"] == kept.password else { throw Refusal.wrongPassword }
            for subject in subjects { try db.run("DELETE FROM guess WHERE subject = \(subject)") }
            return try db.enter(BegunSignIn(colleague: kept.id), token: token, device: device, at: time)
        }
    }

    /// Whose session this is; read with each request and each batch of the live feed.
    /// - Returns: `nil` where it ended, or the colleague left.
    public func signedIn(session token: String, at time: Date) async throws -> SignedIn? {
        try await store.read { db in
            try db.row(
                """
                SELECT colleague.*, session.id AS session_id, COALESCE((SELECT number FROM record_head), 0) AS head,
                    EXISTS (SELECT 1 FROM conversation WHERE urgent_since IS NOT NULL AND state = 'open') AS is_alarmed
                FROM session JOIN colleague ON colleague.id = session.colleague_id
                WHERE session.digest = \(Token.digest(token)) AND session.expires_at >= \(time) AND colleague.left_at IS NULL
                """
            ).map { row in
                SignedIn(colleague: try Colleague(row), session: try row["session_id"], head: try row["head"], isAlarmed: try row["is_alarmed"])
            }
        }
    }

    public func sessions(of id: ID<Colleague>, at time: Date) async throws -> [Session] {
        try await store.read { db in
            try db.rows("SELECT * FROM session WHERE colleague_id = \(id) AND expires_at >= \(time) ORDER BY began_at DESC").map {
                Session(id: try $0["id"], device: try $0["device"], beganAt: try $0["began_at"], expiresAt: try $0["expires_at"])
            }
        }
    }

    public func signOut(session token: String) async throws {
        _ = try await store.write { db in try db.run("DELETE FROM session WHERE digest = \(Token.digest(token))") }
    }

    /// Ends one session, or all; one's own, or as an admin those of another.
    /// - Parameter except: Stays open.
    public func endSessions(
        of id: ID<Colleague>, _ session: ID<Session>? = nil, except: ID<Session>? = nil, by actor: Event.Actor, at time: Date
    ) async throws {
        try await store.write { db in
            if actor != .colleague(id) { try db.demand(.admin, of: actor) }
            try db.run(
                """
                DELETE FROM session WHERE colleague_id = \(id) AND id <> \(except?.rawValue ?? 0)
                    AND id = \(sql: session.map { "\($0)" } ?? "id")
                """)
            if session == nil { try db.run("DELETE FROM begun_sign_in WHERE colleague_id = \(id)") }
            try db.record(Event(.sessionsEnded, by: actor, at: time, colleague: id))
        }
    }

    /// Chooses a new password; every other session ends.
    /// - Parameter old: Needed where there is one.
    public func choose(
        password: String, old: String?, for id: ID<Colleague>, keeping session: ID<Session>?, at time: Date
    ) async throws {
        try Password.check(password)
        if try await colleague(id).hasPassword, try await !isPassword(old ?? "", of: id, at: time) { throw Refusal.wrongPassword }
        let hash = try await Password.hash(password)
        try await store.write { db in
            try db.run("UPDATE colleague SET password = \(hash) WHERE id = \(id) AND left_at IS NULL")
            try db.endSessions(of: id, except: session)
            try db.run("DELETE FROM sign_in_link WHERE colleague_id = \(id)")
            try db.record(Event(.passwordChanged, by: .colleague(id), at: time, colleague: id))
        }
    }

    /// Tries a password of somebody who is signed in.
    /// - Throws: `Refusal.tooManyGuesses`.
    func isPassword(_ password: String, of id: ID<Colleague>, at time: Date) async throws -> Bool {
        let kept: String? = try await store.read { db in try db.value("SELECT password FROM colleague WHERE id = \(id)") }
        let subject = "password:\(id)"
        try await store.write { db in try db.countGuess(subject, at: time) }
        guard try await Password.matches(password, kept) else { return false }
        _ = try await store.write { db in try db.run("DELETE FROM guess WHERE subject = \(subject)") }
        return true
    }

    /// Tries a code, and does what it is for. Counted before it is tried; a right one forgets the wrong ones before it.
    /// - Throws: `Refusal.tooManyCodes`.
    func guessing(
        at id: ID<Colleague>, from machine: String, at time: Date, _ deed: @Sendable @escaping (Database) throws -> Void
    ) async throws {
        let subjects = ["code:\(id)", "machine:\(machine)"]
        try await store.write { db in
            try db.demand(.reader, of: .colleague(id))
            for subject in subjects { try db.countGuess(subject, at: time, refusal: Refusal.tooManyCodes(until:)) }
        }
        try await store.write { db in
            try deed(db)
            for subject in subjects { try db.run("DELETE FROM guess WHERE subject = \(subject)") }
        }
    }
}

extension Database {
    func begin(session token: String, of colleague: ID<Colleague>, device: String, at time: Date) throws {
        try run("DELETE FROM session WHERE expires_at < \(time)")
        try run(
            """
            INSERT INTO session (digest, colleague_id, device, began_at, expires_at)
            VALUES (\(Token.digest(token)), \(colleague), \(String(device.withoutNUL.prefix(100))), \(time), \(time + Team.sessionLife))
            """)
    }

    /// Ends every session, and what waits to become one.
    func endSessions(of id: ID<Colleague>, except session: ID<Team.Session>? = nil) throws {
        try run("DELETE FROM session WHERE colleague_id = \(id) AND id <> \(session?.rawValue ?? 0)")
        try run("DELETE FROM begun_sign_in WHERE colleague_id = \(id)")
    }

    /// - Throws: The refusal, of `tooManyGuesses` or `.tooManyCodes`, while the subject has to wait.
    func countGuess(_ subject: String, at time: Date, refusal: (Date) -> Refusal = Refusal.tooManyGuesses(until:)) throws {
        try run("DELETE FROM guess WHERE until < \(time - .seconds(3600))")
        let known = try row("SELECT wrong, until FROM guess WHERE subject = \(subject)")
        let wrong: Int = try known?["wrong"] ?? 0
        if let until: Date = try known?["until"], until > time { throw refusal(until) }
        let pause = wrong < Team.freeGuesses ? Duration.zero : .seconds(min(900, 1 << min(wrong - Team.freeGuesses, 10)))
        try run(
            """
            INSERT INTO guess (subject, wrong, until) VALUES (\(subject), 1, \(time))
            ON CONFLICT (subject) DO UPDATE SET wrong = guess.wrong + 1, until = \(time + pause)
            """)
    }
}
