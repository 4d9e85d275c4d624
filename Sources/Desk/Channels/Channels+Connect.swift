import Crypto
import Foundation
import Networks
import Store

/// Connecting an account: by signing in at its network, or with a token.
extension Channels {
    /// How long somebody may take to agree on the network's page.
    private static let pendingLife: Duration = .seconds(3600)
    /// How far back the first look goes.
    public static let firstReach: Duration = .seconds(30 * 24 * 3600)

    /// Begins a sign-in at a Mastodon server.
    /// - Parameter redirect: Our page to which the browser comes back.
    /// - Returns: Where the browser goes now.
    public func beginMastodon(
        server: String, redirect: String, website: String?, by colleague: ID<Colleague>, at time: Date
    ) async throws -> URL {
        try await store.read { db in try db.demand(.admin, of: .colleague(colleague)) }
        let (state, verifier) = (Token.make(), Token.make())
        let challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let begun = try await connecting {
            () async throws(ConnectFailure) in
            try await Mastodon.begin(
                server: server, name: "Schalter", redirect: redirect, website: website, state: state, verifier: verifier,
                challenge: challenge, in: world)
        }
        let kept = String(decoding: try JSONEncoder().encode(begun.pending), as: UTF8.self)
        let sealed = try keys.seal(kept, for: Self.place(state, colleague))
        try await store.write { db in
            try db.run("DELETE FROM pending_admission WHERE expires_at < \(time)")
            try db.run(
                """
                INSERT INTO pending_admission (state, colleague_id, sealed, expires_at)
                VALUES (\(Token.digest(state)), \(colleague), \(sealed), \(time + Self.pendingLife))
                """)
        }
        return begun.page
    }

    /// Ends a sign-in that this colleague began.
    @discardableResult
    public func endMastodon(state: String, code: String, by colleague: ID<Colleague>, at time: Date) async throws -> ID<Channel> {
        let sealed: Data? = try await store.write { db in
            try db.value(
                """
                DELETE FROM pending_admission WHERE state = \(Token.digest(state)) AND colleague_id = \(colleague) AND expires_at >= \(time)
                RETURNING sealed
                """)
        }
        guard let sealed, let kept = keys.open(sealed, for: Self.place(state, colleague)),
            let pending = try? JSONDecoder().decode(PendingAdmission.self, from: Data(kept.utf8))
        else { throw Refusal.connectionDeclined }
        let admission = try await connecting { () async throws(ConnectFailure) in
            try await Mastodon.admit(code: code, pending, in: world)
        }
        return try await connect(admission, importFrom: time - Self.firstReach, by: .colleague(colleague), at: time)
    }

    /// Connects with a token made in the server's own settings.
    @discardableResult
    public func connectMastodon(server: String, token: String, by actor: Event.Actor, at time: Date) async throws -> ID<Channel> {
        try await store.read { db in try db.demand(.admin, of: actor) }
        let token = token.trimmingCharacters(in: .whitespacesAndNewlines)
        let admission = try await connecting { () async throws(ConnectFailure) in
            try await Mastodon.admit(token: token, server: server, in: world)
        }
        return try await connect(admission, importFrom: time - Self.firstReach, by: actor, at: time)
    }

    private func connecting<Result>(_ work: () async throws(ConnectFailure) -> Result) async throws(Refusal) -> Result {
        do { return try await work() } catch { throw .connecting(error) }
    }

    private static func place(_ state: String, _ colleague: ID<Colleague>) -> String { "pending/\(colleague)/\(state)" }
}
