/// Changing an answer that stands on the network already.
public struct MessageEditPage: PageValue {
    let frame: Frame
    let conversationID: String
    let messageID: String
    let network: String
    let text: String
    let mention: String
    let limit: Int
    let length: Int
    /// `nil` where the answer had none.
    let warning: String?
    /// Which version is being changed: refused where it changed meanwhile.
    let version: String

    public init(
        frame: Frame, conversationID: String, messageID: String, network: String, text: String, mention: String, limit: Int, length: Int,
        warning: String?, version: String
    ) {
        self.frame = frame
        self.conversationID = conversationID
        self.messageID = messageID
        self.network = network
        self.text = text
        self.mention = mention
        self.limit = limit
        self.length = length
        self.warning = warning
        self.version = version
    }

    public static let fields: Fields<MessageEditPage> = [
        "frame": \.frame, "conversationID": \.conversationID, "messageID": \.messageID, "network": \.network, "text": \.text,
        "mention": \.mention, "limit": \.limit, "length": \.length, "hasWarning": { $0.warning != nil },
        "warning": { $0.warning ?? "" }, "version": \.version,
    ]
}

/// Asks before an answer of ours is taken down from the network.
public struct MessageDeletionPage: PageValue {
    let frame: Frame
    let conversationID: String
    let messageID: String
    let network: String
    let body: [TextPiece]
    let reason: String

    public init(frame: Frame, conversationID: String, messageID: String, network: String, body: [TextPiece], reason: String = "") {
        self.frame = frame
        self.conversationID = conversationID
        self.messageID = messageID
        self.network = network
        self.body = body
        self.reason = reason
    }

    public static let fields: Fields<MessageDeletionPage> = [
        "frame": \.frame, "conversationID": \.conversationID, "messageID": \.messageID, "network": \.network, "body": \.body,
        "reason": \.reason,
    ]
}

/// Asks an admin before everything a citizen wrote is erased.
public struct ErasurePage: PageValue {
    let frame: Frame
    let conversationID: String
    let who: String
    let handle: String
    /// „12 Nachrichten in 3 Gesprächen“.
    let extent: String
    let reason: String

    public init(
        frame: Frame, conversationID: String, who: String, handle: String, messages: Int, conversations: Int, reason: String = "",
        words: Words
    ) {
        self.frame = frame
        self.conversationID = conversationID
        self.who = who
        self.handle = handle
        extent = words("erasure.extent", [
            "messages": words.count("erasure.messages", messages), "conversations": words.count("erasure.conversations", conversations),
        ])
        self.reason = reason
    }

    public static let fields: Fields<ErasurePage> = [
        "frame": \.frame, "conversationID": \.conversationID, "who": \.who, "handle": \.handle, "extent": \.extent, "reason": \.reason,
    ]
}
