import Foundation
import Store

/// What stands behind a one-time link before it is used, and choosing a password with it.
extension Team {
    public static let minimumPassword = Password.minimumLength

    /// Whom a link signs in. Looking uses nothing up: mail programs look at links too.
    /// - Throws: `Refusal.linkUsedUp`.
    public func holder(of link: String, at time: Date) async throws -> Colleague {
        try await store.read { db in
            let row = try db.row(
                """
                SELECT colleague.* FROM sign_in_link JOIN colleague ON colleague.id = sign_in_link.colleague_id
                WHERE digest = \(Token.digest(link)) AND expires_at >= \(time) AND left_at IS NULL
                """)
            guard let row else { throw Refusal.linkUsedUp }
            return try Colleague(row)
        }
    }

    /// Uses up a one-time link and chooses a password, the old one unasked: who forgot it comes in this way. All other sessions end.
    /// - Returns: The session's token.
    public func signIn(link: String, choosing password: String, device: String, at time: Date) async throws -> String {
        try Password.check(password)
        let id = try await holder(of: link, at: time).id
        let hash = try await Password.hash(password)
        let token = Token.make()
        try await store.write { db in
            guard try db.run("DELETE FROM sign_in_link WHERE digest = \(Token.digest(link)) AND colleague_id = \(id)") == 1 else {
                throw Refusal.linkUsedUp
            }
            try db.run("UPDATE colleague SET password = \(hash) WHERE id = \(id) AND left_at IS NULL")
            try db.run("DELETE FROM session WHERE colleague_id = \(id)")
            try db.run("DELETE FROM sign_in_link WHERE colleague_id = \(id)")
            try db.begin(session: token, of: id, device: device, at: time)
            try db.record(Event(.passwordChanged, by: .colleague(id), at: time, colleague: id))
        }
        return token
    }
}
