import Foundation
import Networks
import Store

/// What goes out, and what became of it: `waiting → claimed → sending → delivered | failed | unclear`.
public struct Outbox: Sendable {
    let store: Store
    let fate: Fate

    /// How long a claim holds; whoever was asleep longer may not send.
    static let claimLength: Duration = .seconds(10)
    /// How long one act may take on the network, media included. What is found in `sending` later than that was left by a death.
    static let sendingLength: Duration = .seconds(60)

    /// Takes the next due act of a channel. What comes later in the same conversation waits for what is on its way or unclear.
    func claim(on channel: ID<Channel>, at time: Date, token: String) async throws -> Delivery? {
        let claimed = try await store.claim { db in
            let clock = db.dialect.clock
            return try db.row(
                """
                UPDATE delivery SET state = 'claimed', claim = \(token), claim_until = \(sql: clock) + \(Self.claimLength)
                WHERE id IN (
                    SELECT id FROM delivery
                    WHERE channel_id = \(channel) AND due_at <= \(time)
                        AND (state = 'waiting' OR (state = 'claimed' AND claim_until < \(sql: clock)))
                        AND NOT EXISTS (SELECT 1 FROM delivery AS earlier
                            WHERE earlier.conversation_id = delivery.conversation_id AND earlier.id < delivery.id
                                AND earlier.state IN ('waiting', 'claimed', 'sending', 'unclear'))
                    ORDER BY due_at, id LIMIT 1 \(sql: db.dialect.skipLocked))
                RETURNING *
                """
            ).map(Delivery.init)
        }
        if claimed != nil { fate(.deliveryClaimed) }
        return claimed
    }

    /// Writes down that the first byte is about to leave.
    /// - Returns: `false` where the claim is lost, or the act was taken back: then it must not leave.
    func begin(_ delivery: Delivery, at time: Date) async throws -> Bool {
        let begun = try await store.write { db in
            let clock = db.dialect.clock
            return try db.run(
                """
                UPDATE delivery SET state = 'sending', claim_until = \(sql: clock) + \(Self.sendingLength), tries = tries + 1,
                    first_sent_at = COALESCE(first_sent_at, \(time))
                WHERE id = \(delivery.id) AND state = 'claimed' AND claim = \(delivery.claim) AND claim_until >= \(sql: clock)
                """) == 1
        }
        if begun { fate(.deliverySending) }
        return begun
    }

    /// Writes down what became of it. A claim lost meanwhile doesn't matter here: what the network said is true whoever asked.
    func record(_ outcome: Outcome, for delivery: Delivery, at time: Date) async throws {
        try await store.write { db in
            let now = try db.delivery(delivery.id)
            guard now.state == .sending || now.state == .unclear, now.claim == delivery.claim || now.state == .unclear else { return }
            switch outcome {
            case .delivered(let published): try db.deliver(now, as: published, at: time)
            case .failed(let failure): try db.fail(now, failure, at: time)
            case .postponed(let postponement): try db.postpone(now, postponement, at: time)
            case .unclear(let why): try db.leaveUnclear(now, why, at: time)
            }
        }
        fate(.outcomeRecorded)
    }

    /// What is found in `sending` after a death. Acts that set a state are repeated; a reply is never sent again by a machine, unless its
    /// server is known to honour the key and its window is open.
    /// - Parameter window: For how long the server honours the key; zero where it is not known to.
    func recover(on channel: ID<Channel>, window: Duration, at time: Date) async throws {
        try await store.write { db in
            let left = try db.rows(
                "SELECT * FROM delivery WHERE channel_id = \(channel) AND state = 'sending' AND claim_until < \(sql: db.dialect.clock)"
            ).map(Delivery.init)
            for delivery in left {
                let isKnown = try db.message(delivery.message).object != nil && delivery.act == .reply
                if isKnown {
                    try db.deliver(delivery, as: nil, at: time)
                } else if delivery.mayRepeat(window: window, at: time) {
                    try db.run("UPDATE delivery SET state = 'waiting', claim = NULL, due_at = \(time) WHERE id = \(delivery.id)")
                } else {
                    try db.leaveUnclear(delivery, "interrupted", at: time)
                }
            }
        }
    }

    /// When the next act of a channel is due; `nil` while there is none.
    func nextDue(on channel: ID<Channel>) async throws -> Date? {
        try await store.read { db in
            try db.value(
                "SELECT min(due_at) FROM delivery WHERE channel_id = \(channel) AND state IN ('waiting', 'claimed', 'sending')")
        }
    }
}

extension Delivery {
    /// Whether a machine may send it again though nobody knows what became of it.
    func mayRepeat(window: Duration, at time: Date) -> Bool {
        if act.isRepeatable { return true }
        guard act == .reply, let firstSentAt else { return false }
        // A minute to spare: the server's clock began when the request came in, and ours may run differently.
        return time + .seconds(60) < firstSentAt + window
    }
}
