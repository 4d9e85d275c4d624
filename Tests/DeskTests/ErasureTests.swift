import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// Guarantee 9: removed means removed.
struct ErasureTests {
    @Test(arguments: Engine.allCases) func `erasing a citizen leaves nothing to find, nothing comes back, and the record verifies`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Xylofonschmelze im Garten"))
            try await bench.hear(.example("Xylofonschmelze im Keller", editedAt: bench.time))
            let thread = try await bench.theConversation()
            try await bench.desk.replies.save("zu Xylofonschmelze", in: thread.conversation.id, by: bench.jana, at: bench.time)
            try await bench.desk.replies.note("Xylofonschmelze prüfen", in: thread.conversation.id, by: bench.jana, at: bench.time)
            await #expect(throws: Refusal.reasonMissing) {
                try await bench.desk.erasure.erase(thread.citizen.id, because: " ", by: bench.admin, at: bench.time)
            }
            await #expect(throws: Refusal.notAllowed) {
                try await bench.desk.erasure.erase(thread.citizen.id, because: "Antrag", by: bench.jana, at: bench.time)
            }
            try await bench.desk.erasure.erase(thread.citizen.id, because: "Antrag vom Montag", by: bench.admin, at: bench.time)
            #expect(try await bench.desk.search.find("xylofonschmelze").isEmpty)
            try await bench.hear(.example("Xylofonschmelze im Garten"))
            try await bench.hear(.example("Xylofonschmelze im Keller", editedAt: bench.time + .seconds(60)))
            let left = try await bench.theConversation()
            #expect(left.entries.allSatisfy { $0.message.text.isEmpty && $0.earlier.isEmpty })
            #expect(left.citizen.displayName.isEmpty && left.citizen.erasedAt != nil)
            let bytes: Int? = try await bench.desk.store.read { db in
                try db.value("SELECT count(*) FROM item WHERE object LIKE '%anderswo%' AND bytes IS NOT NULL")
            }
            #expect(bytes == 0)
            _ = try await bench.desk.sealer.seal()
            #expect(try await bench.desk.record.verify().fault == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `who quotes the erased citizen keeps the message, and the journal loses the quote`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Xylofonschmelze"))
            let citizen = try await bench.theConversation().citizen.id
            try await bench.hear(.example("Das sagt Ida.", id: "8", by: "otto@nebenan.example"))
            for account in ["https://anderswo.example/@ida@anderswo.example", "https:\\/\\/anderswo.example\\/@ida@anderswo.example"] {
                _ = try await bench.desk.store.write { db in
                    let bytes = Data(#"{"quote":{"account":"\#(account)","content":"Xylofonschmelze"}}"#.utf8)
                    try db.run("UPDATE item SET bytes = \(bytes) WHERE object = 'https://anderswo.example/8'")
                }
                try await bench.desk.erasure.erase(citizen, because: "Antrag", by: bench.admin, at: bench.time)
                let left: Int? = try await bench.desk.store.read { db in try db.value("SELECT count(*) FROM item WHERE bytes IS NOT NULL") }
                #expect(left == 0)
            }
            let texts = try await bench.desk.conversations.list(.all).compactMap(\.excerpt)
            #expect(texts == ["Das sagt Ida."])
        }
    }

    @Test(arguments: Engine.allCases) func `one who wrote thousands is erased too`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Xylofonschmelze", id: "1"))
            let thread = try await bench.theConversation()
            let first = try #require(thread.entries.first?.message)
            try await bench.desk.store.write { db in
                for number in 1...2500 {
                    try db.later(
                        """
                        INSERT INTO message (conversation_id, channel_id, network, direction, object, local_id, citizen_id, text, visibility,
                                             network_visibility, received_at, written_at)
                        SELECT conversation_id, channel_id, network, direction, \("https://anderswo.example/x\(number)"), local_id, citizen_id, text, visibility,
                               network_visibility, received_at, written_at
                        FROM message WHERE id = \(first.id)
                        """)
                }
            }
            try await bench.desk.erasure.erase(thread.citizen.id, because: "Antrag", by: bench.admin, at: bench.time)
            let left: Int? = try await bench.desk.store.read { db in try db.value("SELECT count(*) FROM message WHERE text <> ''") }
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.allCases) func `what waited to be understood while its writer was erased goes too`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Hallo", id: "1"))
            let late = InboundMessage.example("Xylofonschmelze", id: "2")
            try await bench.desk.intake.journal.write(
                [Item(object: late.object, verb: "status", version: "", bytes: Data("Xylofonschmelze".utf8))], from: bench.channel.id,
                origin: .stream, at: bench.time)
            let later = bench.time + .seconds(60)
            try await bench.desk.erasure.erase(bench.theConversation().citizen.id, because: "Antrag", by: bench.admin, at: later)
            for waiting in try await bench.desk.intake.journal.waiting(on: bench.channel.id, at: later, limit: 10) {
                try await bench.desk.intake.take([Intake.Meaning(of: waiting, [.message(late)])], on: bench.channel, at: later)
            }
            let left = try await bench.theConversation()
            #expect(left.entries.allSatisfy(\.message.text.isEmpty) && left.citizen.displayName.isEmpty)
            #expect(try await bench.keptBytes() == 0)
            try await bench.desk.intake.journal.write(
                [Item(object: late.object, verb: "status", version: "2", bytes: Data("Xylofonschmelze".utf8))], from: bench.channel.id,
                origin: .reconcile, at: later)
            #expect(try await bench.keptBytes() == 0, "no other version of it comes in")
        }
    }

    @Test(arguments: Engine.allCases) func `what was not understood and names the erased citizen goes too`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Hallo", id: "1"))
            let items = ["https://anderswo.example/@ida@anderswo.example", #"https:\/\/anderswo.example\/@ida@anderswo.example"#, "otto"]
            for (number, name) in items.enumerated() {
                try await bench.desk.intake.journal.write(
                    [Item(object: "odd:\(number)", verb: "status", version: "", bytes: Data(#"{"by":"\#(name)"}"#.utf8))],
                    from: bench.channel.id, origin: .stream, at: bench.time)
            }
            for waiting in try await bench.desk.intake.journal.waiting(on: bench.channel.id, at: bench.time, limit: 10) {
                try await bench.desk.intake.journal.setAside(waiting.id, why: "odd", on: bench.channel.id, at: bench.time)
            }
            try await bench.desk.erasure.erase(bench.theConversation().citizen.id, because: "Antrag", by: bench.admin, at: bench.time)
            #expect(try await bench.keptBytes() == 1, "another's stays")
        }
    }
}

extension Bench {
    /// How many items of the journal hold what came in still.
    fileprivate func keptBytes() async throws -> Int? {
        try await desk.store.read { db in try db.value("SELECT count(*) FROM item WHERE bytes IS NOT NULL") }
    }
}
