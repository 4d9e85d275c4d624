import Foundation
import Musterstadt
import Networks
import Store
import Testing

@testable import Desk

struct RecordTests {
    @Test(arguments: Engine.allCases) func `the record is numbered without gaps and verifies`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            for number in 1...20 { try await bench.hear(.example("Nummer \(number)", id: "\(number)")) }
            #expect(try await bench.desk.record.verify().unsealed > 20)
            let head = try #require(try await bench.desk.sealer.seal())
            let verdict = try await bench.desk.record.verify()
            #expect(verdict.fault == nil && verdict.entries == head && verdict.unsealed == 0)
        }
    }

    @Test(arguments: Engine.allCases) func `a change, a hole and a cut end are found`(on engine: Engine) async throws {
        let tamperings: [(SQL, Record.Verdict.Fault)] = [
            ("UPDATE event SET actor_id = 99 WHERE number = 3", .changed(number: 3)),
            ("DELETE FROM event WHERE number = 3", .gap(after: 2)),
            ("DELETE FROM event WHERE number = (SELECT max(number) FROM event)", .headDiffers),
        ]
        for (tampering, fault) in tamperings {
            try await Bench.with(engine) { bench in
                _ = try await bench.desk.sealer.seal()
                _ = try await bench.desk.store.write { db in try db.run(tampering) }
                #expect(try await bench.desk.record.verify().fault == fault)
            }
        }
    }

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
}
