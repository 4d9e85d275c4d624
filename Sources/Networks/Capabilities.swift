/// What a channel can do, as data: the desk shows only what works there and never asks which network it is.
public struct Capabilities: Sendable, Equatable, Codable {
    public enum Ability: String, Sendable, Codable, CaseIterable {
        case publicReply, privateMessage, like, editOwn, deleteOwn, media, altText, contentWarning, split
    }

    public var abilities: Set<Ability>
    /// The longest reply, in the unit in which ``Network/length(of:)`` counts.
    public var maxLength: Int
    /// Files that go with one reply.
    public var maxMedia: Int
    /// In characters.
    public var maxAltText: Int
    /// In bytes.
    public var maxImageSize: Int
    /// MIME types that the server takes.
    public var mediaTypes: [String]
    /// The server pushes what is new while a connection stays open; otherwise we ask again and again.
    public var streams: Bool
    /// For how many seconds the server is known to honour an idempotency key; 0 where it is not known to.
    public var idempotencySeconds: Int
    /// What this server was found not to offer, in the adapter's words, for the channel's page.
    public var missing: [String]

    public init(
        abilities: Set<Ability>, maxLength: Int, maxMedia: Int, maxAltText: Int, maxImageSize: Int, mediaTypes: [String],
        streams: Bool, idempotencySeconds: Int, missing: [String]
    ) {
        self.abilities = abilities
        self.maxLength = maxLength
        self.maxMedia = maxMedia
        self.maxAltText = maxAltText
        self.maxImageSize = maxImageSize
        self.mediaTypes = mediaTypes
        self.streams = streams
        self.idempotencySeconds = idempotencySeconds
        self.missing = missing
    }

    public func can(_ ability: Ability) -> Bool { abilities.contains(ability) }
}
