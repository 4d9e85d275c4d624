/// What a simulated server starts with.
public struct MastodonWorld: Sendable {
    public struct Person: Sendable {
        /// `stadt` for the server's own people, `ida@anderswo.example` for those of other servers.
        public var acct: String
        public var displayName: String
        public var note: String
        /// Members that replace those of the account's JSON: `bot`, `locked`, `emojis`.
        public var overrides: JSON?

        public init(acct: String, displayName: String, note: String = "", overrides: JSON? = nil) {
            self.acct = acct
            self.displayName = displayName
            self.note = note
            self.overrides = overrides
        }
    }

    /// The host in the server's global names; it need not be the address it listens on.
    public var domain: String
    public var title: String
    public var people: [Person]
    /// Requests per account in five minutes, as real servers have it; `nil` for no limit (load tests).
    public var requestLimit: Int?
    public var maxCharacters: Int
    /// People of other servers have their pages here too, because nothing answers at their own addresses.
    public var showsOthers = false

    public init(
        domain: String = "muster.example", title: String = "Mastodon-Nachbau", people: [Person], requestLimit: Int? = 300,
        maxCharacters: Int = 500
    ) {
        self.domain = domain
        self.title = title
        self.people = people
        self.requestLimit = requestLimit
        self.maxCharacters = maxCharacters
    }

    /// A town and a few citizens, enough to write to each other.
    public static let small = MastodonWorld(people: [
        Person(acct: "stadt", displayName: "Stadt Musterstadt", note: "Hier antwortet die Stadtverwaltung."),
        Person(acct: "erika", displayName: "Erika Beispiel"),
        Person(acct: "ida@anderswo.example", displayName: "Ida Anderswo"),
        Person(acct: "otto@nebenan.example", displayName: "Otto Nebenan"),
    ])
}
