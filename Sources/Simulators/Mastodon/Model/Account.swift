import Foundation

/// Somebody on the network, on this server or on another one that it knows.
struct Account: Codable, Sendable {
    var id: Int64
    var username: String
    /// `nil` for the server's own people.
    var domain: String?
    var displayName: String
    var note = ""
    var bot = false
    var createdAt: Date
    var following: Set<Int64> = []
    var blocking: Set<Int64> = []
    var muting: Set<Int64> = []
    /// Who is hidden from this account's notifications, and whom it let through all the same.
    var policy = NotificationPolicy()
    var accepted: Set<Int64> = []
    /// Conversations that were read or put away, by their first status.
    var readConversations: [Int64: Int64] = [:]
    /// Members that replace those of the account's JSON.
    var overrides: JSON?

    /// As this server names it: `stadt` or `ida@anderswo.example`.
    var acct: String { domain.map { "\(username)@\($0)" } ?? username }
}

/// What happens to notifications from people one has nothing to do with: `accept`, `filter` or `drop`.
struct NotificationPolicy: Codable, Sendable {
    static let kinds = ["for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions", "for_limited_accounts"]

    var choices: [String: String] = [:]

    subscript(kind: String) -> String { choices[kind] ?? "accept" }
}
