import Foundation
import Networks
import Store

/// A connected account on one network.
public struct Channel: Sendable, Equatable {
    public enum State: String, Sendable, SQLValueConvertible {
        case connected
        /// Nothing can be sent or fetched until somebody reconnects it.
        case tokenExpired = "token_expired"
        case disconnected
    }

    public let id: ID<Channel>
    public let network: String
    public let account: String
    public let handle: String
    /// What the adapter needs to know beside the token.
    public let profile: Data
    /// What its server turned out not to offer when it was asked for it.
    public let lacks: Set<Capabilities.Ability>
    public let state: State
    public let connectedAt: Date
    public let importFrom: Date
    public let cursor: String?
    /// The last sign of life from the network; `nil` before the first.
    public let heardAt: Date?
    /// When everything within reach was last seen to be here; `nil` before the first time.
    public let reconciledAt: Date?
    /// How far back that looked.
    public let reachFrom: Date?
    public let trouble: Trouble?
    public let troubleSince: Date?
    /// The network asked us to wait with sending until then.
    public let restsUntil: Date

    /// How we look at a network.
    enum Look: String, Sendable, SQLValueConvertible { case stream, poll, reconcile }

    /// Why the last look at the network failed.
    public enum Trouble: String, Sendable, SQLValueConvertible {
        case tokenExpired = "token_expired"
        case permissionMissing = "permission_missing"
        case notOffered = "not_offered"
        case rateLimited = "rate_limited"
        case unreachable
        case serverTrouble = "server_trouble"
    }

    init(_ row: Row) throws {
        id = try row["id"]
        network = try row["network"]
        account = try row["account"]
        handle = try row["handle"]
        profile = Data(try (row["profile"] as String).utf8)
        lacks = Set(try (row["lacks"] as String).split(separator: " ").compactMap { Capabilities.Ability(rawValue: String($0)) })
        state = try row["state"]
        connectedAt = try row["connected_at"]
        importFrom = try row["import_from"]
        cursor = try row["cursor"]
        heardAt = try row["heard_at"]
        reconciledAt = try row["reconciled_at"]
        reachFrom = try row["reach_from"]
        trouble = try row["trouble"]
        troubleSince = try row["trouble_since"]
        restsUntil = try row["rests_until"]
    }
}
