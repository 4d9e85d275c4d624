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
}
