import Foundation
import Store

/// Who is answering a conversation just now.
public struct AnswerLease: Sendable, Equatable {
    public let colleague: ID<Colleague>
    public let name: String
    public let since: Date

    /// How long it holds without a further key.
    static let length: Duration = .seconds(120)
}

extension Replies {
    /// Takes the lease on answering, or keeps it. Where a colleague has it, nothing changes.
    /// - Returns: Who has it now.
    public func takeLease(on id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws -> AnswerLease? {
        let (lease, isNew) = try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            _ = try db.conversation(id)
            let before = try db.lease(on: id)
            try db.run(
                """
                INSERT INTO answer_lease (conversation_id, colleague_id, taken_at, until)
                VALUES (\(id), \(colleague), \(time), \(sql: db.dialect.clock) + \(AnswerLease.length))
                ON CONFLICT (conversation_id) DO UPDATE SET colleague_id = excluded.colleague_id, until = excluded.until,
                    taken_at = CASE WHEN answer_lease.colleague_id = excluded.colleague_id THEN answer_lease.taken_at
                                    ELSE excluded.taken_at END
                WHERE answer_lease.colleague_id = excluded.colleague_id OR answer_lease.until < \(sql: db.dialect.clock)
                """)
            return (try db.lease(on: id), before == nil)
        }
        if isNew { try await tell(id) }
        return lease
    }

    /// Answers in a colleague's stead: what they wrote so far stays their draft, and they are told.
    public func takeOver(_ id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            _ = try db.conversation(id)
            try db.takeOverLease(on: id, by: colleague, at: time)
        }
        try await tell(id)
    }

    public func giveLeaseBack(on id: ID<Conversation>, by colleague: ID<Colleague>) async throws {
        _ = try await store.write { db in
            try db.run("DELETE FROM answer_lease WHERE conversation_id = \(id) AND colleague_id = \(colleague)")
        }
        try await tell(id)
    }

    /// The desks should show the row anew; nothing happened that belongs in the record.
    private func tell(_ id: ID<Conversation>) async throws {
        try await store.notify("row:\(id)")
    }
}

extension Database {
    func takeOverLease(on id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) throws {
        try run(
            """
            INSERT INTO answer_lease (conversation_id, colleague_id, taken_at, until)
            VALUES (\(id), \(colleague), \(time), \(sql: dialect.clock) + \(AnswerLease.length))
            ON CONFLICT (conversation_id) DO UPDATE SET colleague_id = excluded.colleague_id, taken_at = excluded.taken_at,
                until = excluded.until
            """)
    }

    /// - Returns: `nil` while nobody answers.
    func lease(on id: ID<Conversation>) throws -> AnswerLease? {
        try row(
            """
            SELECT answer_lease.colleague_id, answer_lease.taken_at, colleague.name
            FROM answer_lease JOIN colleague ON colleague.id = answer_lease.colleague_id
            WHERE conversation_id = \(id) AND until >= \(sql: dialect.clock)
            """
        ).map { AnswerLease(colleague: try $0["colleague_id"], name: try $0["name"], since: try $0["taken_at"]) }
    }
}
