import Foundation
import Networks
import Store

/// What the lanes note about a channel as they work.
extension Channels {
    /// Takes or keeps the right to listen on a channel, so that one node does.
    /// - Parameter token: This node's own.
    func listen(on id: ID<Channel>, as token: String, for lease: Duration) async throws -> Bool {
        try await store.renew { db in
            try db.run(
                """
                UPDATE channel SET listener = \(token), listener_until = \(sql: db.dialect.clock) + \(lease)
                WHERE id = \(id) AND state = 'connected'
                    AND (listener IS NULL OR listener = \(token) OR listener_until < \(sql: db.dialect.clock))
                """) == 1
        }
    }

    /// Lets another node listen at once to what this one listened to.
    func stopListening(as token: String) async throws {
        _ = try await store.claim { db in
            try db.run("UPDATE channel SET listener = NULL, listener_until = 0 WHERE listener = \(token)")
        }
    }

    func heard(on id: ID<Channel>, at time: Date) async throws {
        _ = try await store.renew { db in try db.run("UPDATE channel SET heard_at = \(time) WHERE id = \(id)") }
    }

    /// - Parameter before: Where the page began: of two looks at once the slower one does not skip what the other fetched from.
    func keep(cursor: String, after before: String?, of id: ID<Channel>, at time: Date) async throws {
        _ = try await store.write { db in
            try db.run(
                """
                UPDATE channel SET cursor = \(cursor), heard_at = \(time)
                WHERE id = \(id) AND cursor IS NOT DISTINCT FROM \(before)
                """)
        }
    }

    func reconciled(_ id: ID<Channel>, from reach: Date, at time: Date) async throws {
        try await store.write { db in
            try db.run(
                "UPDATE channel SET reconciled_at = \(time), reach_from = \(reach), heard_at = \(time) WHERE id = \(id)")
            try db.endTrouble(with: .reconcile, on: id)
        }
    }

    /// A look at the network succeeded: what was the matter with it is over.
    func recovered(_ id: ID<Channel>, with look: Channel.Look) async throws {
        try await store.write { db in try db.endTrouble(with: look, on: id) }
    }

    /// A look at the network failed. An expired token stops the channel; everything else goes on trying.
    func failed(_ channel: Channel, _ failure: FetchFailure, with look: Channel.Look, at time: Date) async throws {
        let id = channel.id
        if failure == .tokenExpired {
            return try await store.write { db in try db.expire(id, connectedAt: channel.connectedAt, at: time) }
        }
        let trouble = Channel.Trouble(failure)
        _ = try await store.write { db in
            try db.run(
                """
                UPDATE channel SET trouble = \(trouble), trouble_with = \(look), trouble_since = COALESCE(trouble_since, \(time))
                WHERE id = \(id)
                """)
        }
    }

    /// The newest of what we believe to be public still, by their local names: looked after by each reconcile.
    func standing(on id: ID<Channel>, since time: Date, messages: Int = 400, posts: Int = 100) async throws -> [String] {
        try await store.read { db in
            let messages = try db.rows(
                """
                SELECT local_id FROM message
                WHERE channel_id = \(id) AND local_id IS NOT NULL AND removed_at IS NULL AND received_at >= \(time)
                ORDER BY id DESC LIMIT \(messages)
                """)
            let posts = try db.rows(
                """
                SELECT local_id FROM post WHERE channel_id = \(id) AND removed_at IS NULL AND written_at >= \(time)
                ORDER BY id DESC LIMIT \(posts)
                """)
            return try (messages + posts).map { try $0["local_id"] }
        }
    }
}

extension Database {
    fileprivate func endTrouble(with look: Channel.Look, on id: ID<Channel>) throws {
        try run(
            """
            UPDATE channel SET trouble = NULL, trouble_with = NULL, trouble_since = NULL
            WHERE id = \(id) AND trouble_with = \(look)
            """)
    }

    /// The token is dead: the channel's sending and fetching rest until somebody reconnects it.
    /// - Parameter connectedAt: When the connection began whose token it is: a later one has another.
    func expire(_ id: ID<Channel>, connectedAt: Date, at time: Date) throws {
        let changed = try run(
            """
            UPDATE channel SET state = 'token_expired', trouble = \(Channel.Trouble.tokenExpired), trouble_with = NULL,
                trouble_since = \(time)
            WHERE id = \(id) AND state = 'connected' AND connected_at = \(connectedAt)
            """)
        if changed == 1 { try record(Event(.channelTokenExpired, by: .network, at: time, channel: id)) }
    }
}

extension Channel.Trouble {
    init(_ failure: FetchFailure) {
        self =
            switch failure {
            case .tokenExpired: .tokenExpired
            case .permissionMissing: .permissionMissing
            case .notOffered: .notOffered
            case .rateLimited: .rateLimited
            case .unreachable: .unreachable
            case .serverTrouble: .serverTrouble
            }
    }
}
