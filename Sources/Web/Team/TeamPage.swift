/// Who works here, for admins; duty editors look, and hand back what somebody has.
public struct TeamPage: PageValue {
    let frame: Frame
    let colleagues: [ColleagueLine]
    /// The form for a new colleague, with what was typed before.
    let name: String
    let email: String
    let roles: [Choice]
    let canAdminister: Bool

    /// - Parameter role: The chosen role's name, `editor` to begin with.
    public init(
        frame: Frame, colleagues: [ColleagueLine], canAdminister: Bool = true, name: String = "", email: String = "", role: String = "editor", words: Words
    ) {
        self.frame = frame
        self.colleagues = colleagues
        self.name = name
        self.email = email
        self.roles = words.roles(chosen: role)
        self.canAdminister = canAdminister
    }

    public static let fields: Fields<TeamPage> = [
        "frame": \.frame, "colleagues": \.colleagues, "name": \.name, "email": \.email, "roles": \.roles,
        "canAdminister": \.canAdminister,
    ]
}

/// One colleague in the list.
public struct ColleagueLine: PageValue {
    let id: String
    let name: String
    let initials: String
    let email: String
    let role: String
    let isActive: Bool
    let hasPassword: Bool

    public init(id: String, name: String, email: String, role: String, isActive: Bool, hasPassword: Bool, words: Words) {
        self.id = id
        self.name = name
        self.initials = Initials.of(name)
        self.email = email
        self.role = words("role.\(role)")
        self.isActive = isActive
        self.hasPassword = hasPassword
    }

    public static let fields: Fields<ColleagueLine> = [
        "id": \.id, "name": \.name, "initials": \.initials, "email": \.email, "role": \.role, "isActive": \.isActive,
        "hasPassword": \.hasPassword,
    ]
}

extension Words {
    static var roleNames: [String] { ["admin", "duty_editor", "editor", "reader"] }

    func roles(chosen: String) -> [Choice] {
        Self.roleNames.map { Choice($0, self("role.\($0)"), explanation: self("role.\($0).text"), isChosen: $0 == chosen) }
    }
}
