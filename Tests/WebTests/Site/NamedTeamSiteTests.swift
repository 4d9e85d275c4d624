import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct NamedTeamSiteTests {
    @Test(arguments: Engine.allCases) func `an admin makes a team, gives it something, and a member takes it`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Der Aufzug steht.")
            try await counter.ask { client async throws in
                #expect(try await client.get("/teams", as: counter.admin).text.contains("Noch gibt es kein Team."))
                #expect(try await !client.get("/inbox", as: counter.editor).text.contains("view=team"))
                #expect(try await !client.get("/conversations/\(id)", as: counter.editor).text.contains("optgroup"))
                let made = try await client.post(
                    "/teams", ["name": "Verkehr & <b>", "member": "\(counter.editorID)"], as: counter.admin)
                #expect(made.headers[.location] == "/teams")
                let refused = try await client.post("/teams", ["name": "verkehr & <B>", "member": "\(counter.editorID)"], as: counter.admin)
                #expect(refused.status == .conflict && refused.text.contains("So heißt schon ein Team."))
                #expect(refused.text.contains("value=\"\(counter.editorID)\" checked"))
                #expect(try await client.post("/teams", ["name": "X", "member": "x"], as: counter.admin).status == .badRequest)

                let page = try await client.get("/conversations/\(id)", as: counter.admin).text
                #expect(page.contains("<optgroup label=\"Teams\"><option value=\"team-1\">Verkehr &amp; &lt;b&gt;</option>"))
                let given = try await client.post("/conversations/\(id)/assignment", ["colleague": "team-1"], as: counter.admin)
                #expect(given.status == .seeOther)
                let mine = try await client.get("/inbox?view=team", as: counter.editor).text
                #expect(mine.contains("data-teams=\"1\"") && mine.contains("data-team=\"1\"") && mine.contains("Team <b>1</b>"))
                #expect(mine.contains("für Verkehr &amp; &lt;b&gt;"))
                let head = try await client.get("/conversations/\(id)?view=team", as: counter.editor).text
                #expect(head.contains("Für Verkehr &amp; &lt;b&gt;, noch von niemandem übernommen"))
                #expect(head.contains("<option value=\"team-1\" selected>"))
                _ = try await client.post("/conversations/\(id)/assignment?view=team", ["colleague": "me"], as: counter.editor)
                #expect(try await client.get("/inbox?view=team", as: counter.editor).text.contains("Nichts bei Ihrem Team"))
                #expect(try await client.get("/inbox?view=mine", as: counter.editor).text.contains("bei Kim Muster, Verkehr"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a team is changed and removed, and a team that is none is refused`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Der Aufzug steht.")
            let team = try await counter.desk.teams.add(
                name: "Verkehr", members: [counter.editorID], by: .operator, at: counter.desk.clock.now())
            try await counter.ask { client async throws in
                let assign = "/conversations/\(id)/assignment"
                #expect(try await client.post(assign, ["colleague": "team-x"], as: counter.editor).status == .badRequest)
                #expect(try await client.post(assign, ["colleague": "team-99"], as: counter.editor).status == .notFound)
                _ = try await client.post(assign, ["colleague": "team-\(team)"], as: counter.editor)
                #expect(try await client.post("/teams/\(team)", ["name": "Straßen"], as: counter.admin).headers[.location] == "/teams")
                #expect(try await client.get("/teams", as: counter.admin).text.contains("Straßen</bdi><bdi class=\"muted\">Noch niemand"))
                let empty = try await client.post(assign, ["colleague": "team-\(team)"], as: counter.editor)
                #expect(empty.status == .unprocessableContent && empty.text.contains("In diesem Team ist niemand"))
                #expect(try await client.post("/teams/\(team)/removal", as: counter.admin).headers[.location] == "/teams")
                #expect(try await client.get("/teams/\(team)", as: counter.admin).status == .notFound)
                #expect(try await counter.desk.conversations.list(.unassigned).map(\.id) == [id])
            }
        }
    }
}
