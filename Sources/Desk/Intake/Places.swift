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

    /// - Returns: `nil` where nothing stands there any more.
    init?(_ row: Row) throws {
        guard let root: String = try row["thread"] else { return nil }
        let visibility: Visibility = try row["visibility"]
        (conversation, thread, isPublic) = (try row["id"], root, visibility == .public)
    }
}

extension Database {
    /// Notes by which name a channel's server knows a thing of the network.
    func name(_ object: String, _ localID: String, on channel: ID<Channel>) throws {
        try add(
            Insert(
                "local_name", "channel_id, local_id, object", "\(channel), \(localID), \(object)", conflict: "ON CONFLICT DO NOTHING"))
    }

    /// The thing that a channel's server knows by this name; `nil` where we never heard of it.
    func object(named localID: String, on channel: ID<Channel>) throws -> String? {
        try value("SELECT object FROM local_name WHERE channel_id = \(channel) AND local_id = \(localID)")
    }

    /// Where things stand, by the names that a channel's server has for them; without those that we know nothing of.
    func places(_ localIDs: Set<String>, on channel: Channel) throws -> [String: Place] {
        guard !localIDs.isEmpty else { return [:] }
        return try rows("\(sql: Self.places(on: channel)) \(in: localIDs.sorted())")
            .reduce(into: [:]) { $0[try $1["local_id"]] = try Place($1) }
    }

    /// - Returns: `nil` where we know nothing of that name.
    func place(_ localID: String, on channel: Channel) throws -> Place? {
        try row("\(sql: Self.places(on: channel)) = \(localID)").flatMap(Place.init)
    }

    private static func places(on channel: Channel) -> SQL {
        """
        SELECT local_name.local_id, conversation.id, COALESCE(conversation.thread, post.thread) AS thread,
            COALESCE(conversation.visibility, post.visibility) AS visibility
        FROM local_name LEFT JOIN message ON message.network = \(channel.network) AND message.object = local_name.object
        LEFT JOIN conversation ON conversation.id = message.conversation_id
        LEFT JOIN post ON post.network = \(channel.network) AND post.object = local_name.object
        WHERE local_name.channel_id = \(channel.id) AND local_name.local_id
        """
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
        _ heard: Intake.Heard, as id: ID<Message>, direction: Message.Direction, cameAs: Message.Arrival? = nil,
        in conversation: ID<Conversation>, citizen: ID<Citizen>?, channel: Channel, at time: Date
    ) throws {
        let message = heard.message
        try add(
            Insert(
                "message",
                """
                id, conversation_id, channel_id, network, direction, object, local_id, citizen_id, text, warning, is_sensitive, language,
                visibility, network_visibility, parent_local_id, url, poll, likes, shares, received_at, written_at, edited_at,
                came_as
                """,
                """
                \(id), \(conversation), \(channel.id), \(channel.network), \(direction), \(message.object), \(message.localID), \(citizen),
                \(message.text), \(message.warning), \(message.isSensitive), \(message.language), \(message.visibility),
                \(message.networkVisibility), \(message.parentLocalID), \(message.url), \(heard.poll), \(message.likes), \(message.shares), \(time),
                \(message.writtenAt), \(message.editedAt), \(cameAs)
                """))
        try dialect.index(message: id.rawValue, tokens: heard.tokens, into: self)
        try insert(message.media, message: id, post: nil, at: time)
        try insert(emoji: message.emoji, in: message.text, message: id, at: time)
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
