import Foundation

/// What a network told us, in words that hold for every network.
public enum InboundEvent: Sendable, Equatable {
    /// Somebody wrote something, or changed it; we tell by its ``InboundMessage/object`` whether we have it.
    case message(InboundMessage)
    /// Something was taken down. Its name is the network's local one, because deletions carry no other.
    case removed(localID: String)
    /// Somebody likes or shares something of ours.
    case reaction(Reaction)
}

/// A post, comment or private message as it stood on the network.
public struct InboundMessage: Sendable, Equatable {
    /// The network's global name of it.
    public var object: String
    /// What this channel's server calls it; needed to answer, edit and delete.
    public var localID: String
    public var author: Author
    /// Written by the connected account itself: by us, or by a colleague in the native app.
    public var isOurs: Bool
    /// Plain text. Links stand in it as full URLs, mentions as `@user@host`, lines end with `\n`. No NUL.
    public var text: String
    /// The content warning or subject; `nil` where there is none.
    public var warning: String?
    /// Its writer asks not to show its pictures unasked.
    public var isSensitive: Bool
    public var visibility: Visibility
    /// The network's own word for it, kept when we answer.
    public var networkVisibility: String
    /// BCP 47, as the writer's app claimed.
    public var language: String?
    /// The local name of what it answers; `nil` for a thread's beginning.
    public var parentLocalID: String?
    /// It answers one of our own.
    public var answersUs: Bool
    /// It names us.
    public var mentionsUs: Bool
    /// Whom it names beside us, as `user@host`.
    public var mentions: [String]
    /// Where it stands on the web; `nil` where it has no page.
    public var url: String?
    /// Times of the network: shown, never trusted for order or deadlines.
    public var writtenAt: Date
    public var editedAt: Date?
    public var media: [InboundMedia]
    public var poll: Poll?
    /// Images for `:shortcode:` in text and names.
    public var emoji: [CustomEmoji]
    /// How often it was answered, liked and shared, as far as this server knows.
    public var replies: Int
    public var likes: Int
    public var shares: Int

    public init(
        object: String, localID: String, author: Author, isOurs: Bool = false, text: String, warning: String? = nil, isSensitive: Bool = false,
        visibility: Visibility = .public, networkVisibility: String = "public", language: String? = nil, parentLocalID: String? = nil,
        answersUs: Bool = false, mentionsUs: Bool = false, mentions: [String] = [], url: String? = nil, writtenAt: Date,
        editedAt: Date? = nil, media: [InboundMedia] = [], poll: Poll? = nil, emoji: [CustomEmoji] = [], replies: Int = 0,
        likes: Int = 0, shares: Int = 0
    ) {
        self.object = object
        self.localID = localID
        self.author = author
        self.isOurs = isOurs
        self.text = text
        self.warning = warning
        self.isSensitive = isSensitive
        self.visibility = visibility
        self.networkVisibility = networkVisibility
        self.language = language
        self.parentLocalID = parentLocalID
        self.answersUs = answersUs
        self.mentionsUs = mentionsUs
        self.mentions = mentions
        self.url = url
        self.writtenAt = writtenAt
        self.editedAt = editedAt
        self.media = media
        self.poll = poll
        self.emoji = emoji
        self.replies = replies
        self.likes = likes
        self.shares = shares
    }
}

/// Unlisted counts as public; followers-only and direct as private.
public enum Visibility: String, Sendable, Codable, CaseIterable { case `public`, `private` }

public struct Author: Sendable, Equatable {
    /// The network's global name of the account.
    public var object: String
    public var localID: String
    /// `user@host`.
    public var handle: String
    /// As they wrote it, plain text; the handle where they left it empty.
    public var displayName: String
    public var avatarURL: String?
    public var profileURL: String?
    public var isBot: Bool

    public init(
        object: String, localID: String, handle: String, displayName: String, avatarURL: String? = nil, profileURL: String? = nil,
        isBot: Bool = false
    ) {
        self.object = object
        self.localID = localID
        self.handle = handle
        self.displayName = displayName
        self.avatarURL = avatarURL
        self.profileURL = profileURL
        self.isBot = isBot
    }
}

public struct InboundMedia: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable { case image, video, audio, file
        /// A picture that stands in a text, by a code.
        case emoji
    }
    public var kind: Kind
    /// Where to fetch it, with the guarded client; `nil` while the network still works on it.
    public var url: String?
    /// The writer's words for those who can't see it.
    public var altText: String?

    public init(kind: Kind, url: String?, altText: String?) {
        self.kind = kind
        self.url = url
        self.altText = altText
    }
}

public struct Poll: Sendable, Equatable, Codable {
    public struct Option: Sendable, Equatable, Codable {
        public var title: String
        /// `nil` where the network hides the votes until the end.
        public var votes: Int?
        public init(title: String, votes: Int?) {
            self.title = title
            self.votes = votes
        }
    }
    public var options: [Option]
    public var endsAt: Date?
    public var allowsMany: Bool
    public init(options: [Option], endsAt: Date?, allowsMany: Bool) {
        self.options = options
        self.endsAt = endsAt
        self.allowsMany = allowsMany
    }
}

public struct CustomEmoji: Sendable, Equatable, Codable {
    public var shortcode: String
    public var url: String
    public init(shortcode: String, url: String) {
        self.shortcode = shortcode
        self.url = url
    }
}

public struct Reaction: Sendable, Equatable {
    public enum Kind: String, Sendable, Codable { case like, share }
    public var kind: Kind
    /// The global name of what it is about.
    public var object: String
    public var by: Author
    public init(kind: Kind, object: String, by: Author) {
        self.kind = kind
        self.object = object
        self.by = by
    }
}
