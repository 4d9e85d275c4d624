import Foundation
import Store

/// What somebody wants to know who comes back to the desk.
public struct Overview: Sendable {
    /// A few of something, and how many there are, counted up to 1,000.
    public struct Some: Sendable {
        public let rows: [InboxRow]
        public let count: Int
    }

    /// Somebody may be in danger.
    public let urgent: Some
    /// Owed, and late.
    public let overdue: Some
    /// Comes back today, or should have.
    public let followUps: Some
    /// Answers that did not get out, or nobody knows.
    public let troubled: Some
    /// Something the citizen said was taken away on the network since.
    public let removed: Some
    /// Messages of citizens since, counted up to 1,000.
    public let received: Int
    public let open: Int
    public let facts: [DailyFact]
    public let channels: [Channel]
}

extension Conversations {
    /// - Parameter since: When they were last here.
    public func overview(since: Date, at time: Date) async throws -> Overview {
        try await store.read { db in
            let today = try db.calendar().day(of: time)
            return Overview(
                urgent: try db.some("SELECT id, urgent_since AS rank FROM conversation WHERE urgent_since IS NOT NULL AND state = 'open'"),
                overdue: try db.some("SELECT id, due_at AS rank FROM conversation WHERE state = 'open' AND due_at < \(time)"),
                followUps: try db.some(
                    "SELECT conversation_id AS id, due_at AS rank FROM follow_up WHERE ended_at IS NULL AND day <= \(today)"),
                troubled: try db.some(
                    "SELECT DISTINCT conversation_id AS id, 0 AS rank FROM delivery WHERE state IN ('failed', 'unclear')"),
                removed: try db.some(
                    """
                    SELECT DISTINCT conversation_id AS id, 0 AS rank FROM message
                    WHERE removed_by = 'network' AND removed_at >= \(since) AND direction = 'in'
                    """),
                received: try db.value(
                    """
                    SELECT count(*) FROM (SELECT 1 FROM message WHERE direction = 'in' AND received_at >= \(since) LIMIT 1000) AS counted
                    """) ?? 0,
                open: try db.value("SELECT count(*) FROM (SELECT 1 FROM conversation WHERE state = 'open' LIMIT 1000) AS counted") ?? 0,
                facts: try db.facts(at: time), channels: try db.channels())
        }
    }
}

extension Database {
    /// - Parameter ids: What there is, by `id` and `rank`.
    fileprivate func some(_ ids: SQL) throws -> Overview.Some {
        let first: [ID<Conversation>] = try rows(
            "SELECT id FROM (\(sql: ids)) AS found ORDER BY rank, id DESC LIMIT 5"
        ).map { try $0["id"] }
        let rows = Dictionary(try list(first).map { ($0.id, $0) }) { one, _ in one }
        return Overview.Some(
            rows: first.compactMap { rows[$0] },
            count: try value("SELECT count(*) FROM (\(sql: ids) LIMIT 1000) AS counted") ?? 0)
    }
}
