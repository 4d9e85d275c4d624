import Foundation
import Networks

/// What the desk is wired to on the side of the world. One line of wiring for each network.
public struct Networking: Sendable {
    /// Makes a connected account's adapter of its profile and token, by the network's name.
    /// Throws where the profile can't be read, because another version wrote it.
    public var adapter: @Sendable (_ network: String, _ profile: Data, _ token: String) throws -> any Network
    /// Fetches a foreign file, guarded: at most so many bytes.
    public var fetch: @Sendable (_ url: String, _ limit: Int) async throws -> (bytes: Data, type: String?)

    public init(
        adapter: @escaping @Sendable (String, Data, String) throws -> any Network,
        fetch: @escaping @Sendable (String, Int) async throws -> (bytes: Data, type: String?)
    ) {
        self.adapter = adapter
        self.fetch = fetch
    }
}

/// An account that somebody let us into, before the desk knows it.
public struct Admission: Sendable, Equatable {
    public var network: String
    /// The network's global name of the account.
    public var account: String
    public var handle: String
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

/// Why an account could not be connected.
public enum ConnectFailure: String, Error, Sendable, CaseIterable {
    case addressForbidden = "address_forbidden"
    case unreachable
    /// Something answers there, but not in this network's language.
    case notThisNetwork = "not_this_network"
    case tokenInvalid = "token_invalid"
    case permissionsMissing = "permissions_missing"
    /// The person said no, or the answer came back to a request we did not make.
    case declined
}
