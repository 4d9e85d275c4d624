import Foundation
import Networks
import Store

/// Draft, send, note. Sending is writing to the outbox, in the transaction that writes the reply.
public struct Replies: Sendable {
    let store: Store
    let channels: Channels
    let files: MediaFiles
    let fate: Fate

    /// How long a reply waits before it leaves, so that it can be taken back.
    public static let grace: Duration = .seconds(5)

    /// What a colleague saw when they wrote: sending checks that it still holds.
    public struct Seen: Sendable, Equatable {
        /// The message being answered, and which text of it.
        public var message: ID<Message>
        public var revision: Int
        /// The newest answer of ours; `nil` while there is none.
        public var answer: ID<Message>?

        public init(message: ID<Message>, revision: Int, answer: ID<Message>?) {
            self.message = message
            self.revision = revision
            self.answer = answer
        }
    }

    public struct Letter: Sendable {
        public var text: String
        public var warning: String?
        public var seen: Seen
        /// The writer agreed that an answer that is too long goes out in parts.
        public var mayBeSplit: Bool
        /// A holding reply: the citizen is told to hear more by this day.
        public var followUp: CivilDay?
        /// The conversation is closed by it, unless the citizen wrote again meanwhile.
        public var closes: Bool
        /// A text that was kept ready: what the colleague drafts stays, with its files.
        public var isRedirect: Bool
        /// Made when the form was shown: the same form sent twice sends once.
        public var token: String

        public init(
            text: String, warning: String? = nil, seen: Seen, mayBeSplit: Bool = false, followUp: CivilDay? = nil, closes: Bool = false,
            isRedirect: Bool = false, token: String
        ) {
            self.text = text
            self.warning = warning
            self.seen = seen
            self.mayBeSplit = mayBeSplit
            self.followUp = followUp
            self.closes = closes
            self.isRedirect = isRedirect
            self.token = token
        }
    }

    /// Sends an answer: reply and delivery are one transaction, and the draft is used up by it. A refusal keeps the draft.
    public func send(_ letter: Letter, in id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        let text = letter.text.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        let warning = letter.warning?.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines).nilIfEmpty
        do {
            let parts = try await parts(of: text, warning: warning, letter, in: id, by: colleague)
            try await store.write { db in
                try db.demand(.editor, of: .colleague(colleague))
                guard try db.isNew(letter.token) else {
                    if try db.wasTakenBack(letter.token) { throw Refusal.takenBack }
                    return
                }
                try db.send(parts, letter, in: id, by: colleague, at: time)
            }
        } catch let refusal as Refusal where refusal != .notAllowed && refusal != .notFound {
            if !letter.isRedirect { try await save(text, warning: warning, in: id, by: colleague, at: time) }
            throw refusal
        }
        fate(.replyWritten)
    }

    struct Part: Sendable {
        let text: String
        let tokens: [String]
    }

    /// The answer as it will leave, with its writer's signature, checked against what the channel takes.
    private func parts(
        of text: String, warning: String?, _ letter: Letter, in id: ID<Conversation>, by colleague: ID<Colleague>
    ) async throws -> [Part] {
        let (channel, reply, hasMedia) = try await store.read { db in
            let conversation = try db.conversation(id)
            let answered = try db.message(letter.seen.message)
            guard answered.conversation == id, answered.direction == .in, let localID = answered.localID else { throw Refusal.notFound }
            let handle: String = try db.value("SELECT handle FROM citizen WHERE id = \(conversation.citizen)") ?? ""
            let media: Int = try db.value("SELECT count(*) FROM media WHERE draft_in = \(id) AND draft_of = \(colleague)") ?? 0
            let signature = try db.colleague(colleague).preferences.signature
            let reply = Reply(
                text: text.signed(with: signature), parentLocalID: localID, to: handle, networkVisibility: answered.networkVisibility, warning: warning)
            return (try db.channel(answered.channel), reply, media > 0)
        }
        guard !text.isEmpty || hasMedia && !letter.isRedirect else { throw Refusal.emptyText }
        guard channel.state == .connected, let network = try await channels.network(of: channel) else { throw Refusal.channelNotConnected }
        let excess = network.length(of: reply) - network.capabilities.maxLength
        guard excess > 0 else { return [Part(text: reply.text, tokens: SearchWords.tokens(of: [warning, reply.text]))] }
        guard letter.mayBeSplit else { throw Refusal.tooLong(by: excess) }
        return network.split(reply).map { Part(text: $0.text, tokens: SearchWords.tokens(of: [warning, $0.text])) }
    }

    /// A note for colleagues; it never leaves the desk. A double click writes it once.
    public func note(_ text: String, in id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        let text = text.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw Refusal.emptyText }
        let tokens = SearchWords.tokens(of: [text])
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let conversation = try db.conversation(id)
            guard try !db.endsWithNote(text, in: id, by: colleague) else { return }
            let network = try db.channel(conversation.channel).network
            let note: ID<Message>? = try db.value(
                """
                INSERT INTO message (conversation_id, channel_id, network, direction, colleague_id, text, visibility, network_visibility,
                                     received_at, written_at)
                VALUES (\(id), \(conversation.channel), \(network), 'note', \(colleague), \(text), 'private', '', \(time), \(time))
                RETURNING id
                """)
            let message = try note.orNotFound()
            try db.dialect.index(message: message.rawValue, tokens: tokens, into: db)
            try db.record(Event(.noteWritten, by: .colleague(colleague), at: time, conversation: id, message: message))
        }
    }
}

