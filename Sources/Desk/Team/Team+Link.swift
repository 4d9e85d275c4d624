import Foundation
import Store

/// What stands behind a one-time link before it is used, and coming in by it.
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

    /// Signs in by a one-time link, and uses it up.
    /// - Parameter password: Chosen with it, the old one unasked: who forgot it comes in this way. All other sessions end by that. `nil`
    ///   leaves it as it is.
    /// - Throws: `Refusal.linkUsedUp` for a link that was used, is too old or was never made.
    public func signIn(link: String, choosing password: String? = nil, device: String, at time: Date) async throws -> Entry {
        if let password { try Password.check(password) }
        let id = try await holder(of: link, at: time).id
        var hash: String?
        if let password { hash = try await Password.hash(password) }
        let begun = BegunSignIn(colleague: id, link: Token.digest(link), password: hash)
        let token = Token.make()
        return try await store.write { db in try db.enter(begun, token: token, device: device, at: time) }
    }
}
