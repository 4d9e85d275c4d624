@testable import Web

extension SampleTown {
    var teams: [Sample] {
        let lines = [
            NamedTeamLine(id: "3", name: "Verkehr", members: words.list(["Lena Krüger", "Jonas Bremer"])),
            NamedTeamLine(id: "4", name: "Bürgeramt", members: words("teams.nobody")),
        ]
        let form = NamedTeamForm(
            name: "Verkehr", colleagues: [Choice("7", "Lena Krüger", isChosen: true), Choice("8", "Jonas Bremer")])
        return [
            Sample(
                name: "teams", view: "teams/page",
                value: NamedTeamsPage(frame: frame(.team, flashes: [words.refusal("teamNameTaken")]), teams: lines, form: form)),
            Sample(name: "teams-none", view: "teams/page", value: NamedTeamsPage(frame: frame(.team), teams: [], form: form)),
            Sample(
                name: "team-named", view: "teams/team", value: NamedTeamPage(frame: frame(.team), id: "3", name: "Verkehr", form: form)),
        ]
    }
}
