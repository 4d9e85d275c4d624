import Foundation
import Networks
import Store

/// What came in, as it came, once: written down before anybody acts on it.
public struct Journal: Sendable {
    let store: Store

    public enum Origin: String, Sendable, SQLValueConvertible { case stream, poll, reconcile, `import` }

    /// Stores the items we don't have in this version yet.
    /// - Returns: How many were new.
    @discardableResult
    public func write(_ items: [Item], from channel: ID<Channel>, origin: Origin, at time: Date) async throws -> Int {
        guard !items.isEmpty else { return 0 }
        return try await store.append { db in
            var news = 0
            for item in items where try db.isNews(item, from: channel) {
                news += try db.run(
                    """
                    INSERT INTO item (channel_id, object, verb, version, origin, received_at, due_at, bytes)
                    VALUES (\(channel), \(item.object), \(item.verb), \(item.version), \(origin), \(time), \(time), \(item.bytes))
                    ON CONFLICT DO NOTHING
                    """)
            }
            return news
        }
    }

    /// What waits to be interpreted, in the order in which it came.
    func waiting(on channel: ID<Channel>, at time: Date, limit: Int) async throws -> [Waiting] {
        try await store.read { db in
            try db.rows(
                """
                SELECT id, object, verb, version, origin, received_at, bytes, tries FROM item
                WHERE channel_id = \(channel) AND state = 'waiting' AND due_at <= \(time) ORDER BY due_at, id LIMIT \(limit)
                """
            ).map(Waiting.init)
        }
    }

    /// Whether anything waits that is due.
    func waits(on channel: ID<Channel>, at time: Date) async throws -> Bool {
        try await store.read { db in
            try db.row("SELECT 1 FROM item WHERE channel_id = \(channel) AND state = 'waiting' AND due_at <= \(time) LIMIT 1") != nil
        }
    }

    /// An item that could not be taken in now: the world was not there. Tried again later, ever more rarely, and never given up.
    /// - Parameter until: When the world will be there again, if it said so; that counts as no try.
    func postpone(_ item: ID<Item>, until: Date? = nil, at time: Date) async throws {
        _ = try await store.write { db in
            if let until {
                return try db.run("UPDATE item SET due_at = \(max(until, time + .seconds(1))) WHERE id = \(item) AND state = 'waiting'")
            }
            let tries: Int = try db.value("SELECT tries FROM item WHERE id = \(item)") ?? 0
            let due = time + .seconds(min(3600, 5 << min(tries, 10)))
            return try db.run("UPDATE item SET tries = tries + 1, due_at = \(due) WHERE id = \(item) AND state = 'waiting'")
        }
    }

    /// An item of an unknown shape: kept, shown on the channel's page, and tried again after an update of the program. The record holds it
    /// the first time.
    func setAside(_ item: ID<Item>, why: String, on channel: ID<Channel>, at time: Date) async throws {
        try await store.write { db in
            let tries: Int? = try db.value("SELECT tries FROM item WHERE id = \(item) AND state = 'waiting'")
            guard let tries else { return }
            try db.run("UPDATE item SET state = 'not_understood', why = \(why), tries = tries + 1 WHERE id = \(item)")
            if tries == 0 { try db.record(Event(.itemNotUnderstood, by: .network, at: time, channel: channel)) }
        }
    }

    /// What was not understood is tried again: at the start of the program, which may understand more now.
    public func retryNotUnderstood() async throws {
        _ = try await store.write { db in
            try db.run("UPDATE item SET state = 'waiting', why = NULL WHERE state = 'not_understood'")
        }
    }

    struct Waiting: Sendable {
        let id: ID<Item>
        let item: Item
        let origin: Origin
        let receivedAt: Date
        let tries: Int

        init(_ row: Row) throws {
            id = try row["id"]
            item = Item(
                object: try row["object"], verb: try row["verb"], version: try row["version"],
                bytes: try row["bytes"] ?? Data())
            origin = try row["origin"]
            receivedAt = try row["received_at"]
            tries = try row["tries"]
        }
    }
}

extension Database {
    /// Whether an item is worth its row: we don't have it, and nothing of the same name was erased, in whatever version and through
    /// whatever channel.
    fileprivate func isNews(_ item: Item, from channel: ID<Channel>) throws -> Bool {
        try row(
            """
            SELECT 1 FROM item WHERE object = \(item.object) AND (state = 'removed'
                OR (channel_id = \(channel) AND verb = \(item.verb) AND version = \(item.version))) LIMIT 1
            """) == nil
    }

    /// Ends the items' waiting inside the transaction that takes them in.
    /// - Returns: Those where no other node was first.
    func settle(_ meanings: [Intake.Meaning]) throws -> Set<ID<Item>> {
        let (brief, lasting) = meanings.partitioned(by: \.keepsBytes)
        return try settle(lasting, "state = 'taken_in'").union(settle(brief, "state = 'taken_in', bytes = NULL"))
    }

    private func settle(_ meanings: [Intake.Meaning], _ change: SQL) throws -> Set<ID<Item>> {
        guard !meanings.isEmpty else { return [] }
        // COALESCE: by their keys, and not through the index of all that waits.
        let settled = try rows(
            "UPDATE item SET \(sql: change) WHERE id \(in: meanings.map(\.item)) AND COALESCE(state, '') = 'waiting' RETURNING id")
        return Set(try settled.map { try $0["id"] })
    }

    /// Marks everything of this name as removed: bytes gone, keys kept, so that nothing brings it back.
    func dropItems(of object: String) throws {
        try dropItems(of: [object])
    }

    func dropItems(of objects: [String]) throws {
        try run("UPDATE item SET state = 'removed', why = NULL, bytes = NULL WHERE object \(in: objects)")
    }
}
