import Foundation
import Networks
import Store

/// Where something stands that a message answers.
struct Place {
    /// `nil` for a post: conversations stand under it, it is in none.
    let conversation: ID<Conversation>?
    /// The object at the root.
    let thread: String
    let isPublic: Bool
}

extension Database {
    /// Whether a thing with this global name is a message or a post already.
    func isKnown(_ object: String, on channel: Channel) throws -> Bool {
        try row(
            """
            SELECT 1 FROM message WHERE network = \(channel.network) AND object = \(object)
            UNION ALL SELECT 1 FROM post WHERE network = \(channel.network) AND object = \(object) LIMIT 1
            """) != nil
    }

    /// Notes by which name a channel's server knows a thing of the network.
    func name(_ object: String, _ localID: String, on channel: ID<Channel>) throws {
        try run(
            "INSERT INTO local_name (channel_id, local_id, object) VALUES (\(channel), \(localID), \(object)) ON CONFLICT DO NOTHING")
    }

    /// The thing that a channel's server knows by this name; `nil` where we never heard of it.
    func object(named localID: String, on channel: ID<Channel>) throws -> String? {
        try value("SELECT object FROM local_name WHERE channel_id = \(channel) AND local_id = \(localID)")
    }

    /// - Parameter network: Of the channel.
    /// - Returns: `nil` where we know nothing of that name.
    func place(ofParent localID: String, on channel: ID<Channel>, _ network: String) throws -> Place? {
        guard let object = try object(named: localID, on: channel) else { return nil }
        if let row = try row(
            """
            SELECT conversation.id, conversation.thread, conversation.visibility
            FROM message JOIN conversation ON conversation.id = message.conversation_id
            WHERE message.network = \(network) AND message.object = \(object)
            """)
        {
            let visibility: Visibility = try row["visibility"]
            return Place(conversation: try row["id"], thread: try row["thread"], isPublic: visibility == .public)
        }
        guard let row = try row("SELECT thread, visibility FROM post WHERE network = \(network) AND object = \(object)") else {
            return nil
        }
        let visibility: Visibility = try row["visibility"]
        return Place(conversation: nil, thread: try row["thread"], isPublic: visibility == .public)
    }

    /// Whether the journal holds a deletion of this local name.
    func wasDeleted(_ localID: String, on channel: ID<Channel>) throws -> Bool {
        try row("SELECT 1 FROM item WHERE channel_id = \(channel) AND object = \("id:" + localID) AND verb = 'delete'") != nil
    }

    func hasMessage(_ direction: Message.Direction, in conversation: ID<Conversation>, after time: Date) throws -> Bool {
        try row(
            """
            SELECT 1 FROM message WHERE conversation_id = \(conversation) AND direction = \(direction) AND written_at > \(time)
                AND removed_at IS NULL LIMIT 1
            """) != nil
    }

    func dropPost(_ object: String, on network: String, at time: Date) throws {
        guard let id: ID<Post> = try value("SELECT id FROM post WHERE network = \(network) AND object = \(object)") else { return }
        try dropMedia(of: "post_id = \(id)", sweepAt: time + MediaFiles.keptUnused)
        try run("DELETE FROM post WHERE id = \(id)")
    }

    func insert(
        _ heard: Intake.Heard, direction: Message.Direction, in conversation: ID<Conversation>, citizen: ID<Citizen>?,
        channel: Channel, at time: Date
    ) throws -> ID<Message> {
        let message = heard.message
        let id: ID<Message>? = try value(
            """
            INSERT INTO message (conversation_id, channel_id, network, direction, object, local_id, citizen_id, text, warning, language,
                                 visibility, network_visibility, parent_local_id, url, poll, likes, shares, received_at, written_at,
                                 edited_at)
            VALUES (\(conversation), \(channel.id), \(channel.network), \(direction), \(message.object), \(message.localID), \(citizen),
                    \(message.text), \(message.warning), \(message.language), \(message.visibility), \(message.networkVisibility),
                    \(message.parentLocalID), \(message.url), \(heard.poll), \(message.likes), \(message.shares), \(time),
                    \(message.writtenAt), \(message.editedAt))
            RETURNING id
            """)
        let inserted = try id.orNotFound()
        try dialect.index(message: inserted.rawValue, tokens: heard.tokens, into: self)
        try insert(message.media, message: inserted, post: nil, at: time)
        try insert(emoji: message.emoji, in: message.text, message: inserted, at: time)
        return inserted
    }

    func keepEarlier(_ text: String, warning: String?, writtenAt: Date, of message: ID<Message>) throws {
        guard try row("SELECT 1 FROM earlier_text WHERE message_id = \(message) AND written_at = \(writtenAt)") == nil else { return }
        try run(
            "INSERT INTO earlier_text (message_id, text, warning, written_at) VALUES (\(message), \(text), \(warning), \(writtenAt))")
    }

    /// Whether this is a reply of ours that is on its way or whose fate is unknown. If so it is known now: it is public.
    func recogniseEcho(of heard: InboundMessage, in conversation: ID<Conversation>, at time: Date) throws -> Bool {
        let candidates = try rows(
            """
            SELECT delivery.*, message.text AS reply FROM message JOIN delivery ON delivery.message_id = message.id AND delivery.act = 'reply'
            WHERE message.conversation_id = \(conversation) AND message.direction = 'out' AND message.object IS NULL
                AND message.parent_local_id = \(heard.parentLocalID)
                AND (delivery.state IN ('sending', 'unclear', 'delivered') OR delivery.first_sent_at IS NOT NULL)
            ORDER BY message.id
            """)
        guard let echo = try candidates.first(where: { Echo.isSame(try $0["reply"], as: heard.text) }) else { return false }
        let delivery = try Delivery(echo)
        let published = Published(object: heard.object, localID: heard.localID, url: heard.url)
        switch delivery.state {
        // Its courier is about to hear the same.
        case .sending, .delivered: try adopt(published, as: message(delivery.message))
        default: try deliver(delivery, as: published, at: time)
        }
        return true
    }
}
