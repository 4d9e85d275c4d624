/// A status as tests and the page look at it: the network's truth, whoever may see it.
public struct SimulatedPost: Sendable, Equatable {
    public struct Attachment: Sendable, Equatable {
        public var id: String
        public var contentType: String
        public var description: String?
        public var url: String
    }

    public var id: String
    /// The global name of it.
    public var uri: String
    public var url: String
    public var acct: String
    public var text: String
    public var warning: String
    public var language: String?
    /// `public`, `unlisted`, `private` or `direct`.
    public var visibility: String
    /// The id of what it answers.
    public var replyTo: String?
    /// Handles of whom it names.
    public var mentions: [String]
    public var media: [Attachment]
    public var pollOptions: [String]
    public var favouritedBy: [String]
    public var isEdited: Bool
    public var createdAt: String

    var json: JSON {
        [
            "id": .string(id), "uri": .string(uri), "url": .string(url), "acct": .string(acct), "text": .string(text),
            "spoiler_text": .string(warning), "language": JSON(language), "visibility": .string(visibility), "reply_to": JSON(replyTo),
            "mentions": JSON(mentions), "favourited_by": JSON(favouritedBy), "edited": .bool(isEdited), "created_at": .string(createdAt),
            "poll": JSON(pollOptions),
            "media": .array(
                media.map {
                    [
                        "id": .string($0.id), "type": .string($0.contentType), "description": JSON($0.description), "url": .string($0.url),
                    ]
                }),
        ]
    }
}
