import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

struct TeamTests {
    @Test(arguments: Engine.allCases) func `a one-time link opens once`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let token = try await bench.desk.team.makeLink(for: bench.jana, by: .colleague(bench.admin), at: bench.time)
            let session = try #require(try await bench.desk.team.signIn(link: token, device: "Test", at: bench.time).session)
            #expect(try await bench.desk.team.signedIn(session: session, at: bench.time)?.colleague.id == bench.jana)
            await #expect(throws: Refusal.linkUsedUp) {
                _ = try await bench.desk.team.signIn(link: token, device: "Test", at: bench.time)
            }
            try await bench.desk.team.remove(bench.jana, by: .colleague(bench.admin), at: bench.time)
            #expect(try await bench.desk.team.signedIn(session: session, at: bench.time) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `a desk is set up once, by who holds the newest link`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let old = try #require(try await bench.desk.team.makeSetUpLink(at: bench.time))
            let new = try #require(try await bench.desk.team.makeSetUpLink(at: bench.time))
            let town = Authority(name: "Stadt Musterstadt", kind: .city, land: "NW", address: .sie)
            await #expect(throws: Refusal.linkUsedUp) {
                _ = try await bench.desk.team.setUp(
                    town, name: "Eva", email: "eva@musterstadt.example", password: "zwölf Zeichen!", link: old, device: "", at: bench.time)
            }
            _ = try await bench.desk.team.setUp(
                town, name: "Eva", email: "eva@musterstadt.example", password: "zwölf Zeichen!", link: new, device: "", at: bench.time)
            #expect(try await bench.desk.team.makeSetUpLink(at: bench.time) == nil)
            let entry = try await bench.desk.team.signIn(
                email: "EVA@musterstadt.example", password: "zwölf Zeichen!", from: "127.0.0.1", device: "", at: bench.time)
            let session = try #require(entry.session)
            #expect(try await bench.desk.team.signedIn(session: session, at: bench.time)?.colleague.role == .admin)
        }
    }

    @Test(arguments: Engine.allCases) func `a reader may change nothing, and the last admin stays`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let id = try await bench.theConversation().conversation.id
            let desk = bench.desk
            let deeds: [@Sendable () async throws -> Void] = [
                { try await desk.conversations.close(id, .noReplyNeeded, seen: nil, by: bench.reader, at: bench.time) },
                { try await desk.conversations.assign(id, to: bench.jana, by: bench.reader, at: bench.time) },
                { try await desk.replies.note("x", in: id, by: bench.reader, at: bench.time) },
                { try await desk.replies.save("x", in: id, by: bench.reader, at: bench.time) },
                { _ = try await desk.replies.takeLease(on: id, by: bench.reader, at: bench.time) },
                { _ = try await desk.team.makeLink(for: bench.admin, by: .colleague(bench.reader), at: bench.time) },
                { try await desk.channels.disconnect(bench.channel.id, by: .colleague(bench.jana), at: bench.time) },
            ]
            for deed in deeds { await #expect(throws: Refusal.notAllowed) { try await deed() } }
            await #expect(throws: Refusal.lastAdmin) {
                try await desk.team.remove(bench.admin, by: .colleague(bench.admin), at: bench.time)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `who left comes back as the one they were`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (team, admin) = (bench.desk.team, Event.Actor.colleague(bench.admin))
            await #expect(throws: Refusal.emailTaken) {
                _ = try await team.add(name: "Jana", email: "jana@musterstadt.example", role: .reader, by: admin, at: bench.time)
            }
            try await team.remove(bench.jana, by: admin, at: bench.time)
            let back = try await team.add(name: "Jana P.", email: "jana@musterstadt.example", role: .reader, by: admin, at: bench.time)
            #expect(back.id == bench.jana)
            let session = try #require(try await team.signIn(link: back.token, device: "Test", at: bench.time).session)
            #expect(try await team.signedIn(session: session, at: bench.time)?.colleague.role == .reader)
        }
    }
}
