import Foundation
import Musterstadt
import Testing

@testable import Desk

/// Lists that somebody comes back to, their own and the team's.
struct SavedViewTests {
    private func names(_ bench: Bench, _ colleague: ID<Colleague>) async throws -> [String] {
        try await bench.desk.savedViews.all(of: colleague).map(\.name)
    }

    private func save(_ bench: Bench, _ name: String, isShared: Bool = false, by colleague: ID<Colleague>) async throws -> ID<SavedView> {
        try await bench.desk.savedViews.save("view=open&photo=yes", as: name, isShared: isShared, by: colleague, at: bench.time)
        return try #require(try await bench.desk.savedViews.all(of: colleague).first { $0.owner == colleague && $0.name == name }).id
    }

    @Test(arguments: Engine.allCases) func `a view is seen by who saved it, and by the team where it is shared`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.desk.savedViews.save("view=open", as: "  Meine   Bilder ", isShared: false, by: bench.jonas, at: bench.time)
            _ = try await save(bench, "Bilder", isShared: true, by: bench.jana)
            _ = try await save(bench, "Andere", by: bench.jana)
            #expect(try await names(bench, bench.jana) == ["Andere", "Bilder"])
            #expect(try await names(bench, bench.jonas) == ["Meine Bilder", "Bilder"])
            #expect(try await names(bench, bench.reader) == ["Bilder"])
            let inbox = try await bench.desk.conversations.inbox(.these([]), of: bench.reader)
            #expect(inbox.savedViews.map(\.query) == ["view=open&photo=yes"])
        }
    }

    @Test(arguments: Engine.allCases) func `it is renamed and removed by who saved it, a shared one by an admin too`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let views = bench.desk.savedViews
            let (own, shared) = (try await save(bench, "Eigene", by: bench.jana), try await save(bench, "Geteilte", isShared: true, by: bench.jana))
            await #expect(throws: Refusal.notAllowed) { try await views.remove(shared, by: bench.jonas, at: bench.time) }
            for other in [bench.jonas, bench.admin] {
                await #expect(throws: Refusal.notFound) { try await views.remove(own, by: other, at: bench.time) }
            }
            try await views.change(shared, name: "Für alle", isShared: true, by: bench.admin, at: bench.time)
            try await views.change(own, name: "Nur ich", isShared: false, by: bench.jana, at: bench.time)
            #expect(try await names(bench, bench.jana) == ["Für alle", "Nur ich"])
            try await views.remove(shared, by: bench.admin, at: bench.time)
            try await views.remove(own, by: bench.jana, at: bench.time)
            #expect(try await names(bench, bench.jana).isEmpty)
            await #expect(throws: Refusal.notFound) { try await views.remove(own, by: bench.jana, at: bench.time) }
        }
    }

    @Test(arguments: Engine.allCases) func `a reader keeps views to themselves, and none is without a name`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let own = try await save(bench, "Leseliste", by: bench.reader)
            await #expect(throws: Refusal.notAllowed) { _ = try await save(bench, "Geteilte", isShared: true, by: bench.reader) }
            await #expect(throws: Refusal.notAllowed) {
                try await bench.desk.savedViews.change(own, name: "Leseliste", isShared: true, by: bench.reader, at: bench.time)
            }
            await #expect(throws: Refusal.nameMissing) { _ = try await save(bench, " \n", by: bench.jana) }
            await #expect(throws: Refusal.nameMissing) { _ = try await save(bench, String(repeating: "x", count: 101), by: bench.jana) }
        }
    }

    @Test(arguments: Engine.allCases) func `what is saved shows in the next inbox, though that is read once for each head`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            func seen() async throws -> [String] {
                _ = try await bench.desk.sealer.seal()
                return try await bench.desk.conversations.inbox(.these([]), of: bench.jana).savedViews.map(\.name)
            }
            #expect(try await seen() == [])
            let id = try await save(bench, "Bilder", by: bench.jana)
            #expect(try await seen() == ["Bilder"])
            #expect(try await seen() == ["Bilder"])
            try await bench.desk.savedViews.change(id, name: "Fotos", isShared: false, by: bench.jana, at: bench.time)
            #expect(try await bench.desk.conversations.inbox(.these([]), of: bench.jana).savedViews.map(\.name) == ["Fotos"])
            #expect(try await seen() == ["Fotos"])
        }
    }
}
