/// A conversation on paper: all that was said, who answered, and when it was printed.
public struct PrintPage: PageValue {
    public let language: Language
    let assets: String
    let authority: String
    let id: String
    let title: String
    let who: String
    /// `user@host`; `nil` where there is none any more.
    let handle: String?
    let network: NetworkBadge
    /// Which of our accounts it came through.
    let channel: String
    let state: String
    /// The colleague's name; `nil` where nobody has it.
    let assignee: String?
    /// When and by whom it was printed, in words.
    let printed: String
    /// Where it stands in this desk.
    let link: String
    let messages: [MessageValue]
    /// There are notes that can stand among them.
    let hasNotes: Bool
    let withNotes: Bool
    /// In words, that earlier ones are missing; `nil` where these are all.
    let missing: String?

    public init(
        language: Language, assets: String, authority: String, id: String, title: String, who: String, handle: String?, network: NetworkBadge,
        channel: String, state: String, assignee: String?, printed: String, link: String, messages: [MessageValue], hasNotes: Bool,
        withNotes: Bool, missing: String? = nil
    ) {
        self.language = language
        self.assets = assets
        self.authority = authority
        self.id = id
        self.title = title
        self.who = who
        self.handle = handle
        self.network = network
        self.channel = channel
        self.state = state
        self.assignee = assignee
        self.printed = printed
        self.link = link
        self.messages = messages
        self.hasNotes = hasNotes
        self.withNotes = withNotes
        self.missing = missing
    }

    public static let fields: Fields<PrintPage> = [
        "language": \.language.rawValue, "assets": \.assets, "authority": \.authority, "id": \.id, "title": \.title, "who": \.who,
        "handle": \.handle, "network": \.network, "channel": \.channel, "state": \.state, "assignee": \.assignee, "printed": \.printed,
        "link": \.link, "messages": \.messages, "hasNotes": \.hasNotes, "withNotes": \.withNotes, "missing": \.missing,
    ]
}
