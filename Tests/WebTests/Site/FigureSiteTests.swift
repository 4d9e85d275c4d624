import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct FigureSiteTests {
    @Test(arguments: Engine.allCases) func `figures are there for everybody, of any time that is none too long`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.hear("Der Aufzug steht.")
            try await counter.ask { client async throws in
                #expect(try await client.get("/figures").status == .seeOther)
                let page = try await client.get("/figures", as: counter.reader)
                #expect(page.status == .ok && page.text.contains("<b>1</b>") && page.text.contains("stadt@netz.example"))
                for name in ["last_week", "this_month", "last_month"] {
                    #expect(try await client.get("/figures?period=\(name)", as: counter.reader).text.contains("period=\(name)\" aria-current=\"page\""))
                }
                let quiet = try await client.get("/figures?period=days&from=2020-01-01&until=2020-12-31", as: counter.reader).text
                #expect(quiet.contains("nichts eingegangen") && quiet.contains("1. Januar 2020 bis") && quiet.contains("value=\"2020-12-31\""))
                let refused = [
                    ("from=2020-01-02&until=2020-01-01", "endet, bevor er beginnt"), ("from=2020-01-01&until=2026-01-01", "länger als 400 Tage"),
                    ("from=x&until=2026-01-01", "Dieses Datum gibt es nicht."), ("", "Dieses Datum gibt es nicht."),
                ]
                for (query, said) in refused {
                    let answer = try await client.get("/figures?period=days&\(query)", as: counter.reader)
                    #expect(answer.status == .unprocessableContent && answer.text.contains(said), "\(query)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func `figures are to be had as a table, without formulas`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Der Aufzug steht.")
            var members: Set<ID<Colleague>> = [counter.editorID]
            for number in 1...4 {
                members.insert(
                    try await counter.desk.team.add(
                        name: "P\(number)", email: "p\(number)@musterstadt.example", role: .editor, by: .operator, at: counter.desk.clock.now()).id)
            }
            let team = try await counter.desk.teams.add(name: "=1+1", members: members, by: .operator, at: counter.desk.clock.now())
            try await counter.desk.conversations.assign(id, to: .team(team), by: counter.editorID, at: counter.desk.clock.now())
            try await counter.ask { client async throws in
                let table = try await client.get("/figures/export?period=this_week", as: counter.reader)
                #expect(table.headers[.contentType] == "text/csv; charset=utf-8")
                let lines = table.text.split(separator: "\r\n")
                #expect(lines.count == 4 && lines[1].hasPrefix("\"Kanal\";\"stadt@netz.example\";\"1\";"))
                #expect(lines[2].hasPrefix("\"Team\";\"'=1+1\";\"1\";") && lines[3].hasPrefix("\"Alle Kanäle\";\"\";\"1\";"))
                #expect(try await client.get("/figures/export?period=days", as: counter.reader).status == .unprocessableContent)
            }
        }
    }
}
