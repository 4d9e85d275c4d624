/// A colleague's own account.
public struct AccountPage: PageValue {
    let frame: Frame
    let email: String
    let role: String
    let settings: SettingsForm
    let sessions: [SessionLine]
    let hasPassword: Bool
    let minimumPassword: Int
    /// `nil` where sign-in asks for no code.
    let secondFactor: SecondFactorLine?
    /// „5 Gespräche sind bei Ihnen.“; `nil` where none is.
    let load: String?

    /// - Parameter role: The role's name.
    public init(
        frame: Frame, email: String, role: String, settings: SettingsForm, sessions: [SessionLine], hasPassword: Bool, minimumPassword: Int,
        secondFactor: SecondFactorLine? = nil, load: Int = 0, words: Words
    ) {
        self.frame = frame
        self.email = email
        self.role = words("role.\(role)")
        self.settings = settings
        self.sessions = sessions
        self.hasPassword = hasPassword
        self.minimumPassword = minimumPassword
        self.secondFactor = secondFactor
        self.load = load > 0 ? words.count("account.load", load) : nil
    }

    public static let fields: Fields<AccountPage> = [
        "frame": \.frame, "email": \.email, "role": \.role, "settings": \.settings, "sessions": \.sessions,
        "hasPassword": \.hasPassword, "minimumPassword": \.minimumPassword, "secondFactor": \.secondFactor, "load": \.load,
    ]
}

/// A place where somebody is signed in.
public struct SessionLine: PageValue {
    let id: String
    /// The browser and system, as far as it says so: „Firefox, Linux“.
    let device: String
    let begun: Moment
    let expires: Moment
    /// The one this page was asked from.
    let isThis: Bool

    public init(id: String, device: String, begun: Moment, expires: Moment, isThis: Bool) {
        self.id = id
        self.device = device
        self.begun = begun
        self.expires = expires
        self.isThis = isThis
    }

    public static let fields: Fields<SessionLine> = [
        "id": \.id, "device": \.device, "begun": \.begun, "expires": \.expires, "isThis": \.isThis,
    ]
}
