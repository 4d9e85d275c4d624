import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// One deed for many conversations, and how a closing is undone.
struct ManyTests {
    private func ask(_ bench: Bench, _ number: Int) async throws {
        try await bench.hear(.example("Frage \(number)", id: "q\(number)", by: "a\(number)@a.example"))
    }

    private func open(_ bench: Bench) async throws -> [Conversations.Sight] {
        try await bench.desk.conversations.sights(in: .open, asOf: bench.time)
    }

    @Test(arguments: Engine.allCases) func `many are closed at once, and what came meanwhile stays open`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            for number in 0..<230 { try await ask(bench, number) }
            let sights = try await open(bench)
            try await bench.hear(.example("Noch etwas", id: "again", by: "a7@a.example", under: "q7"))
            let tally = try await bench.desk.conversations.close(sights, token: Token.make(), by: bench.jana, at: bench.time)
            #expect(tally == Conversations.Tally(done: 229, left: 1))
            let rows = try await bench.desk.conversations.list(.open)
            #expect(rows.map(\.excerpt) == ["Noch etwas"])
            #expect(try await bench.desk.conversations.list(.closed, limit: 500).count == 229)
        }
    }

    @Test(arguments: Engine.allCases) func `a closing is undone: each is again what it was, and owed as it was`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            for number in 0..<3 { try await ask(bench, number) }
            let before = try await bench.desk.conversations.list(.open)
            let token = Token.make()
            let later = bench.time + .seconds(60)
            _ = try await bench.desk.conversations.close(try await open(bench), token: token, by: bench.jana, at: later)
            try await bench.hear(.example("Noch etwas", id: "again", by: "a1@a.example", under: "q1"))
            let undone = try await bench.desk.conversations.undoClosing(token, by: bench.jana, at: later)
            #expect(undone.count == 2)
            let after = try await bench.desk.conversations.list(.open)
            #expect(Set(after.map(\.id)) == Set(before.map(\.id)))
            #expect(Set(after.map(\.dueAt)) == Set(before.map(\.dueAt)))
            #expect(try await bench.desk.conversations.undoClosing(token, by: bench.jana, at: later).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func `nobody closes what they have not read`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await ask(bench, 1)
            let conversation = try await bench.theConversation().conversation
            try await bench.hear(.example("Es brennt!", id: "again", by: "a1@a.example", under: "q1"))
            await #expect(throws: Refusal.wroteMeanwhile) {
                try await bench.desk.conversations.close(
                    conversation.id, .noReplyNeeded, seen: conversation.lastMessage, by: bench.jana, at: bench.time)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `many are assigned, and a reader can do none of it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            for number in 0..<3 { try await ask(bench, number) }
            let sights = try await open(bench)
            let tally = try await bench.desk.conversations.assign(sights, to: bench.jonas, by: bench.jana, at: bench.time)
            #expect(tally.done == 3)
            #expect(try await bench.desk.conversations.list(.mine(bench.jonas)).count == 3)
            await #expect(throws: Refusal.notAllowed) {
                _ = try await bench.desk.conversations.close(sights, token: Token.make(), by: bench.reader, at: bench.time)
            }
            await #expect(throws: Refusal.notAllowed) {
                _ = try await bench.desk.conversations.assign(sights, to: bench.reader, by: bench.jana, at: bench.time)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `who falls ill gives everything back, or a duty editor does it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            for number in 0..<3 { try await ask(bench, number) }
            let (desk, sights) = (bench.desk.conversations, try await open(bench))
            let duty = try await bench.desk.team.add(
                name: "Dora", email: "dora@musterstadt.example", role: .dutyEditor, by: .operator, at: bench.time
            ).id
            for colleague in [bench.jonas, bench.jana] {
                _ = try await desk.assign(sights, to: colleague, by: bench.jana, at: bench.time)
                #expect(try await desk.load(of: colleague) == 3)
                await #expect(throws: Refusal.notAllowed) {
                    _ = try await desk.handBack(of: colleague, by: colleague == bench.jonas ? bench.jana : bench.jonas, at: bench.time)
                }
                let actor = colleague == bench.jonas ? bench.jonas : duty
                #expect(try await desk.handBack(of: colleague, by: actor, at: bench.time).done == 3)
                #expect(try await desk.list(.unassigned).count == 3)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `the next one is the one below, wherever this one went`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            for number in 0..<3 { try await ask(bench, number) }
            let ids = try await bench.desk.conversations.list(.open).map(\.id)
            func next(_ id: ID<Conversation>) async throws -> ID<Conversation>? {
                try await bench.desk.conversations.next(after: id, in: .open)
            }
            #expect(try await next(ids[0]) == ids[1])
            let sight = try #require(try await open(bench).first { $0.id == ids[1] })
            _ = try await bench.desk.conversations.close([sight], token: Token.make(), by: bench.jana, at: bench.time + .seconds(9))
            #expect(try await next(ids[1]) == ids[2])
            #expect(try await next(ids[2]) == ids[0])
            _ = try await bench.desk.conversations.close(
                try await bench.desk.conversations.sights(in: .open, asOf: bench.time), token: Token.make(), by: bench.jana, at: bench.time)
            #expect(try await next(ids[2]) == nil)
        }
    }
}
