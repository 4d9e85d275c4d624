import Foundation

/// The networks this program knows, and the one client by which it reaches them. A new network is a new line in ``adapters``.
public struct World: Sendable {
    let transport: any Transport
    let now: @Sendable () -> Date
    private let fetchFile: @Sendable (URL, Int) async throws(TransportFailure) -> FetchedFile

    private typealias Maker = @Sendable (_ profile: Data, _ token: String, World) throws -> any Network

    private static let adapters: [String: Maker] = [
        Mastodon.name: { try Mastodon(profile: $0, token: $1, in: $2) }
    ]

    public init(client: GuardedClient, now: @escaping @Sendable () -> Date) {
        transport = client
        self.now = now
        fetchFile = { url, limit throws(TransportFailure) in try await client.fetch(url, upTo: limit) }
    }

    /// A connected account's adapter.
    /// - Throws: Where no such network is known, or the profile can't be read because another version wrote it.
    public func adapter(_ network: String, profile: Data, token: String) throws -> any Network {
        guard let make = Self.adapters[network] else { throw ConnectFailure.notMastodon }
        return try make(profile, token, self)
    }

    /// What an adapter needs to know, asked for anew.
    /// - Returns: `nil` where nothing has changed.
    /// - Throws: ``ConnectFailure`` where the server can't be asked now.
    public func renewed(_ network: String, profile: Data, token: String) async throws -> Data? {
        guard network == Mastodon.name else { return nil }
        return try await Mastodon.renewed(profile: profile, in: self)
    }

    /// Fetches a foreign file, guarded.
    /// - Parameter limit: In bytes.
    public func fetch(_ url: String, upTo limit: Int) async throws(TransportFailure) -> FetchedFile {
        guard let url = URL(string: url) else { throw .forbidden }
        return try await fetchFile(url, limit)
    }
}

/// An account that somebody let us into, before the desk knows it.
public struct Admission: Sendable, Equatable {
    public var network: String
    /// The network's global name of the account.
    public var account: String
    public var handle: String
    /// What the adapter needs to know beside the token.
    public var profile: Data
    public var token: String

    public init(network: String, account: String, handle: String, profile: Data, token: String) {
        self.network = network
        self.account = account
        self.handle = handle
        self.profile = profile
        self.token = token
    }
}

/// A sign-in at a network that has begun: kept, sealed, until the browser comes back.
public struct PendingAdmission: Sendable, Codable {
    let app: MastodonApp
    let verifier: String
}
