import Foundation
import Store

/// A fact of today, told by a department or noted from a phone call.
public struct DailyFact: Sendable, Equatable {
    public let id: ID<DailyFact>
    public let text: String
    /// Who says so.
    public let source: String
    public let notedBy: String
    public let notedAt: Date
    /// From then on it is not shown any more.
    public let expiresAt: Date

    init(_ row: Row) throws {
        id = try row["id"]
        text = try row["text"]
        source = try row["source"]
        notedBy = try row["noted_by"]
        notedAt = try row["noted_at"]
        expiresAt = try row["expires_at"]
    }
}

/// The facts of the day.
public struct DailyFacts: Sendable {
    let store: Store

    public static let longestText = 300

    /// What holds now: what was noted last stands first.
    public func current(at time: Date) async throws -> [DailyFact] {
        try await store.read { db in try db.facts(at: time) }
    }

    /// - Throws: `Refusal.emptyText`, `.tooLong`, `.sourceMissing`, `.expiryPast`.
    public func note(
        _ text: String, source: String, until expiry: Date, by colleague: ID<Colleague>, at time: Date
    ) async throws {
        let text = text.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        let source = source.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw Refusal.emptyText }
        guard text.count <= Self.longestText else { throw Refusal.tooLong(by: text.count - Self.longestText) }
        guard !source.isEmpty, source.count <= 100 else { throw Refusal.sourceMissing }
        guard expiry > time else { throw Refusal.expiryPast }
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            try db.run(
                """
                INSERT INTO daily_fact (text, source, colleague_id, noted_at, expires_at)
                VALUES (\(text), \(source), \(colleague), \(time), \(expiry))
                """)
            try db.record(Event(.factNoted, by: .colleague(colleague), at: time))
        }
    }

    /// It holds no more.
    public func end(_ id: ID<DailyFact>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            guard try db.run("UPDATE daily_fact SET expires_at = \(time) WHERE id = \(id) AND expires_at > \(time)") == 1 else { return }
            try db.record(Event(.factEnded, by: .colleague(colleague), at: time))
        }
    }
}

extension Database {
    func facts(at time: Date) throws -> [DailyFact] {
        try rows(
            """
            SELECT daily_fact.*, colleague.name AS noted_by FROM daily_fact JOIN colleague ON colleague.id = daily_fact.colleague_id
            WHERE expires_at > \(time) ORDER BY daily_fact.id DESC LIMIT 50
            """
        ).map(DailyFact.init)
    }
}
