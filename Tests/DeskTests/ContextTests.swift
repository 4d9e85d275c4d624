import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// What stands above a message is shown with it, whoever said it and wherever it lies.
struct ContextTests {
    private let otto = "otto@nebenan.example"

    /// The words above each message of Ida's only conversation of this kind, from the top down.
    private func above(_ bench: Bench, _ visibility: Visibility = .public) async throws -> [[String]] {
        let rows = try await bench.desk.conversations.list(.all).filter {
            $0.citizenHandle.hasPrefix("ida") && ($0.audience == .everybody) == (visibility == .public)
        }
        let thread = try await bench.desk.conversations.thread(try #require(rows.first).id)
        return thread.entries.map { $0.above.map(\.text) }
    }

    @Test(arguments: Engine.allCases) func `what another citizen said stands above the answer to it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Der Radweg ist fertig", id: "1", isOurs: true))
            try await bench.hear(.example("Wo denn?", id: "2", by: otto, under: "1"))
            try await bench.hear(.example("Am Bahnhof", id: "3", under: "2"))
            try await bench.hear(.example("Und am Markt", id: "4", under: "2"))
            #expect(try await above(bench) == [["Wo denn?"], []], "once, and not the post at the root again")
        }
    }

    @Test(arguments: Engine.allCases) func `a thread that a citizen began is shown to who joins it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Hallo Stadt", id: "1", by: otto))
            try await bench.hear(.example("Dem schließe ich mich an", id: "2", under: "1"))
            #expect(try await above(bench) == [["Hallo Stadt"]])
        }
    }

    @Test(arguments: Engine.allCases) func `all that was fetched above a mention is shown, from the root down`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let context: [InboundMessage] = [
                .example("Ganz oben", id: "1", by: otto), .example("Darunter", id: "2", by: "eva@nebenan.example", under: "1"),
                .example("Noch tiefer", id: "3", by: otto, under: "2"),
            ]
            try await bench.hear([.message(.example("@stadt, was sagt ihr?", id: "4", under: "3"))], context: context)
            #expect(try await above(bench) == [["Darunter", "Noch tiefer"]])
            #expect(try await bench.theConversation().root?.text == "Ganz oben")
        }
    }

    @Test(arguments: Engine.allCases) func `our post for followers and the public word before stand above a private answer`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Nur für Follower", id: "1", visibility: .private, isOurs: true))
            try await bench.hear(.example("Danke", id: "2", visibility: .private, under: "1"))
            #expect(try await above(bench, .private) == [["Nur für Follower"]])
            try await bench.hear(.example("Öffentlich gefragt", id: "3"))
            try await bench.hear(.example("Genauer gesagt", id: "4", visibility: .private, under: "3"))
            #expect(try await above(bench, .private) == [["Nur für Follower"], ["Öffentlich gefragt"]])
        }
    }

    @Test(arguments: Engine.allCases) func `what was removed leaves its place and not its words`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Hallo Stadt", id: "1", by: otto))
            try await bench.hear(.example("Dem schließe ich mich an", id: "2", under: "1"))
            try await bench.hear([.removed(localID: "1")])
            #expect(try await above(bench) == [[""]])
        }
    }

    @Test(arguments: Engine.allCases) func `a ring of answers ends`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let ring: [InboundMessage] = [.example("Eins", id: "1", by: otto, under: "2"), .example("Zwei", id: "2", by: otto, under: "1")]
            try await bench.hear([.message(.example("Drei", id: "3", under: "2"))], context: ring)
            #expect(try await above(bench).first.map { Set($0).isSubset(of: ["Eins", "Zwei"]) } == true)
        }
    }
}