extension String {
    var nilIfEmpty: String? { isEmpty ? nil : self }
}

extension Database {
    /// Checks what the writer saw, then writes each part and its delivery, and uses up the draft.
    fileprivate func send(
        _ parts: [Replies.Part], _ letter: Replies.Letter, in id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date
    ) throws {
        let answered = try message(letter.seen.message)
        try check(letter.seen, answered, in: id, by: colleague)
        for (position, part) in parts.enumerated() {
            let row = try row(
                """
                INSERT INTO message (conversation_id, channel_id, network, direction, colleague_id, text, warning, language, visibility,
                                     network_visibility, parent_local_id, received_at, written_at)
                SELECT conversation_id, channel_id, network, 'out', CAST(\(colleague) AS BIGINT), CAST(\(part.text) AS TEXT),
                    CAST(\(letter.warning?.nilIfEmpty) AS TEXT), CAST(NULL AS TEXT), visibility, network_visibility, local_id,
                    CAST(\(time) AS BIGINT), CAST(\(time) AS BIGINT)
                FROM message WHERE id = \(answered.id) RETURNING *
                """)
            let reply = try Message(row.orNotFound())
            if position == 0 { try answer(with: reply, letter: letter.token, at: time) }
            if position == 0, !letter.isRedirect {
                try run(
                    """
                    UPDATE media SET message_id = \(reply.id), draft_of = NULL, draft_in = NULL
                    WHERE draft_in = \(id) AND draft_of = \(colleague)
                    """)
            }
            try dialect.index(message: reply.id.rawValue, tokens: part.tokens, into: self)
            try enqueue(
                .reply, of: reply, letter: letter.token, part: position + 1, by: colleague, due: time + Replies.grace,
                verb: letter.isRedirect ? .redirectSent : .replySent, at: time)
        }
        if let day = letter.followUp { try followUp(id, on: day, isPromised: true, letter: letter.token, by: colleague, at: time) }
        if letter.closes, letter.followUp == nil { try closeAnswered(id, by: colleague, token: letter.token, at: time) }
        if letter.isRedirect { return }
        try run("DELETE FROM draft WHERE conversation_id = \(id) AND colleague_id = \(colleague)")
        try run("DELETE FROM answer_lease WHERE conversation_id = \(id) AND colleague_id = \(colleague)")
    }

    private func closeAnswered(_ id: ID<Conversation>, by colleague: ID<Colleague>, token: String, at time: Date) throws {
        var conversation = try conversation(id)
        guard conversation.state == .answered else { return }
        try conversation.close(.answered, by: token, at: time)
        try save(conversation)
        try keepFollowUp(of: id, by: token, at: time)
        try record(
            Event(
                .conversationClosed, by: .colleague(colleague), at: time, conversation: id, detail: Conversation.Closing.answered.rawValue))
    }

    fileprivate func endsWithNote(_ text: String, in id: ID<Conversation>, by colleague: ID<Colleague>) throws -> Bool {
        let newest = try row("SELECT text, direction, colleague_id FROM message WHERE conversation_id = \(id) ORDER BY id DESC LIMIT 1")
        return try newest?["direction"] == Message.Direction.note && newest?["colleague_id"] == colleague && newest?["text"] == text
    }

    private func check(_ seen: Replies.Seen, _ answered: Message, in id: ID<Conversation>, by colleague: ID<Colleague>) throws {
        guard answered.removedAt == nil else { throw Refusal.messageGone }
        guard answered.revision == seen.revision else { throw Refusal.textChanged }
        if let lease = try lease(on: id), lease.colleague != colleague {
            throw Refusal.leaseHeld(by: lease.name, since: lease.since)
        }
        let newest = try newestAnswer(in: id)
        guard newest?.id == seen.answer else { throw Refusal.answeredMeanwhile(by: newest?.name) }
    }
}
