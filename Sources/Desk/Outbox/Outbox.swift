import Foundation
import Networks
import Store

/// What goes out, and what became of it: `waiting → claimed → sending → delivered | failed | unclear`.
public struct Outbox: Sendable {
    let store: Store
    let fate: Fate

    /// How long a claim holds; whoever was asleep longer may not send.
    static let claimLength: Duration = .seconds(10)
    /// How long `sending` holds without a sign of life of its node (``hold(_:)``). What is found in it later was left by a death.
    static let sendingLength: Duration = .seconds(12)

    /// Takes the next due act of a channel. What comes later in the same conversation waits for what is on its way or unclear.
    func claim(on channel: ID<Channel>, at time: Date, token: String) async throws -> Delivery? {
        let claimed = try await store.claim { db in
            let clock = db.dialect.clock
            return try db.row(
                """
                UPDATE delivery SET state = 'claimed', claim = \(token), claim_until = \(sql: clock) + \(Self.claimLength)
                WHERE id = (
                    SELECT id FROM delivery
                    WHERE channel_id = \(channel) AND due_at <= \(time) AND state IN ('waiting', 'claimed', 'sending')
                        AND (state = 'waiting' OR (state = 'claimed' AND claim_until < \(sql: clock))) AND \(sql: Delivery.isFirst)
                    ORDER BY due_at, id LIMIT 1 \(sql: db.dialect.skipLocked))
                RETURNING *
                """
            ).map(Delivery.init)
        }
        if claimed != nil { fate(.deliveryClaimed) }
        return claimed
    }

    /// Writes down that the first byte is about to leave.
    /// - Parameter window: For how long the server honours the key; zero where it is not known to.
    /// - Returns: `false` where the claim is lost, the act was taken back, or an earlier try may be public and the window has closed
    ///   meanwhile: then it must not leave.
    func begin(_ delivery: Delivery, window: Duration, at time: Date) async throws -> Bool {
        let begun = try await store.write { db in
            let clock = db.dialect.clock
            let isOurs = try db.run(
                """
                UPDATE delivery SET state = 'sending', claim_until = \(sql: clock) + \(Self.sendingLength), tries = tries + 1,
                    first_sent_at = COALESCE(first_sent_at, \(time))
                WHERE id = \(delivery.id) AND state = 'claimed' AND claim = \(delivery.claim) AND claim_until >= \(sql: clock)
                """) == 1
            guard isOurs, !delivery.mayBeSent(delivery.firstSentAt, window: window, at: time) else { return isOurs }
            try db.leaveUnclear(delivery, at: time)
            return false
        }
        if begun { fate(.deliverySending) }
        return begun
    }

    /// Right before something becomes public: whoever slept past their claim stops here, though it had begun, and so does who took so long
    /// that an earlier try's key is forgotten by now.
    /// - Returns: False also where that can't be learnt.
    func mayLeave(_ delivery: Delivery, window: Duration, at time: Date) async -> Bool {
        if let earlier = delivery.firstSentAt, !delivery.mayBeSent(earlier, window: window, at: time) { return false }
        return (try? await hold(delivery)) ?? false
    }

    /// Says that this node is still at it: uploads take their time.
    /// - Returns: Whether it still has the claim.
    @discardableResult
    func hold(_ delivery: Delivery) async throws -> Bool {
        try await store.renew { db in
            try db.run(
                """
                UPDATE delivery SET claim_until = \(sql: db.dialect.clock) + \(Self.sendingLength)
                WHERE id = \(delivery.id) AND state = 'sending' AND claim = \(delivery.claim)
                """) == 1
        }
    }

