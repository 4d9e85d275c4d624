import Foundation
import Networks
import Store

/// What the lanes note about a channel as they work.
extension Channels {
    /// Takes or keeps the right to listen on a channel, so that one node does.
    /// - Parameter token: This lane's own.
    func listen(on id: ID<Channel>, as token: String, for lease: Duration) async throws -> Bool {
        try await store.claim { db in
            try db.run(
                """
                UPDATE channel SET listener = \(token), listener_until = \(sql: db.dialect.clock) + \(lease)
                WHERE id = \(id) AND state = 'connected'
                    AND (listener IS NULL OR listener = \(token) OR listener_until < \(sql: db.dialect.clock))
                """) == 1
        }
    }

    func stopListening(on id: ID<Channel>, as token: String) async throws {
        _ = try await store.claim { db in
            try db.run("UPDATE channel SET listener = NULL, listener_until = 0 WHERE id = \(id) AND listener = \(token)")
        }
    }

    func heard(on id: ID<Channel>, at time: Date) async throws {
        _ = try await store.write { db in try db.run("UPDATE channel SET heard_at = \(time) WHERE id = \(id)") }
    }

    func keep(cursor: String?, of id: ID<Channel>, at time: Date) async throws {
        _ = try await store.write { db in
            try db.run("UPDATE channel SET cursor = \(cursor), heard_at = \(time) WHERE id = \(id)")
        }
    }

    func reconciled(_ id: ID<Channel>, from reach: Date, at time: Date) async throws {
        _ = try await store.write { db in
            try db.run(
                """
                UPDATE channel SET reconciled_at = \(time), reach_from = \(reach), heard_at = \(time), trouble = NULL, trouble_since = NULL
                WHERE id = \(id)
                """)
        }
    }

    /// A look at the network failed. An expired token stops the channel; everything else goes on trying.
    func failed(_ id: ID<Channel>, _ failure: FetchFailure, at time: Date) async throws {
        if failure == .tokenExpired { return try await expire(id, at: time) }
        let trouble = Channel.Trouble(failure)
        _ = try await store.write { db in
            try db.run(
                "UPDATE channel SET trouble = \(trouble), trouble_since = COALESCE(trouble_since, \(time)) WHERE id = \(id)")
        }
    }

    func expire(_ id: ID<Channel>, at time: Date) async throws {
        try await store.write { db in
            let changed = try db.run(
                """
                UPDATE channel SET state = 'token_expired', trouble = \(Channel.Trouble.tokenExpired), trouble_since = \(time)
                WHERE id = \(id) AND state = 'connected'
                """)
            if changed == 1 { try db.record(Event(.channelTokenExpired, by: .network, at: time, channel: id)) }
        }
    }

    func rest(_ id: ID<Channel>, until time: Date) async throws {
        _ = try await store.write { db in try db.run("UPDATE channel SET rests_until = \(time) WHERE id = \(id)") }
    }

    /// The newest of what we believe to be public still, by their local names: looked after by each reconcile.
    func standing(on id: ID<Channel>, since time: Date, limit: Int = 400) async throws -> [String] {
        try await store.read { db in
            try db.rows(
                """
                SELECT local_id FROM message
                WHERE channel_id = \(id) AND local_id IS NOT NULL AND removed_at IS NULL AND received_at >= \(time)
                ORDER BY id DESC LIMIT \(limit)
                """
            ).map { try $0["local_id"] }
        }
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
