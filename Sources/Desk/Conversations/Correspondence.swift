import Foundation
import Networks
import Store

/// A conversation with everything that is shown of it.
public struct Correspondence: Sendable {
    public let conversation: Conversation
    public let channel: Channel
    public let citizen: Citizen
    public let assigneeName: String?
    /// Of the team it was given to.
    public let teamName: String?
    /// What it stands under; `nil` for a private correspondence, and where a message began the thread.
    public let root: Context?
    public let entries: [Entry]
    /// There are earlier ones than these.
    public let hasEarlier: Bool
    /// Our newest answer, which needn't be the last in time: history comes in any order.
    let newestAnswer: ID<Message>?
    public let lease: AnswerLease?

    public struct Entry: Sendable {
        public let message: Message
        /// Of the colleague or citizen; `nil` where a colleague answered in the network's own app.
        public let author: String?
        public let media: [Media]
        /// What it answers, and what that answers, from the top down: where it is no part of this conversation and not shown before.
        public internal(set) var above: [Context] = []
        public let earlier: [EarlierText]
        /// The acts about it that matter still, oldest first.
        public let deliveries: [Delivery]
    }

    public struct EarlierText: Sendable {
        public let text: String
        public let warning: String?
        public let writtenAt: Date
    }

    /// The citizen's newest message that still stands: what an answer answers.
    public var answerable: Message? {
        entries.last { $0.message.direction == .in && $0.message.removedAt == nil && $0.message.localID != nil }?.message
    }

    /// What a colleague sees now: sending checks that it still holds. `nil` where there is nothing to answer.
    public var seen: Replies.Seen? {
        answerable.map { Replies.Seen(message: $0.id, revision: $0.revision, answer: newestAnswer) }
    }
}

/// A conversation as a colleague has it open.
public struct OpenConversation: Sendable {
    public let thread: Correspondence
    /// The record's head: the live feed goes on from here.
    public let head: Int64
    /// What this colleague is writing; `nil` where there is nothing.
    public let draft: Draft?
    /// `nil` where it is not closed.
    public let closing: Closing?
    public let calendar: BusinessCalendar
    /// What can be put into an answer.
    public let snippets: [Snippet]
    /// What it is urgent by; `nil` where it isn't.
    public let alarm: Alarm?
    public let redirectTexts: [RedirectText]
    /// What is so today.
    public let facts: [DailyFact]
    /// Other conversations of this citizen, the last that moved first; a few of them.
    public let others: [InboxRow]
    /// How many there are, counted up to 100.
    public let otherCount: Int
    /// Who could take it.
    public let editors: [Colleague]
    /// … and which teams somebody is in.
    public let teams: [NamedTeam]

    public struct Closing: Sendable {
        /// `nil` where it was nobody of the team.
        public let name: String?
        public let at: Date
    }
}

extension Conversations {
    /// - Parameter limit: The newest so many messages.
    /// - Throws: `Refusal.notFound`.
    public func open(
        _ id: ID<Conversation>, by colleague: ID<Colleague>, limit: Int = 200, at time: Date
    ) async throws -> OpenConversation {
        try await store.read { db in
            let thread = try db.thread(id, limit: limit)
            let others = try db.others(of: thread.citizen.id, than: id)
            return OpenConversation(
                thread: thread, head: try db.head(), draft: try db.draft(in: id, by: colleague),
                closing: thread.conversation.state == .closed ? try db.lastClosing(of: id) : nil,
                calendar: try db.calendar(), snippets: try db.snippets(),
                alarm: thread.conversation.isUrgent ? try db.alarm(of: id) : nil, redirectTexts: try db.redirectTexts(), facts: try db.facts(at: time),
                others: try db.list(Array(others.prefix(5))).sorted { $0.movedAt > $1.movedAt }, otherCount: others.count,
                editors: try db.team().filter { $0.leftAt == nil && $0.role.covers(.editor) },
                teams: try db.namedTeams().filter { !$0.members.isEmpty })
        }
    }

    /// - Parameter limit: The newest so many messages.
    /// - Throws: `Refusal.notFound`.
    public func thread(_ id: ID<Conversation>, limit: Int = 200) async throws -> Correspondence {
        try await store.read { db in try db.thread(id, limit: limit) }
    }
}

extension Database {
    fileprivate func thread(_ id: ID<Conversation>, limit: Int) throws -> Correspondence {
        let conversation = try conversation(id)
        let citizen = try Citizen(
            try row("SELECT * FROM citizen WHERE id = \(conversation.citizen)").orNotFound())
        let channel = try channel(conversation.channel)
        let root = try root(conversation.thread, on: channel.network)
        let entries = try entries(of: id, limit: limit + 1)
        return Correspondence(
            conversation: conversation, channel: channel, citizen: citizen,
            assigneeName: try conversation.assignee.flatMap { try value("SELECT name FROM colleague WHERE id = \($0)") },
            teamName: try conversation.team.flatMap { try value("SELECT name FROM team WHERE id = \($0)") },
            root: root, entries: try withContext(entries.suffix(limit), under: root, on: channel.network),
            hasEarlier: entries.count > limit,
            newestAnswer: try newestAnswer(in: id)?.id, lease: try lease(on: id))
    }