    /// Writes down what became of it. That something is public is true whoever asked, and whatever was believed meanwhile; doubt and
    /// refusal count only while nobody knows better.
    /// - Parameter connectedAt: When the connection began over which it was tried; `nil` for the one of now.
    func record(_ outcome: Outcome, for delivery: Delivery, connectedAt: Date? = nil, at time: Date) async throws {
        try await store.write { db in
            let now = try db.delivery(delivery.id)
            if case .delivered(let published) = outcome {
                guard now.state != .delivered, now.state != .withdrawn else { return }
                return try db.deliver(now, as: published, at: time)
            }
            // Of doubt only this try's own outcome frees: a later one may be public.
            let isUndecided = now.state == .unclear && now.key == delivery.key && now.tries == delivery.tries + 1
            guard isUndecided || (now.state == .sending && now.claim == delivery.claim) else { return }
            if try db.isKnownToBePublic(now) { return try db.deliver(now, as: nil, at: time) }
            switch outcome {
            case .delivered: break
            case .failed(let failure): try db.fail(now, failure, at: time)
            case .postponed(let postponement):
                try db.postpone(
                    now, postponement, isFirst: delivery.firstSentAt == nil,
                    connectedAt: try connectedAt ?? db.channel(now.channel).connectedAt, at: time)
            case .unclear: try db.leaveUnclear(now, at: time)
            }
        }
        fate(.outcomeRecorded)
    }

    /// What is found in `sending` after a death. Acts that set a state are repeated; a reply is never sent again by a machine, unless its
    /// server is known to honour the key and its window is open.
    func recover(on channel: ID<Channel>, window: Duration, at time: Date) async throws {
        try await store.write { db in
            let left = try db.rows(
                """
                SELECT * FROM delivery WHERE channel_id = \(channel) AND state IN ('waiting', 'claimed', 'sending')
                    AND state = 'sending' AND claim_until < \(sql: db.dialect.clock)
                """
            ).map(Delivery.init)
            for delivery in left {
                if try db.isKnownToBePublic(delivery) {
                    try db.deliver(delivery, as: nil, at: time)
                } else if delivery.mayBeSent(delivery.firstSentAt, window: window, at: time) {
                    try db.run("UPDATE delivery SET state = 'waiting', claim = NULL, due_at = \(time) WHERE id = \(delivery.id)")
                } else {
                    try db.leaveUnclear(delivery, at: time)
                }
            }
        }
    }

    /// When there is something to do on a channel again: the next act is due, or another node's hold on one ends. `nil` while there is
    /// nothing, or only what waits for a person.
    func nextDue(on channel: ID<Channel>) async throws -> Date? {
        try await store.read { db in
            try db.value(
                """
                SELECT min(CASE state WHEN 'waiting' THEN due_at ELSE claim_until + 1 END) FROM delivery
                WHERE channel_id = \(channel) AND state IN ('waiting', 'claimed', 'sending') AND \(sql: Delivery.isFirst)
                """)
        }
    }
}

extension Delivery {
    /// Nothing earlier of its conversation is on its way or unclear. Likes hold up nothing but likes of the same message.
    static let isFirst: SQL = """
        NOT EXISTS (SELECT 1 FROM delivery AS earlier WHERE earlier.conversation_id = delivery.conversation_id
            AND earlier.id < delivery.id AND earlier.state IN ('waiting', 'claimed', 'sending', 'unclear')
            AND (earlier.act NOT IN ('like', 'unlike') OR earlier.message_id = delivery.message_id))
        """

    /// Whether a machine may send it: nothing of it can be public, or doing it twice does no harm, or the server is known to honour the
    /// key and its window is open.
    /// - Parameter firstSent: When the first try began whose fate nobody knows.
    func mayBeSent(_ firstSent: Date?, window: Duration, at time: Date) -> Bool {
        guard let firstSent, !act.isRepeatable else { return true }
        // A minute to spare: the server's clock began when the request came in, and ours may run differently.
        return act == .reply && time + .seconds(60) < firstSent + window
    }
}

extension Database {
    /// Whether the network has told us of the reply itself, before it answered us.
    fileprivate func isKnownToBePublic(_ delivery: Delivery) throws -> Bool {
        try delivery.act == .reply && message(delivery.message).object != nil
    }
}
