import Foundation
import Networks
import Store

/// Who writes from outside, on one network. The same citizen on two networks is linked by a colleague's deed only.
public struct Citizen: Sendable, Equatable {
    public let id: ID<Citizen>
    /// `user@host`.
    public let handle: String
    /// As they wrote it: never turned into a salutation or a gender.
    public let displayName: String
    public let profileURL: String?
    public let isBot: Bool
    /// When their messages were erased; the names are empty then.
    public let erasedAt: Date?

    init(_ row: Row, prefix: String = "") throws {
        id = try row[prefix.isEmpty ? "id" : "\(prefix)id"]
        handle = try row["handle"]
        displayName = try row["display_name"]
        profileURL = try row["profile_url"]
        isBot = try row["is_bot"]
        erasedAt = try row["erased_at"]
    }
}

extension Database {
    /// The citizen with this account, with the name they have now.
    func citizen(_ author: Author, on network: String) throws -> ID<Citizen> {
        let known = try row(
            "SELECT id, handle, display_name, profile_url FROM citizen WHERE network = \(network) AND account = \(author.object)")
        guard let known else {
            let id: ID<Citizen>? = try value(
                """
                INSERT INTO citizen (network, account, handle, display_name, profile_url, is_bot)
                VALUES (\(network), \(author.object), \(author.handle), \(author.displayName), \(author.profileURL), \(author.isBot))
                RETURNING id
                """)
            return try id.orNotFound()
        }
        let id: ID<Citizen> = try known["id"]
        if try known["handle"] != author.handle || known["display_name"] != author.displayName || known["profile_url"] != author.profileURL {
            try run(
                """
                UPDATE citizen SET handle = \(author.handle), display_name = \(author.displayName), profile_url = \(author.profileURL),
                    erased_at = NULL
                WHERE id = \(id)
                """)
        }
        return id
    }
}

extension Optional {
    /// - Throws: `Refusal.notFound` for `nil`: somebody named a row that is not there.
    func orNotFound() throws(Refusal) -> Wrapped {
        guard let self else { throw .notFound }
        return self
    }
}
