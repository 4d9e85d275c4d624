import Foundation
import Store

/// The day on which a conversation comes back to the team.
public struct FollowUp: Sendable, Equatable {
    public let day: CivilDay
    let setAt: Date
    /// The citizen was told.
    public let isPromised: Bool

    /// What became of it.
    enum Outcome: String, SQLValueConvertible {
        /// Answered or closed in time, or too late.
        case kept, late
        /// Set to another day.
        case moved
        /// The holding reply that promised it never got out.
        case withdrawn
        /// A colleague took it off.
        case dropped
    }

    /// How far ahead one can be set, in days.
    public static let furthest = 366
}

extension Conversations {
    /// Lays a conversation aside until a day; then it is open again by itself.
    /// - Parameter seen: The citizen's newest message that the colleague saw: what came since is not laid aside unread.
    /// - Throws: `Refusal.followUpPast`, `.followUpTooFar`, `.alreadyClosed`, `.wroteMeanwhile`.
    public func followUp(
        _ id: ID<Conversation>, on day: CivilDay, seen: ID<Message>?, by colleague: ID<Colleague>, at time: Date
    ) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            guard try db.conversation(id).lastMessage == seen else { throw Refusal.wroteMeanwhile }
            try db.followUp(id, on: day, isPromised: false, letter: nil, by: colleague, at: time)
        }
    }

    /// It is open again at once.
    /// - Throws: `Refusal.alreadyOpen` where it doesn't wait.
    public func dropFollowUp(_ id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            var conversation = try db.conversation(id)
            guard conversation.state == .waiting else { throw Refusal.alreadyOpen }
            try db.endFollowUp(of: id, .dropped, at: time)
            try conversation.reopen(at: time, by: try db.calendar())
            try db.save(conversation)
            try db.record(Event(.followUpDropped, by: .colleague(colleague), at: time, conversation: id))
        }
    }

    /// Opens what comes back today, or should have while nobody was there to do it: some at a time.
    /// - Returns: Whether there may be more.
    func bringBack(at time: Date) async throws -> Bool {
        try await store.write { db in
            let calendar = try db.calendar()
            let rows = try db.rows(
                """
                SELECT * FROM conversation WHERE state = 'waiting' AND follow_up_on <= \(calendar.day(of: time))
                ORDER BY follow_up_on LIMIT \(Self.comeBackAtOnce)
                """)
            for row in rows {
                var conversation = try Conversation(row)
                conversation.comeBack(at: time, by: calendar)
                try db.save(conversation)
                try db.record(Event(.followUpDue, by: .schalter, at: time, conversation: conversation.id))
            }
            return rows.count == Self.comeBackAtOnce
        }
    }

    private static let comeBackAtOnce = 200
}

extension Database {
    /// - Parameters:
    ///   - isPromised: The citizen is told by a holding reply.
    ///   - letter: Its token.
    func followUp(
        _ id: ID<Conversation>, on day: CivilDay, isPromised: Bool, letter: String?, by colleague: ID<Colleague>, at time: Date
    ) throws {
        let calendar = try calendar()
        let today = calendar.day(of: time)
        guard day >= today else { throw Refusal.followUpPast }
        guard day <= today + FollowUp.furthest else { throw Refusal.followUpTooFar }
        var conversation = try conversation(id)
        // A holding reply to what was asked first: what came after it is owed its own answer still.
        if isPromised, conversation.state == .open {
            conversation.promise(day, by: calendar)
        } else {
            try conversation.wait(until: day, isPromised: isPromised, at: time, by: calendar)
        }
        try endFollowUp(of: id, .moved, at: time)
        try run(
            """
            INSERT INTO follow_up (conversation_id, day, due_at, is_promised, letter, colleague_id, set_at)
            VALUES (\(id), \(day), \(calendar.due(on: day)), \(isPromised), \(letter), \(colleague), \(time))
            """)
        try save(conversation)
        try record(
            Event(.followUpSet, by: .colleague(colleague), at: time, conversation: id, detail: isPromised ? "promised" : nil))
    }

    func endFollowUp(of id: ID<Conversation>, _ outcome: FollowUp.Outcome, at time: Date) throws {
        try run("UPDATE follow_up SET ended_at = \(time), outcome = \(outcome) WHERE conversation_id = \(id) AND ended_at IS NULL")
    }

    /// Answered or closed: that is what it was for.
    /// - Parameter deed: The token of what ended it; `nil` where that can't be undone.
    func keepFollowUp(of id: ID<Conversation>, by deed: String?, at time: Date) throws {
        try run(
            """
            UPDATE follow_up SET ended_at = \(time), ended_by = \(deed),
                outcome = CASE WHEN due_at < \(time) THEN 'late' ELSE 'kept' END
            WHERE conversation_id = \(id) AND ended_at IS NULL
            """)
    }

    /// What ended it was undone.
    func resumeFollowUp(of id: ID<Conversation>, endedBy deed: String) throws {
        try run(
            """
            UPDATE follow_up SET ended_at = NULL, outcome = NULL, ended_by = NULL
            WHERE conversation_id = \(id) AND ended_by = \(deed)
                AND NOT EXISTS (SELECT 1 FROM follow_up AS other WHERE other.conversation_id = \(id) AND other.ended_at IS NULL)
            """)
    }

    /// The holding reply never got out: nothing was promised.
    /// - Returns: Whether there was such a promise.
    func withdrawFollowUp(of id: ID<Conversation>, promisedBy letter: String, at time: Date) throws -> Bool {
        try run(
            """
            UPDATE follow_up SET ended_at = \(time), outcome = 'withdrawn'
            WHERE conversation_id = \(id) AND letter = \(letter) AND ended_at IS NULL
            """) > 0
    }
}
