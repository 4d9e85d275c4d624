import Networks

/// One message of a conversation, whoever wrote it.
public struct MessageValue: PageValue, Hashable {
    public enum Kind: String, Sendable {
        /// A post of ours or of others that the conversation stands under.
        case post
        /// What somebody said in another conversation, where a message answers it.
        case other
        /// A citizen's message.
        case inbound = "in"
        /// Sent from the desk.
        case outbound = "out"
        /// Sent from our account, but not from the desk.
        case native
        /// Seen by colleagues only.
        case note
    }

    let id: String
    /// Which view its deeds lead back to.
    let query: String
    let kind: Kind
    let author: String
    /// `user@host`; `nil` for colleagues.
    let handle: String?
    let time: Moment
    /// `nil` where it was never changed.
    let editedAt: Moment?
    let earlier: [EarlierVersion]
    /// In words, who took the text away and when; the message then has no body.
    let removed: String?
    /// The content warning.
    let warning: String?
    let body: [TextPiece]
    let language: String?
    let audience: Audience
    let media: [MediaValue]
    let poll: PollValue?
    /// Of a note: how the citizen got their answer elsewhere, in words.
    let answered: String?
    /// „3 Mal geteilt, 12 Mal Gefällt mir“; `nil` where nobody did.
    let reactions: String?
    /// Where it stands on the network.
    let url: String?
    /// Where everything that stands under this post of ours is; `nil` for what is none.
    let postPath: String?
    /// What became of our act; `nil` for what others wrote.
    let deliveries: [DeliveryValue]
    let deeds: MessageDeeds

    public init(
        id: String, query: String = "", kind: Kind, author: String, handle: String? = nil, time: Moment, editedAt: Moment? = nil,
        earlier: [EarlierVersion] = [], removed: String? = nil, warning: String? = nil, body: [TextPiece], language: String? = nil,
        audience: Audience, media: [MediaValue] = [], poll: PollValue? = nil, answered: String? = nil, reactions: String? = nil, url: String? = nil, postPath: String? = nil,
        deliveries: [DeliveryValue] = [], deeds: MessageDeeds = MessageDeeds()
    ) {
        self.id = id
        self.query = query
        self.kind = kind
        self.author = author
        self.handle = handle
        self.time = time
        self.editedAt = editedAt
        self.earlier = earlier
        self.removed = removed
        self.warning = warning
        self.body = body
        self.language = language
        self.audience = audience
        self.media = media
        self.poll = poll
        self.answered = answered
        self.reactions = reactions
        self.url = url
        self.postPath = postPath
        self.deliveries = deliveries
        self.deeds = deeds
    }

    /// Equality decides; to hash every word of it for every page costs more than it finds.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    public static let fields: Fields<MessageValue> = [
        "id": \.id, "query": \.query, "kind": \.kind.rawValue, "author": \.author, "handle": \.handle, "time": \.time,
        "editedAt": \.editedAt,
        "earlier": \.earlier, "hasEarlier": { !$0.earlier.isEmpty }, "removed": \.removed, "warning": \.warning,
        "body": { TextPiece.markup(of: $0.body) },
        "language": \.language, "isPublic": { $0.audience == .everybody }, "audience": \.audience, "media": \.media,
        "hasMedia": { !$0.media.isEmpty }, "poll": \.poll,
        "answered": \.answered, "reactions": \.reactions, "url": \.url, "postPath": \.postPath, "deliveries": \.deliveries, "deeds": \.deeds, "isNote": { $0.kind == .note },
        "isNative": { $0.kind == .native }, "isPost": { $0.kind == .post },
        "isOther": { $0.kind == .other },
    ]
}

/// What a message said before it was changed.
public struct EarlierVersion: PageValue, Hashable {
    let time: Moment
    let warning: String?
    let body: [TextPiece]

    public init(time: Moment, warning: String?, body: [TextPiece]) {
        self.time = time
        self.warning = warning
        self.body = body
    }

    public static let fields: Fields<EarlierVersion> = ["time": \.time, "warning": \.warning, "body": { TextPiece.markup(of: $0.body) }]
}

/// What this colleague may do with one message now.
public struct MessageDeeds: PageValue, Hashable {
    let canLike: Bool
    let isLiked: Bool
    let canEdit: Bool
    let canDelete: Bool

    public init(canLike: Bool = false, isLiked: Bool = false, canEdit: Bool = false, canDelete: Bool = false) {
        self.canLike = canLike
        self.isLiked = isLiked
        self.canEdit = canEdit
        self.canDelete = canDelete
    }

    public static let fields: Fields<MessageDeeds> = [
        "canLike": \.canLike, "isLiked": \.isLiked, "canEdit": \.canEdit, "canDelete": \.canDelete,
    ]
}
