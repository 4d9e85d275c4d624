/// A picture that somebody attached: what is painted on it, and how they described it.
public struct TownPicture: Decodable, Sendable {
    public let motif: String
    /// Ground and figure, as `#rrggbb`.
    public let colours: [String]
    /// `nil` where a citizen forgot it.
    public let alt: String?
}

/// Something the town posted by itself.
public struct TownPost: Decodable, Sendable {
    public struct Poll: Decodable, Sendable {
        public let options: [String]
        /// Votes so far, by option.
        public let votes: [Int]
        /// How long it is open.
        public let hours: Int
    }

    public let key: String
    public let text: String
    public let language: String
    public let hoursBefore: Double
    public let media: [TownPicture]?
    public let poll: Poll?
}

/// Something a citizen writes: before the start, or while the demo runs.
public struct TownMessage: Decodable, Sendable {
    public let key: String
    public let citizen: String
    /// The key of the post or message that it answers.
    public let under: String?
    public let text: String
    public let language: String
    public let warning: String?
    public let media: [TownPicture]?
    public let hoursBefore: Double?
    public let minutesAfterStart: Double?
    /// `nil` for public.
    private let visibility: String?
    private let mentionsUs: Bool?
    public let editedTo: String?
    private let editAfterSeconds: Double?
    private let deleteAfterSeconds: Double?

    /// In Mastodon's words.
    public var networkVisibility: String { visibility ?? "public" }
    /// Where not, only who looks below the town's posts finds it.
    public var namesTheTown: Bool { mentionsUs ?? true }

    /// Seconds from the start, negative before it.
    var moment: Double { minutesAfterStart.map { $0 * 60 } ?? (hoursBefore ?? 0) * -3600 }
    var editMoment: Double? { editAfterSeconds.map { moment + $0 } }
    var deletionMoment: Double? { deleteAfterSeconds.map { moment + $0 } }
}

/// What the team answered before the start, in the network's own app.
public struct TownAnswer: Decodable, Sendable {
    public let message: String
    public let colleague: String
    public let minutesLater: Double
    public let text: String
}

/// What a colleague noted about a conversation.
public struct TownNote: Decodable, Sendable {
    public let message: String
    public let colleague: String
    public let minutesLater: Double
    public let text: String
}

/// What is so on the day of the demo.
public struct TownFact: Decodable, Sendable {
    public let colleague: String
    /// So long it holds, from the start on.
    public let hours: Double
    public let source: String
    public let text: String
}
