import Foundation
import Store

/// Takes what was removed out of the files, at night, in steps of milliseconds; nobody waits for it.
public struct Compaction: Sendable {
    let store: Store
    let clock: Clock

    /// An item's bytes leave after this time.
    static let bytesKept: Duration = .seconds(90 * 24 * 3600)

    /// Works if it is night in Germany; called every hour.
    func workWhenDue() async throws {
        guard let berlin = TimeZone(identifier: "Europe/Berlin") else { return }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = berlin
        if calendar.component(.hour, from: clock.now()) == 3 { try await work() }
    }

    /// The whole compaction, now.
    public func work() async throws {
        while try await dropOldBytes() {}
        var begins = true
        while try await optimizeSearch(begin: begins) {
            begins = false
            try await clock.sleep(.milliseconds(20))
        }
        while try await store.compact() { try await clock.sleep(.milliseconds(20)) }
    }

    private func optimizeSearch(begin: Bool) async throws -> Bool {
        try await store.write { db in try db.dialect.optimizeSearch(in: db, begin: begin) }
    }

    private func dropOldBytes() async throws -> Bool {
        let limit = clock.now() - Self.bytesKept
        return try await store.write { db in
            try db.run(
                """
                UPDATE item SET bytes = NULL WHERE id IN (
                    SELECT id FROM item WHERE bytes IS NOT NULL AND received_at < \(limit) AND state = 'taken_in' LIMIT 500)
                """) == 500
        }
    }
}
