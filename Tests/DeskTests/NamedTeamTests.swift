import Foundation
import Musterstadt
import Store
import Testing

@testable import Desk

/// What is given to a team waits there until a colleague of it takes it.
struct NamedTeamTests {
    private func make(_ bench: Bench, _ members: Set<ID<Colleague>>, name: String = "Verkehr") async throws -> ID<NamedTeam> {
        try await bench.desk.teams.add(name: name, members: members, by: .colleague(bench.admin), at: bench.time)
    }

    private func ask(_ bench: Bench, _ number: Int = 1) async throws -> ID<Conversation> {
        try await bench.hear(.example("Frage \(number)", id: "q\(number)", by: "a\(number)@a.example"))
        return try #require(try await bench.desk.conversations.list(.all).map(\.id).max { $0.rawValue < $1.rawValue })
    }

    private func count(_ bench: Bench, of colleague: ID<Colleague>) async throws -> [Int] {
        let inbox = try await bench.desk.conversations.inbox(.these([]), of: colleague)
        return [inbox.open, inbox.mine, inbox.team, inbox.unassigned]
    }

    @Test(arguments: Engine.allCases) func `a team is given something, and a colleague of it takes it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (desk, id) = (bench.desk.conversations, try await ask(bench))
            let team = try await make(bench, [bench.jana])
            #expect(try await count(bench, of: bench.jana) == [1, 0, 0, 1])
            try await desk.assign(id, to: .team(team), by: bench.jonas, at: bench.time)
            #expect(try await count(bench, of: bench.jana) == [1, 0, 1, 0])
            #expect(try await count(bench, of: bench.jonas) == [1, 0, 0, 0])
            let row = try #require(try await desk.list(.team(bench.jana)).first)
            #expect(row.team == team && row.teamName == "Verkehr" && row.assignee == nil)
            #expect(try await desk.list(.team(bench.jonas)).isEmpty)
            #expect(try await desk.thread(id).teamName == "Verkehr")

            try await desk.assign(id, to: .colleague(bench.jana), by: bench.jana, at: bench.time)
            #expect(try await desk.list(.mine(bench.jana)).first?.team == team)
            #expect(try await count(bench, of: bench.jana) == [1, 1, 0, 0])
            // Ill: the team has it again. Given back to all: nobody has.
            _ = try await desk.handBack(of: bench.jana, by: bench.jana, at: bench.time)
            #expect(try await count(bench, of: bench.jana) == [1, 0, 1, 0])
            try await desk.assign(id, to: .all, by: bench.jana, at: bench.time)
            #expect(try await count(bench, of: bench.jana) == [1, 0, 0, 1])
        }
    }

    @Test(arguments: Engine.allCases) func `somebody else who takes it takes it from the team, and another team gets it alone`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let (desk, id) = (bench.desk.conversations, try await ask(bench))
            let (one, other) = (try await make(bench, [bench.jana]), try await make(bench, [bench.jana, bench.jonas], name: "Soziales"))
            try await desk.assign(id, to: .team(one), by: bench.jana, at: bench.time)
            try await desk.assign(id, to: .team(other), by: bench.jana, at: bench.time)
            #expect(try await desk.list(.team(bench.jonas)).map(\.team) == [other])
            #expect(try await desk.list(.team(bench.jana)).map(\.team) == [other])
            try await desk.assign(id, to: .team(one), by: bench.jana, at: bench.time)
            try await desk.assign(id, to: .colleague(bench.jonas), by: bench.jonas, at: bench.time)
            #expect(try await desk.list(.mine(bench.jonas)).map(\.team) == [nil])
            let verbs = try await bench.desk.store.read { db in
                try db.rows("SELECT verb, detail FROM event WHERE conversation_id = \(id) AND verb <> 'message_received' ORDER BY id")
                    .map { "\(try $0["verb"] as String) \(try $0["detail"] as String? ?? "")" }
            }
            #expect(verbs == [one, other, one].map { "conversation_given_to_team \($0)" } + ["conversation_assigned "])
        }
    }

    @Test(arguments: Engine.allCases) func `what several teams have stands in one order, page by page`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let desk = bench.desk.conversations
            let teams = [
                try await make(bench, [bench.jana]), try await make(bench, [bench.jana], name: "Soziales"), try await make(bench, [bench.jonas], name: "Bauen"),
            ]
            for number in 0..<9 {
                let id = try await ask(bench, number)
                try await desk.assign(id, to: .team(teams[number % 3]), by: bench.jana, at: bench.time)
            }
            var (read, position): ([ID<Conversation>], InboxPosition?) = ([], nil)
            for _ in 0..<3 {
                let page = try await desk.list(.team(bench.jana), after: position, limit: 2)
                read += page.map(\.id)
                position = page.last.map { InboxPosition($0, in: .team(bench.jana)) }
            }
            #expect(read.map(\.rawValue) == [8, 7, 5, 4, 2, 1])
            #expect(try await desk.sights(in: .team(bench.jana), asOf: bench.time).count == 6)
            #expect(try await desk.next(after: read[1], in: .team(bench.jana)) == read[2])
        }
    }

    @Test(arguments: Engine.allCases) func `a team that ends, or that everybody leaves, gives back what it had`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (desk, admin) = (bench.desk, Event.Actor.colleague(bench.admin))
            let ids = [try await ask(bench, 1), try await ask(bench, 2), try await ask(bench, 3)]
            let (one, other) = (try await make(bench, [bench.jana]), try await make(bench, [bench.jonas], name: "Soziales"))
            for (id, team) in zip(ids, [one, one, other]) {
                try await desk.conversations.assign(id, to: .team(team), by: bench.jana, at: bench.time)
            }
            try await desk.conversations.assign(ids[1], to: bench.jana, by: bench.jana, at: bench.time)
            try await desk.teams.remove(one, by: admin, at: bench.time)
            #expect(try await desk.conversations.list(.unassigned).map(\.id) == [ids[0]])
            #expect(try await desk.conversations.list(.mine(bench.jana)).map(\.team) == [nil])
            try await desk.team.change(bench.jonas, to: .reader, by: admin, at: bench.time)
            #expect(try await desk.teams.team(other).members.isEmpty)
            #expect(Set(try await desk.conversations.list(.unassigned).map(\.id)) == [ids[0], ids[2]])
            await #expect(throws: Refusal.teamEmpty) {
                try await desk.conversations.assign(ids[0], to: .team(other), by: bench.jana, at: bench.time)
            }
            await #expect(throws: Refusal.notFound) {
                try await desk.conversations.assign(ids[0], to: .team(one), by: bench.jana, at: bench.time)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `an admin alone makes teams, each of a name of its own, of people who can answer`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (teams, admin) = (bench.desk.teams, Event.Actor.colleague(bench.admin))
            let id = try await make(bench, [bench.jana])
            await #expect(throws: Refusal.teamNameTaken) { _ = try await make(bench, [], name: " VERKEHR ") }
            await #expect(throws: Refusal.nameMissing) { _ = try await make(bench, [], name: " ") }
            await #expect(throws: Refusal.notAllowed) { _ = try await make(bench, [bench.reader], name: "Lesende") }
            try await teams.change(id, name: "verkehr", members: [bench.jana, bench.jonas], by: admin, at: bench.time)
            let team = try await teams.team(id)
            #expect(team.name == "verkehr" && team.members.map(\.id) == [bench.jana, bench.jonas])
            let desk = bench.desk
            try await desk.team.change(bench.jonas, to: .dutyEditor, by: admin, at: bench.time)
            for actor in [bench.reader, bench.jana, bench.jonas] {
                let deeds: [@Sendable () async throws -> Void] = [
                    { _ = try await desk.teams.add(name: "X", members: [], by: .colleague(actor), at: bench.time) },
                    { try await desk.teams.change(id, name: "X", members: [], by: .colleague(actor), at: bench.time) },
                    { try await desk.teams.remove(id, by: .colleague(actor), at: bench.time) },
                    { try await desk.team.change(bench.jana, to: .admin, by: .colleague(actor), at: bench.time) },
                ]
                for deed in deeds { await #expect(throws: Refusal.notAllowed) { try await deed() } }
            }
        }
    }

    @Test(arguments: Engine.allCases) func `lists of teams and of what nobody has are read by an index`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (team, other) = (try await make(bench, [bench.jana]), try await make(bench, [bench.jana], name: "Soziales"))
            try await Crowd(desk: bench.desk, channel: bench.channel.id).gather(600, now: bench.time)
            _ = try await bench.desk.store.write { db in
                try db.run(
                    """
                    UPDATE conversation SET state = 'open', closed_because = NULL,
                        team_id = CASE WHEN id % 20 = 0 THEN \(team) WHEN id % 50 = 1 THEN NULL ELSE \(other) END
                    """)
            }
            _ = try await bench.desk.store.write { db in try db.run("ANALYZE conversation") }
            let order: SQL = "ORDER BY due_at, last_at DESC, id DESC LIMIT 5"
            let asked: [(SQL, String)] = [
                ("team_id = \(team) AND state = 'open' AND assignee_id IS NULL", "conversation_of_team_by_due"),
                ("\(sql: Database.condition(.unassigned))", "conversation_unassigned_by_due"),
            ]
            for (condition, index) in asked {
                let plan = try await bench.desk.store.read { db in
                    let rows = try db.rows(
                        "EXPLAIN \(raw: db.dialect == .sqlite ? "QUERY PLAN" : "") SELECT * FROM conversation WHERE \(sql: condition) \(sql: order)")
                    return try rows.map { try $0[db.dialect == .sqlite ? "detail" : "QUERY PLAN"] as String }.joined(separator: "\n")
                }
                #expect(plan.contains(index) && !plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
            }
        }
    }
}
