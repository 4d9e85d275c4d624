import Desk

/// The teams to which something can be given, and where one is made. For admins.
public struct NamedTeamsPage: PageValue {
    let frame: Frame
    let teams: [NamedTeamLine]
    let form: NamedTeamForm

    public init(frame: Frame, teams: [NamedTeamLine], form: NamedTeamForm) {
        self.frame = frame
        self.teams = teams
        self.form = form
    }

    public static let fields: Fields<NamedTeamsPage> = [
        "frame": \.frame, "teams": \.teams, "hasTeams": { !$0.teams.isEmpty }, "form": \.form,
    ]
}

/// One of them alone, to be changed or removed.
public struct NamedTeamPage: PageValue {
    let frame: Frame
    let id: String
    let name: String
    let form: NamedTeamForm

    public init(frame: Frame, id: String, name: String, form: NamedTeamForm) {
        self.frame = frame
        self.id = id
        self.name = name
        self.form = form
    }

    public static let fields: Fields<NamedTeamPage> = ["frame": \.frame, "id": \.id, "name": \.name, "form": \.form]
}

/// A team in the list.
public struct NamedTeamLine: PageValue {
    let id: String
    let name: String
    /// „Lena Krüger und Jonas Bremer“.
    let members: String

    public init(id: String, name: String, members: String) {
        self.id = id
        self.name = name
        self.members = members
    }

    public static let fields: Fields<NamedTeamLine> = ["id": \.id, "name": \.name, "members": \.members]
}

/// Its name, and who is in it, as it was typed.
public struct NamedTeamForm: PageValue {
    let name: String
    /// Everybody who can answer.
    let colleagues: [Choice]

    public init(name: String, colleagues: [Choice]) {
        self.name = name
        self.colleagues = colleagues
    }

    public static let fields: Fields<NamedTeamForm> = ["name": \.name, "colleagues": \.colleagues]
}
