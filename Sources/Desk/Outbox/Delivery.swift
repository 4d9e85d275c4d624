import Foundation
import Networks
import Store

/// An outgoing act, on its way to a network.
public struct Delivery: Sendable, Equatable {
    public enum Act: String, Sendable, SQLValueConvertible {
        case reply, edit, delete, like, unlike

        /// What a channel must be able to do for it; `nil` for a reply, without which a channel is none.
        var ability: Capabilities.Ability? {
            switch self {
            case .reply: nil
            case .edit: .editOwn
            case .delete: .deleteOwn
            case .like, .unlike: .like
            }
        }

        /// Doing it twice leaves the network as doing it once would.
        var isRepeatable: Bool { self == .delete || self == .like || self == .unlike }
    }

    public enum State: String, Sendable, SQLValueConvertible {
        case waiting, claimed
        /// Committed just before the first byte.
        case sending
        case delivered, failed
        /// Nobody can say whether it became public: a colleague looks and settles it.
        case unclear
        case withdrawn
    }

    public let id: ID<Delivery>
    public let channel: ID<Channel>
    public let conversation: ID<Conversation>
    public let message: ID<Message>
    public let act: Act
    public let text: String?
    public let key: String
    /// Shared by the parts of one long answer.
    let letter: String
    public let colleague: ID<Colleague>
    public let state: State
    public let claim: String?
    public let dueAt: Date
    public let tries: Int
    public let firstSentAt: Date?
    public let failure: DeliveryFailure?

    init(_ row: Row) throws {
        id = try row["id"]
        channel = try row["channel_id"]
        conversation = try row["conversation_id"]
        message = try row["message_id"]
        act = try row["act"]
        text = try row["text"]
        key = try row["key"]
        letter = try row["letter"]
        colleague = try row["colleague_id"]
        state = try row["state"]
        claim = try row["claim"]
        dueAt = try row["due_at"]
        tries = try row["tries"]
        firstSentAt = try row["first_sent_at"]
        let detail: String? = try row["failure_detail"]
        failure = try (row["failure"] as String?).map { DeliveryFailure(name: $0, detail: detail ?? "") }
    }
}

extension Database {
    /// Writes an act into the outbox. It leaves through the channel by which we know the message: only there its local name holds.
    func enqueue(
        _ act: Delivery.Act, of message: Message, text: String? = nil, letter: String, part: Int = 1, by colleague: ID<Colleague>,
        due: Date, verb: Verb, at time: Date
    ) throws {
        let key = part == 1 ? letter : "\(letter)-\(part)"
        let id: ID<Delivery>? = try value(
            """
            INSERT INTO delivery (channel_id, conversation_id, message_id, act, text, key, letter, colleague_id, due_at)
            VALUES (\(message.channel), \(message.conversation), \(message.id), \(act), \(text), \(key), \(letter), \(colleague), \(due))
            RETURNING id
            """)
        try record(
            Event(
                verb, by: .colleague(colleague), at: time, channel: message.channel, conversation: message.conversation,
                message: message.id, delivery: id))
    }

    /// Whether no act was written with this form's token yet.
    func isNew(_ token: String) throws -> Bool {
        try row("SELECT 1 FROM delivery WHERE letter = \(token) LIMIT 1") == nil
    }

    /// Whether what was written with this form's token was taken back: the form is used up, what is typed into it is not.
    func wasTakenBack(_ token: String) throws -> Bool {
        let states = try rows("SELECT DISTINCT state FROM delivery WHERE letter = \(token)").map { try $0["state"] as Delivery.State }
        return states == [.withdrawn]
    }

    /// - Throws: `Refusal.notFound`.
    func delivery(_ id: ID<Delivery>) throws -> Delivery {
        try Delivery(try row("SELECT * FROM delivery WHERE id = \(id)").orNotFound())
    }
}
