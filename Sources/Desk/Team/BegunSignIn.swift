import Foundation
import Store

/// A sign-in for which all is there but the code, where a second factor is set. It is no session: it opens nothing but its own end.
struct BegunSignIn: Sendable {
    let colleague: ID<Colleague>
    /// The digest of the one-time link that is used up by it; `nil` where a password was given.
    var link: Data?
    /// Chosen with the link, hashed.
    var password: String?
}

extension BegunSignIn {
    init(_ row: Row) throws {
        colleague = try row["colleague_id"]
        link = try row["link"]
        password = try row["password"]
    }
}

extension Team {
    /// How long there is time to look for the phone.
    public static let codeLife: Duration = .seconds(600)

    /// Whether a code can still end this sign-in.
    /// - Parameter token: As ``Entry/codeNeeded(_:)`` gave it to the browser that began.
    public func isBegun(_ token: String, at time: Date) async throws -> Bool {
        try await store.read { db in try db.begunSignIn(token, at: time) != nil }
    }

    /// Ends a sign-in that waits for its code.
    /// - Parameter code: Of the app, or a recovery code.
    /// - Returns: The session's token.
    /// - Throws: `Refusal.signInOver`, `.wrongCode`, `.tooManyCodes`, `.linkUsedUp`.
    public func signIn(begun token: String, code: String, from machine: String, device: String, at time: Date) async throws -> String {
        guard let begun = try await store.read({ db in try db.begunSignIn(token, at: time) }) else { throw Refusal.signInOver }
        let session = Token.make()
        try await guessing(at: begun.colleague, from: machine, at: time) { db in
            guard let begun = try db.begunSignIn(token, at: time) else { throw Refusal.signInOver }
            try db.use(code, of: begun.colleague, with: keys, at: time)
            try db.run("DELETE FROM begun_sign_in WHERE digest = \(Token.digest(token))")
            try db.finish(begun, session: session, device: device, at: time)
        }
        return session
    }
}

extension Database {
    /// - Returns: `nil` where it ended, or nobody began it.
    fileprivate func begunSignIn(_ token: String, at time: Date) throws -> BegunSignIn? {
        try row("SELECT * FROM begun_sign_in WHERE digest = \(Token.digest(token)) AND expires_at >= \(time)").map(BegunSignIn.init)
    }

    /// Lets in, or keeps what is there already until the code is.
    func enter(_ begun: BegunSignIn, token: String, device: String, at time: Date) throws -> Team.Entry {
        guard try hasSecondFactor(begun.colleague) else {
            try finish(begun, session: token, device: device, at: time)
            return .open(token)
        }
        try run("DELETE FROM begun_sign_in WHERE expires_at < \(time)")
        try run(
            """
            INSERT INTO begun_sign_in (digest, colleague_id, link, password, expires_at)
            VALUES (\(Token.digest(token)), \(begun.colleague), \(begun.link), \(begun.password), \(time + Team.codeLife))
            """)
        return .codeNeeded(token)
    }

    /// Opens the session, and does what the link was for.
    fileprivate func finish(_ begun: BegunSignIn, session token: String, device: String, at time: Date) throws {
        let id = begun.colleague
        if let link = begun.link {
            guard try run("DELETE FROM sign_in_link WHERE digest = \(link) AND colleague_id = \(id)") == 1 else { throw Refusal.linkUsedUp }
        }
        if let password = begun.password {
            try run("UPDATE colleague SET password = \(password) WHERE id = \(id) AND left_at IS NULL")
            try endSessions(of: id)
            try run("DELETE FROM sign_in_link WHERE colleague_id = \(id)")
            try record(Event(.passwordChanged, by: .colleague(id), at: time, colleague: id))
        }
        try begin(session: token, of: id, device: device, at: time)
    }
}
