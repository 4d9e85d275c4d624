/// Changing an answer that stands on the network already.
public struct MessageEditPage: PageValue {
    let frame: Frame
    let conversationID: String
    /// Which view it leads back to.
    let query: String
    let messageID: String
    let network: String
    let text: String
    let mention: String
    let limit: Int
    let length: Int
    /// Of the text that is shown: another one is not overwritten.
    let version: Int
    /// Made with the page: the same form sent twice changes once.
    let token: String

    public init(
        frame: Frame, conversationID: String, query: String, messageID: String, network: String, text: String, mention: String, limit: Int,
        length: Int,
        version: Int, token: String
    ) {
        self.frame = frame
        self.conversationID = conversationID
        self.query = query
        self.messageID = messageID
        self.network = network
        self.text = text
        self.mention = mention
        self.limit = limit
        self.length = length
        self.version = version
        self.token = token
    }

    public static let fields: Fields<MessageEditPage> = [
        "frame": \.frame, "conversationID": \.conversationID, "query": \.query, "messageID": \.messageID, "network": \.network,
        "text": \.text,
        "mention": \.mention, "limit": \.limit, "length": \.length, "version": \.version, "token": \.token,
    ]
}

/// Asks before an answer of ours is taken down from the network.
public struct MessageDeletionPage: PageValue {
    let frame: Frame
    let conversationID: String
    /// Which view it leads back to.
    let query: String
    let messageID: String
    let network: String
    let body: [TextPiece]
    /// Made with the page: the same form sent twice deletes once.
    let token: String

    public init(frame: Frame, conversationID: String, query: String, messageID: String, network: String, body: [TextPiece], token: String) {
        self.frame = frame
        self.conversationID = conversationID
        self.query = query
        self.messageID = messageID
        self.network = network
        self.body = body
        self.token = token
    }

    public static let fields: Fields<MessageDeletionPage> = [
        "frame": \.frame, "conversationID": \.conversationID, "query": \.query, "messageID": \.messageID, "network": \.network,
        "body": { TextPiece.markup(of: $0.body) },
        "token": \.token,
    ]
}

/// Asks an admin before everything a citizen wrote is erased.
public struct ErasurePage: PageValue {
    let frame: Frame
    let conversationID: String
    let who: String
    let handle: String
    /// „12 Nachrichten in 3 Gesprächen“; `nil` where nobody counted.
    let extent: String?
    let reason: String

    public init(
        frame: Frame, conversationID: String, who: String, handle: String, messages: Int? = nil, conversations: Int? = nil,
        reason: String = "", words: Words
    ) {
        self.frame = frame
        self.conversationID = conversationID
        self.who = who
        self.handle = handle
        if let messages, let conversations {
            extent = words("erasure.extent", [
                "messages": words.count("erasure.messages", messages),
                "conversations": words.count("erasure.conversations", conversations),
            ])
        } else {
            extent = nil
        }
        self.reason = reason
    }

    public static let fields: Fields<ErasurePage> = [
        "frame": \.frame, "conversationID": \.conversationID, "who": \.who, "handle": \.handle, "extent": \.extent, "reason": \.reason,
    ]
}
