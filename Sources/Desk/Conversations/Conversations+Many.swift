import Foundation
import Store

/// One deed for many conversations. Each is done or left alone by itself; a few at a time, so that nobody waits for ten thousand.
extension Conversations {
    /// What a colleague saw of a conversation: what came since is not closed unread.
    public struct Sight: Sendable, Hashable {
        public let id: ID<Conversation>
        /// The citizen's newest message; `nil` where there is none any more.
        public let lastMessage: ID<Message>?

        public init(_ id: ID<Conversation>, lastMessage: ID<Message>?) {
            self.id = id
            self.lastMessage = lastMessage
        }
    }

    /// What became of a deed for many.
    public struct Tally: Sendable, Equatable {
        public var done = 0
        /// Left alone: somebody wrote meanwhile, or a colleague was quicker.
        public var left = 0
    }

    /// All that a view shows, as of a time: what came later is not meant.
    public func sights(in view: InboxView, _ filter: InboxFilter = InboxFilter(), asOf time: Date) async throws -> [Sight] {
        try await store.read { db in
            try db.rows(
                """
                SELECT id, last_message_id FROM conversation
                WHERE \(sql: Database.condition(view)) AND \(sql: filter.condition) AND moved_at <= \(time)
                LIMIT \(Self.mostInOneDeed)
                """
            ).map { Sight(try $0["id"], lastMessage: try $0["last_message_id"]) }
        }
    }

    /// No answer is needed. The next message of each of these people opens their conversation again.
    /// - Parameter token: Undoes it, with ``undoClosing(_:by:at:)``.
    public func close(_ sights: [Sight], token: String, by colleague: ID<Colleague>, at time: Date) async throws -> Tally {
        try await each(sights, by: colleague) { db, sight in
            guard var conversation = try db.seen(sight), conversation.state != .closed else { return false }
            try conversation.close(.noReplyNeeded, by: token, at: time)
            try db.save(conversation)
            try db.keepFollowUp(of: sight.id, by: token, at: time)
            try db.record(
                Event(
                    .conversationClosed, by: .colleague(colleague), at: time, conversation: sight.id,
                    detail: Conversation.Closing.noReplyNeeded.rawValue))
            return true
        }
    }

    /// Makes undone what a closing with this token closed and what is closed still: each is again what it was.
    /// - Returns: The conversations.
    public func undoClosing(_ token: String, by colleague: ID<Colleague>, at time: Date) async throws -> [ID<Conversation>] {
        let closed = try await store.read { db in
            try db.rows("SELECT id, last_message_id FROM conversation WHERE closing = \(token) ORDER BY id").map {
                Sight(try $0["id"], lastMessage: try $0["last_message_id"])
            }
        }
        _ = try await each(closed, by: colleague) { db, sight in
            var conversation = try db.conversation(sight.id)
            guard conversation.undoClosing(token, at: time) else { return false }
            try db.save(conversation)
            try db.resumeFollowUp(of: sight.id, endedBy: token)
            try db.record(
                Event(.conversationReopened, by: .colleague(colleague), at: time, conversation: sight.id, detail: "undone"))
            return true
        }
        return closed.map(\.id)
    }

    /// - Throws: `Refusal.notAllowed` for somebody who can't answer, `.teamEmpty`.
    public func assign(_ sights: [Sight], to assignee: Assignee, by colleague: ID<Colleague>, at time: Date) async throws -> Tally {
        try await store.read { db in try db.demandSomebody(assignee) }
        return try await each(sights, by: colleague) { db, sight in
            let row = try db.row("SELECT * FROM conversation WHERE id = \(sight.id)")
            guard let conversation = try row.map(Conversation.init) else { return false }
            try db.assign(conversation, to: assignee, by: colleague, at: time)
            return true
        }
    }

    /// - Parameter assignee: `nil` gives them back to all.
    public func assign(
        _ sights: [Sight], to assignee: ID<Colleague>?, by colleague: ID<Colleague>, at time: Date
    ) async throws -> Tally {
        try await assign(sights, to: Assignee(assignee), by: colleague, at: time)
    }

    /// How much is with a colleague and not done, counted up to 1,000.
    public func load(of colleague: ID<Colleague>) async throws -> Int {
        try await store.read { db in
            try db.value("SELECT count(*) FROM (\(sql: Self.undone(of: colleague)) LIMIT 1000) AS counted") ?? 0
        }
    }

    /// Gives everything back that is with a colleague and not done, to the team it was given to or to all: somebody fell ill.
    /// - Parameter actor: Themselves, or a duty editor.
    public func handBack(of colleague: ID<Colleague>, by actor: ID<Colleague>, at time: Date) async throws -> Tally {
        let sights = try await store.read { db in
            try db.demand(colleague == actor ? .editor : .dutyEditor, of: .colleague(actor))
            return try db.rows(Self.undone(of: colleague)).map { Sight(try $0["id"], lastMessage: nil) }
        }
        return try await assign(sights, to: .whoHadIt, by: actor, at: time)
    }

    private static func undone(of colleague: ID<Colleague>) -> SQL {
        "SELECT id FROM conversation WHERE assignee_id = \(colleague) AND state IN ('open', 'waiting')"
    }

    /// Somebody takes a list out of the desk.
    public func noteExport(by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            try db.record(Event(.listExported, by: .colleague(colleague), at: time))
        }
    }

    private func each(
        _ sights: [Sight], by colleague: ID<Colleague>, _ deed: @escaping @Sendable (Database, Sight) throws -> Bool
    ) async throws -> Tally {
        var tally = Tally()
        for first in stride(from: 0, to: sights.count, by: Self.atOnce) {
            let some = sights[first..<min(first + Self.atOnce, sights.count)]
            let done = try await store.write { db in
                try db.demand(.editor, of: .colleague(colleague))
                return try some.count { try deed(db, $0) }
            }
            tally.done += done
            tally.left += some.count - done
        }
        return tally
    }

    private static let atOnce = 100
    private static let mostInOneDeed = 20_000
}

extension Database {
    /// - Returns: `nil` where the citizen wrote since, or there is no such conversation.
    fileprivate func seen(_ sight: Conversations.Sight) throws -> Conversation? {
        let conversation = try row("SELECT * FROM conversation WHERE id = \(sight.id)").map(Conversation.init)
        return conversation?.lastMessage == sight.lastMessage ? conversation : nil
    }
}