    fileprivate func others(of citizen: ID<Citizen>, than id: ID<Conversation>) throws -> [ID<Conversation>] {
        try rows(
            "SELECT id FROM conversation WHERE citizen_id = \(citizen) AND id <> \(id) ORDER BY moved_at DESC LIMIT 100"
        ).map { try $0["id"] }
    }

    /// Who closed a conversation last, and when.
    fileprivate func lastClosing(of id: ID<Conversation>) throws -> OpenConversation.Closing? {
        try row(
            """
            SELECT event.at, colleague.name FROM event LEFT JOIN colleague ON colleague.id = event.actor_id
            WHERE event.conversation_id = \(id) AND event.verb = \(Verb.conversationClosed) ORDER BY event.id DESC LIMIT 1
            """
        ).map { OpenConversation.Closing(name: try $0["name"], at: try $0["at"]) }
    }

    /// Our newest answer that was not taken back, and who gave it; no name where it came by the network's own app.
    func newestAnswer(in id: ID<Conversation>) throws -> (id: ID<Message>, name: String?)? {
        try row(
            """
            SELECT message.id, colleague.name FROM message LEFT JOIN colleague ON colleague.id = message.colleague_id
            WHERE conversation_id = \(id) AND direction = 'out' AND (removed_by IS NULL OR removed_by <> 'withdrawal')
            ORDER BY message.id DESC LIMIT 1
            """
        ).map { (try $0["id"], try $0["name"]) }
    }

    fileprivate func entries(of id: ID<Conversation>, limit: Int) throws -> [Correspondence.Entry] {
        let rows = try rows(
            """
            SELECT message.*, COALESCE(colleague.name, citizen.display_name) AS author
            FROM message LEFT JOIN colleague ON colleague.id = message.colleague_id LEFT JOIN citizen ON citizen.id = message.citizen_id
            WHERE conversation_id = \(id) AND (removed_by IS NULL OR removed_by <> 'withdrawal') ORDER BY message.id DESC LIMIT \(limit)
            """)
        let said = try rows.map { (message: try Message($0), author: try $0["author"] as String?) }
            .sorted { ($0.message.receivedAt, $0.message.id.rawValue) < ($1.message.receivedAt, $1.message.id.rawValue) }
        let ids = said.map(\.message.id)
        guard !ids.isEmpty else { return [] }
        let media = Dictionary(
            grouping: try self.rows("SELECT * FROM media WHERE message_id \(in: ids) ORDER BY id"), by: Self.owner)
        let earlier = Dictionary(
            grouping: try self.rows("SELECT * FROM earlier_text WHERE message_id \(in: ids) ORDER BY written_at"), by: Self.owner)
        let deliveries = Dictionary(
            grouping: try self.rows("SELECT * FROM delivery WHERE conversation_id = \(id) ORDER BY id"), by: Self.owner)
        return try said.map { message, author in
            Correspondence.Entry(
                message: message, author: author, media: try (media[message.id] ?? []).map(Media.init),
                earlier: try (earlier[message.id] ?? []).map {
                    Correspondence.EarlierText(text: try $0["text"], warning: try $0["warning"], writtenAt: try $0["written_at"])
                },
                deliveries: try (deliveries[message.id] ?? []).map(Delivery.init))
        }
    }

    /// What each message answers outside its conversation, a few steps up.
    private func withContext(
        _ entries: [Correspondence.Entry], under root: Context?, on network: String
    ) throws -> [Correspondence.Entry] {
        let own = Set(entries.compactMap(\.message.localName))
        var known: [LocalName: Context] = [:]
        var wanted = Set(entries.compactMap(\.message.parent)).subtracting(own)
        for _ in 0..<Self.mostAbove where !wanted.isEmpty {
            let found = try contexts(wanted, on: network)
            known.merge(found) { $1 }
            wanted = Set(found.values.filter { $0.object != root?.object }.compactMap(\.parent)).subtracting(own).subtracting(known.keys)
        }
        var shown = Set([root?.object].compactMap(\.self) + entries.compactMap(\.message.object))
        return entries.map { entry in
            var entry = entry
            var parent = entry.message.parent
            while let name = parent, let context = known[name], shown.insert(context.object).inserted {
                entry.above.insert(context, at: 0)
                parent = context.parent
            }
            return entry
        }
    }

    private static var mostAbove: Int { 6 }

    private static func owner(of row: Row) -> ID<Message>? {
        try? row["message_id"]
    }
}
