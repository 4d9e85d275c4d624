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

extension Citizen {
    init(_ id: ID<Citizen>, _ author: Author) {
        self.id = id
        handle = author.handle
        displayName = author.displayName
        profileURL = author.profileURL
        isBot = author.isBot
        erasedAt = nil
    }

    func isNamed(as author: Author) -> Bool {
        handle == author.handle && displayName == author.displayName && profileURL == author.profileURL && isBot == author.isBot
    }
}

extension Database {
    func insert(_ citizen: Citizen, _ author: Author, on network: String) throws {
        try add(
            Insert(
                "citizen", "id, network, account, handle, display_name, profile_url, is_bot",
                """
                \(citizen.id), \(network), \(author.object), \(citizen.handle), \(citizen.displayName), \(citizen.profileURL),
                \(citizen.isBot)
                """))
    }

    func rename(_ citizen: Citizen) throws {
        try later(
            """
            UPDATE citizen SET handle = \(citizen.handle), display_name = \(citizen.displayName), profile_url = \(citizen.profileURL),
                is_bot = \(citizen.isBot), erased_at = NULL
            WHERE id = \(citizen.id)
            """)
    }
}

extension Optional {
    /// - Throws: `Refusal.notFound` for `nil`: somebody named a row that is not there.
    func orNotFound() throws(Refusal) -> Wrapped {
        guard let self else { throw .notFound }
        return self
    }
}
