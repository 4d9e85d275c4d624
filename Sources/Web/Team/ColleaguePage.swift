/// One colleague, for admins: role, sessions, access; for duty editors, what they have.
public struct ColleaguePage: PageValue {
    let frame: Frame
    let id: String
    let name: String
    let email: String
    /// As they stand in the form.
    let typedName: String
    let typedEmail: String
    let roles: [Choice]
    let isActive: Bool
    let isMyself: Bool
    let hasSecondFactor: Bool
    /// „2 Sitzungen“; `nil` where there is none.
    let sessions: String?
    /// „5 Gespräche sind bei Jonas Bremer.“; `nil` where none is.
    let load: String?
    let role: String
    let canAdminister: Bool

    /// - Parameter role: The role's name.
    public init(
        frame: Frame, id: String, name: String, email: String, typedName: String? = nil, typedEmail: String? = nil, role: String,
        isActive: Bool, isMyself: Bool, hasSecondFactor: Bool = false, sessions: Int, load: Int = 0, canAdminister: Bool = true, words: Words
    ) {
        self.frame = frame
        self.id = id
        self.name = name
        self.email = email
        self.typedName = typedName ?? name
        self.typedEmail = typedEmail ?? email
        self.roles = words.roles(chosen: role)
        self.role = words("role.\(role)")
        self.canAdminister = canAdminister
        self.isActive = isActive
        self.isMyself = isMyself
        self.hasSecondFactor = hasSecondFactor
        self.sessions = sessions > 0 ? words.count("team.sessions", sessions) : nil
        self.load = load > 0 ? words.count("team.load", load, ["name": name]) : nil
    }

    public static let fields: Fields<ColleaguePage> = [
        "frame": \.frame, "id": \.id, "name": \.name, "email": \.email, "typedName": \.typedName,
        "typedEmail": \.typedEmail, "roles": \.roles, "isActive": \.isActive,
        "isMyself": \.isMyself, "hasSecondFactor": \.hasSecondFactor, "sessions": \.sessions, "load": \.load, "role": \.role,
        "canAdminister": \.canAdminister,
    ]
}

/// A one-time link, shown once: the desk keeps only its hash.
public struct NewLinkPage: PageValue {
    let frame: Frame
    let name: String
    let link: String
    let expires: Moment

    public init(frame: Frame, name: String, link: String, expires: Moment) {
        self.frame = frame
        self.name = name
        self.link = link
        self.expires = expires
    }

    public static let fields: Fields<NewLinkPage> = ["frame": \.frame, "name": \.name, "link": \.link, "expires": \.expires]
}
