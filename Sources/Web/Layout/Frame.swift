/// What surrounds every page of the desk: the rail, the notices, where assets lie.
public struct Frame: PageValue {
    public enum Place: String, Sendable {
        case start, inbox, posts, alarms, facts, snippets, channels, figures, team, account, elsewhere
    }

    public struct Myself: PageValue {
        let id: String
        let name: String
        let initials: String
        let isEditor: Bool
        /// The team's page is theirs to look at: of duty editors and admins.
        let seesTeam: Bool
        /// The list in airy rows instead of dense ones.
        let isAiry: Bool
        /// Single letters are deeds.
        let usesKeys: Bool

        public init(id: String, name: String, isEditor: Bool, seesTeam: Bool, isAiry: Bool = false, usesKeys: Bool = true) {
            self.id = id
            self.name = name
            self.initials = Initials.of(name)
            self.isEditor = isEditor
            self.seesTeam = seesTeam
            self.isAiry = isAiry
            self.usesKeys = usesKeys
        }

        public static let fields: Fields<Myself> = [
            "id": \.id, "name": \.name, "initials": \.initials, "isEditor": \.isEditor, "seesTeam": \.seesTeam, "isAiry": \.isAiry,
            "usesKeys": \.usesKeys,
        ]
    }

    public let language: Language
    let authority: String
    let assets: String
    let myself: Myself
    let place: Place
    /// The number of the last live event this page already shows.
    let live: String
    let alarms: AlarmCalls
    let flashes: [Flash]

    public init(
        language: Language, authority: String, assets: String, myself: Myself, place: Place, live: String = "0",
        alarms: AlarmCalls = AlarmCalls([]), flashes: [Flash] = []
    ) {
        self.language = language
        self.authority = authority
        self.assets = assets
        self.myself = myself
        self.place = place
        self.live = live
        self.alarms = alarms
        self.flashes = flashes
    }

    public static let fields: Fields<Frame> = [
        "language": \.language.rawValue, "authority": \.authority, "assets": \.assets, "myself": \.myself, "flashes": \.flashes, "live": \.live,
        "alarms": \.alarms, "atPosts": { $0.place == .posts }, "atAlarms": { $0.place == .alarms }, "atStart": { $0.place == .start },
        "atInbox": { $0.place == .inbox }, "atSnippets": { $0.place == .snippets }, "atFacts": { $0.place == .facts },
        "atChannels": { $0.place == .channels }, "atFigures": { $0.place == .figures }, "atTeam": { $0.place == .team },
        "atAccount": { $0.place == .account },
    ]
}

/// What surrounds the pages before the desk: signing in, setting up, trouble.
public struct Door: PageValue {
    public let language: Language
    /// `nil` before the authority is set up.
    let authority: String?
    let assets: String
    let flashes: [Flash]

    public init(language: Language, authority: String?, assets: String, flashes: [Flash] = []) {
        self.language = language
        self.authority = authority
        self.assets = assets
        self.flashes = flashes
    }

    public static let fields: Fields<Door> = [
        "language": \.language.rawValue, "authority": \.authority, "assets": \.assets, "flashes": \.flashes,
    ]
}
