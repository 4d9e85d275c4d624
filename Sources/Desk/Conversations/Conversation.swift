import Foundation
import Networks
import Store

/// One citizen's thread under one post, or one private correspondence per citizen and channel. What the team works on.
public struct Conversation: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable, SQLValueConvertible {
        /// Somebody owes an answer.
        case open
        /// A follow-up date is set.
        case waiting
        /// The last word is ours.
        case answered
        case closed
    }

    public enum Closing: String, Sendable, SQLValueConvertible {
        case answered
        case noReplyNeeded = "no_reply_needed"
    }

    public let id: ID<Conversation>
    public let channel: ID<Channel>
    public let citizen: ID<Citizen>
    /// The network's global name of the post at the root; for a private correspondence, of its channel.
    public let thread: String
    public private(set) var visibility: Visibility
    public private(set) var state: State  // changed by the verbs in this file and nowhere else
    public private(set) var closedBecause: Closing?
    public private(set) var assignee: ID<Colleague>?
    /// The citizen's newest message; `nil` once everything of theirs was erased.
    public private(set) var lastMessage: ID<Message>?
    /// When something last came in: the inbox is sorted by it.
    public private(set) var lastAt: Date

    /// The citizen wrote: somebody owes an answer again.
    /// - Returns: Whether that reopened it.
    mutating func hear(_ message: ID<Message>, at time: Date) -> Bool {
        let reopens = state != .open
        // History comes in any order.
        if lastMessage == nil || time >= lastAt { lastMessage = message }
        lastAt = max(lastAt, time)
        state = .open
        closedBecause = nil
        return reopens
    }

    /// We answered, here or in the network's own app.
    mutating func answer() {
        state = .answered
        closedBecause = nil
    }

    /// What we said was taken back or refused: the answer is owed again.
    mutating func oweAgain() {
        state = .open
        closedBecause = nil
    }

    /// Closes the conversation; the next message from outside opens it again.
    /// - Throws: `Refusal.nobodyHasAnswered` while the last word is the citizen's, `.alreadyClosed`.
    mutating func close(_ closing: Closing) throws(Refusal) {
        guard state != .closed else { throw .alreadyClosed }
        guard closing == .noReplyNeeded || state == .answered else { throw .nobodyHasAnswered }
        state = .closed
        closedBecause = closing
    }

    /// - Throws: `Refusal.alreadyOpen`.
    mutating func reopen() throws(Refusal) {
        guard state != .open else { throw .alreadyOpen }
        state = .open
        closedBecause = nil
    }

    /// - Parameter colleague: `nil` gives it back to all.
    /// - Returns: Whether that changed anything.
    mutating func assign(to colleague: ID<Colleague>?) -> Bool {
        guard assignee != colleague else { return false }
        assignee = colleague
        return true
    }

    /// The newest message was erased, with all others of this citizen.
    mutating func forget() {
        lastMessage = nil
        if state == .open { (state, closedBecause) = (.closed, .noReplyNeeded) }
    }
}

extension Conversation {
    /// One that begins with what somebody is about to say.
    init(
        _ id: ID<Conversation>, on channel: ID<Channel>, with citizen: ID<Citizen>, under thread: String, _ visibility: Visibility,
        at time: Date
    ) {
        self.id = id
        self.channel = channel
        self.citizen = citizen
        self.thread = thread
        self.visibility = visibility
        state = .open
        lastAt = time
    }

    init(_ row: Row) throws {
        id = try row["id"]
        channel = try row["channel_id"]
        citizen = try row["citizen_id"]
        thread = try row["thread"]
        visibility = try row["visibility"]
        state = try row["state"]
        closedBecause = try row["closed_because"]
        assignee = try row["assignee_id"]
        lastMessage = try row["last_message_id"]
        lastAt = try row["last_at"]
    }
}

extension Visibility: SQLValueConvertible {}

extension Database {
    /// - Throws: `Refusal.notFound`.
    func conversation(_ id: ID<Conversation>) throws -> Conversation {
        guard let row = try row("SELECT * FROM conversation WHERE id = \(id)") else { throw Refusal.notFound }
        return try Conversation(row)
    }

    func insert(_ conversation: Conversation) throws {
        try add(
            Insert(
                "conversation", "id, channel_id, citizen_id, thread, visibility, state, last_message_id, last_at",
                """
                \(conversation.id), \(conversation.channel), \(conversation.citizen), \(conversation.thread),
                \(conversation.visibility), \(conversation.state), \(conversation.lastMessage), \(conversation.lastAt)
                """))
    }

    func save(_ conversation: Conversation) throws {
        try later(
            """
            UPDATE conversation SET state = \(conversation.state), closed_because = \(conversation.closedBecause),
                assignee_id = \(conversation.assignee), last_message_id = \(conversation.lastMessage), last_at = \(conversation.lastAt)
            WHERE id = \(conversation.id)
            """)
    }
}
