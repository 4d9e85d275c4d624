import Foundation
import Networks
import Store
import Synchronization

/// Connected accounts: their keys, their health, how complete.
public struct Channels: Sendable {
    let store: Store
    let keys: KeyRing
    let world: World
    private let adapters = KnownAdapters()

    init(store: Store, keys: KeyRing, world: World) {
        self.store = store
        self.keys = keys
        self.world = world
    }

    /// Connects an account, or connects it anew with a new token.
    /// - Parameter importFrom: What was written since then is fetched, without a limit for what the network still shows.
    @discardableResult
    public func connect(_ admission: Admission, importFrom: Date, by actor: Event.Actor, at time: Date) async throws -> ID<Channel> {
        let token = try keys.seal(admission.token, for: Self.place(admission.network, admission.account))
        let profile = String(decoding: admission.profile, as: UTF8.self)
        return try await store.write { [keys] db in
            try db.demand(.admin, of: actor)
            let id: ID<Channel>? = try db.value(
                """
                INSERT INTO channel (network, account, handle, profile, token, key_id, state, connected_at, import_from)
                VALUES (\(admission.network), \(admission.account), \(admission.handle), \(profile), \(token), \(keys.id), 'connected',
                        \(time), \(importFrom))
                ON CONFLICT (network, account) DO UPDATE SET handle = excluded.handle, profile = excluded.profile,
                    token = excluded.token, key_id = excluded.key_id, lacks = '', state = 'connected', connected_at = excluded.connected_at,
                    trouble = NULL, trouble_with = NULL, trouble_since = NULL, rests_until = 0
                RETURNING id
                """)
            let channel = try id.orNotFound()
            try db.record(Event(.channelConnected, by: actor, at: time, channel: channel))
            return channel
        }
    }

    public func disconnect(_ id: ID<Channel>, by actor: Event.Actor, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.admin, of: actor)
            guard try db.run("UPDATE channel SET state = 'disconnected', token = \(Data()) WHERE id = \(id)") == 1 else {
                throw Refusal.notFound
            }
            try db.record(Event(.channelDisconnected, by: actor, at: time, channel: id))
        }
        adapters.forget(id)
    }

    /// How many items the first import has brought so far; `nil` once it is over. Counting stops at 100,000.
    public func importProgress(of channel: Channel) async throws -> Int? {
        guard channel.state == .connected, channel.reconciledAt == nil else { return nil }
        return try await store.read { db in
            try db.value("SELECT count(*) FROM (SELECT 1 FROM item WHERE channel_id = \(channel.id) LIMIT 100000) AS counted")
        }
    }

    public func all() async throws -> [Channel] {
        try await store.read { db in try db.channels() }
    }

    public func channel(_ id: ID<Channel>) async throws -> Channel {
        try await store.read { db in try db.channel(id) }
    }

    /// What the desk may offer on a channel; `nil` where its key is lost or its profile can't be read: it must be reconnected.
    public func capabilities(of channel: Channel) async throws -> Capabilities? {
        guard var can = try await network(of: channel)?.capabilities else { return nil }
        can.abilities.subtract(channel.lacks)
        return can
    }

    /// Asks a channel's server again what it offers: limits change, and so do servers.
    func renewProfile(of channel: Channel) async throws {
        let sealed: Data? = try await store.read { db in try db.value("SELECT token FROM channel WHERE id = \(channel.id)") }
        guard let sealed, let token = keys.open(sealed, for: Self.place(channel.network, channel.account)),
            let profile = try await world.renewed(channel.network, profile: channel.profile, token: token)
        else { return }
        let text = String(decoding: profile, as: UTF8.self)
        _ = try await store.write { db in
            try db.run("UPDATE channel SET profile = \(text) WHERE id = \(channel.id) AND connected_at = \(channel.connectedAt)")
        }
    }

    /// The adapter of a connected channel.
    /// - Returns: `nil` where there is no token, or no key that opens it.
    public func network(of channel: Channel) async throws -> (any Network)? {
        guard channel.state != .disconnected else { return nil }
        if let known = adapters.adapter(of: channel) { return known }
        let sealed: Data? = try await store.read { db in
            try db.value("SELECT token FROM channel WHERE id = \(channel.id) AND state <> 'disconnected'")
        }
        guard let sealed, let token = keys.open(sealed, for: Self.place(channel.network, channel.account)) else { return nil }
        guard let adapter = try? world.adapter(channel.network, profile: channel.profile, token: token) else { return nil }
        adapters.keep(adapter, of: channel)
        return adapter
    }

    /// What came in on a channel and was not understood: when, and why.
    public func notUnderstood(on id: ID<Channel>, limit: Int = 50) async throws -> [(receivedAt: Date, why: String)] {
        try await store.read { db in
            try db.rows(
                """
                SELECT received_at, why FROM item WHERE channel_id = \(id) AND state = 'not_understood' ORDER BY id DESC LIMIT \(limit)
                """
            ).map { (try $0["received_at"], try $0["why"]) }
        }
    }

    private static func place(_ network: String, _ account: String) -> String { "channel/\(network)/\(account)/token" }
}

extension Database {
    func channels() throws -> [Channel] { try rows("SELECT * FROM channel ORDER BY id").map(Channel.init) }

    /// - Throws: `Refusal.notFound`.
    func channel(_ id: ID<Channel>) throws -> Channel {
        try Channel(try row("SELECT * FROM channel WHERE id = \(id)").orNotFound())
    }
}

/// Adapters as they were made: unsealing a token and reading a profile for every page would be most of its work. A channel that is
/// connected anew, or whose profile changed, gets another.
private final class KnownAdapters: Sendable {
    private struct Known: Sendable {
        let connectedAt: Date
        let profile: Data
        let adapter: any Network
    }

    private let known = Mutex<[ID<Channel>: Known]>([:])

    func adapter(of channel: Channel) -> (any Network)? {
        known.withLock { known in
            guard let one = known[channel.id], one.connectedAt == channel.connectedAt, one.profile == channel.profile else { return nil }
            return one.adapter
        }
    }

    func forget(_ channel: ID<Channel>) { known.withLock { $0[channel] = nil } }

    func keep(_ adapter: any Network, of channel: Channel) {
        let one = Known(connectedAt: channel.connectedAt, profile: channel.profile, adapter: adapter)
        known.withLock { $0[channel.id] = one }
    }
}
