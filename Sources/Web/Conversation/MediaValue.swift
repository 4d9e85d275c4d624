/// A picture, film, sound or file that came or goes with a message.
public struct MediaValue: PageValue, Hashable {
    public enum Kind: String, Sendable { case image, video, audio, file }
    public enum State: Sendable, Hashable {
        /// It lies on our own host.
        case here(path: String)
        case loading
        case tooLarge
        /// Could not be fetched.
        case missing
        case removed
    }

    let kind: Kind
    let state: State
    let altText: String?

    public init(kind: Kind, state: State, altText: String?) {
        self.kind = kind
        self.state = state
        self.altText = altText
    }

    private var path: String? {
        if case .here(let path) = state { path } else { nil }
    }

    public static let fields: Fields<MediaValue> = [
        "kind": \.kind.rawValue, "altText": \.altText, "path": \.path, "isImage": { $0.kind == .image }, "isVideo": { $0.kind == .video },
        "isAudio": { $0.kind == .audio }, "isFile": { $0.kind == .file }, "isLoading": { $0.state == .loading },
        "isTooLarge": { $0.state == .tooLarge }, "isMissing": { $0.state == .missing }, "isRemoved": { $0.state == .removed },
    ]
}

/// A question with answers to choose from, as it stood when we last looked.
public struct PollValue: PageValue, Hashable {
    public struct Option: PageValue, Hashable {
        let title: String
        /// „12 Stimmen“; `nil` where the network hides them until the end.
        let votes: String?

        public init(title: String, votes: String?) {
            self.title = title
            self.votes = votes
        }

        public static let fields: Fields<Option> = ["title": \.title, "votes": \.votes]
    }

    let options: [Option]
    let endsAt: Moment?
    let allowsMany: Bool

    public init(options: [Option], endsAt: Moment?, allowsMany: Bool) {
        self.options = options
        self.endsAt = endsAt
        self.allowsMany = allowsMany
    }

    public static let fields: Fields<PollValue> = ["options": \.options, "endsAt": \.endsAt, "allowsMany": \.allowsMany]
}
