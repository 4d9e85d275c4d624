import Foundation

/// One account on one server that speaks Mastodon's API: Mastodon itself, or another maker's that answers most of it.
///
/// Copies of a value share what the server said of its request limits, so keep one per channel rather than making one per act.
public struct Mastodon: Network {
    public let account: MastodonAccount
    public let capabilities: Capabilities
    let api: MastodonAPI
    let now: @Sendable () -> Date
    /// Waits between two looks at a file that the server still works on, and while a rate limit makes a long walk rest.
    let pause: @Sendable (Duration) async throws -> Void

    /// - Parameter token: Goes to the server's own host, and to the streaming host that the server itself named; see ``MastodonServer``.
    public init(
        account: MastodonAccount, token: String, transport: any Transport, now: @escaping @Sendable () -> Date,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.account = account
        self.capabilities = account.capabilities
        self.api = MastodonAPI(server: account.server.url, token: token, transport: transport, now: now)
        self.now = now
        self.pause = pause
    }
}

/// A connected account as it is stored, beside its token, which is not in it.
public struct MastodonAccount: Codable, Sendable, Equatable {
    public var server: MastodonServer
    /// The account's local id on its server.
    public var id: String
    /// Its global name.
    public var object: String
    /// `user@host`.
    public var handle: String
    public var displayName: String
    public var avatarURL: String?
    /// What the token may do; empty where the server doesn't tell, which counts as everything.
    public var scopes: [String]
    /// What the server was found not to offer once we could ask with a token.
    public var missing: [String]

    public init(
        server: MastodonServer, id: String, object: String, handle: String, displayName: String, avatarURL: String? = nil,
        scopes: [String] = [], missing: [String] = []
    ) {
        self.server = server
        self.id = id
        self.object = object
        self.handle = handle
        self.displayName = displayName
        self.avatarURL = avatarURL
        self.scopes = scopes
        self.missing = missing
    }

    /// The server's, narrowed by what the token may do.
    public var capabilities: Capabilities {
        var narrowed = server.capabilities
        if !may("write:statuses") { narrowed.abilities.subtract([.publicReply, .privateMessage, .editOwn, .deleteOwn, .split]) }
        if !may("write:media") { narrowed.abilities.subtract([.media, .altText]) }
        if !may("write:favourites") { narrowed.abilities.remove(.like) }
        narrowed.missing += missing
        return narrowed
    }

    public func may(_ scope: String) -> Bool { scopes.isEmpty || MastodonScope.covers(scopes, scope) }
}

/// What a token may do, in the network's words.
enum MastodonScope {
    /// What we ask for, and no more: docs/networks/mastodon.md says why each.
    static let wanted = [
        "read:accounts", "read:notifications", "read:statuses", "write:statuses", "write:media", "write:favourites",
    ]
    /// Without these nothing can be received.
    static let needed = ["read:accounts", "read:notifications", "read:statuses"]

    static func covers(_ held: [String], _ scope: String) -> Bool {
        held.contains(scope) || held.contains(String(scope.prefix { $0 != ":" }))
    }
}
