import Crypto
import Foundation
import Store

/// One line of the record: who did what, to what, when. Ids and closed words only.
public struct Event: Sendable, Equatable {
    public enum Actor: Sendable, Equatable {
        case colleague(ID<Colleague>)
        case citizen(ID<Citizen>)
        /// The network told us, and not who.
        case network
        /// Somebody at the machine, by a command.
        case `operator`
        /// The program by itself.
        case schalter

        var kind: String {
            switch self {
            case .colleague: "colleague"
            case .citizen: "citizen"
            case .network: "network"
            case .operator: "operator"
            case .schalter: "schalter"
            }
        }

        var id: Int64? {
            switch self {
            case .colleague(let id): id.rawValue
            case .citizen(let id): id.rawValue
            default: nil
            }
        }
    }

    public var verb: Verb
    public var actor: Actor
    public var at: Date
    public var channel: ID<Channel>?
    public var conversation: ID<Conversation>?
    public var message: ID<Message>?
    public var delivery: ID<Delivery>?
    public var citizen: ID<Citizen>?
    public var colleague: ID<Colleague>?
    /// A word from a closed list, such as a state or a role.
    public var detail: String?
    /// Lies in a row of its own; the record keeps its salted hash.
    public var reason: String?

    public init(
        _ verb: Verb, by actor: Actor, at: Date, channel: ID<Channel>? = nil, conversation: ID<Conversation>? = nil,
        message: ID<Message>? = nil, delivery: ID<Delivery>? = nil, citizen: ID<Citizen>? = nil, colleague: ID<Colleague>? = nil,
        detail: String? = nil, reason: String? = nil
    ) {
        self.verb = verb
        self.actor = actor
        self.at = at
        self.channel = channel
        self.conversation = conversation
        self.message = message
        self.delivery = delivery
        self.citizen = citizen
        self.colleague = colleague
        self.detail = detail
        self.reason = reason
    }
}

extension Database {
    /// Writes an event, unsealed, into the transaction of its deed.
    func record(_ event: Event) throws {
        var reasonID: Int64?
        var digest: Data?
        if let reason = event.reason {
            let salt = Data(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
            digest = Record.digest(of: reason, salt: salt)
            reasonID = try value("INSERT INTO reason (salt, text) VALUES (\(salt), \(reason)) RETURNING id")
        }
        try add(
            Insert(
                "event",
                """
                verb, actor, actor_id, at, channel_id, conversation_id, message_id, delivery_id, citizen_id, colleague_id, detail, reason_id,
                reason_digest
                """,
                """
                \(event.verb), \(event.actor.kind), \(event.actor.id), \(event.at), \(event.channel), \(event.conversation),
                \(event.message), \(event.delivery), \(event.citizen), \(event.colleague), \(event.detail), \(reasonID), \(digest)
                """))
    }
}
