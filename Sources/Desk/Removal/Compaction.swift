import Foundation
import Store

/// Takes what was removed out of the files, at night, in steps of milliseconds; nobody waits for it.
public struct Compaction: Sendable {
    let store: Store
    let clock: Clock

    /// An item's bytes leave after this time.
    static let bytesKept: Duration = .seconds(90 * 24 * 3600)

    private static let deletionsKept: Duration = .seconds(7 * 24 * 3600)

    /// Whether the night's work is to be begun now, by this node: it is past three in Germany, and nobody began it since then. A fresh
    /// database has nothing to remove.
    func isDue() async throws -> Bool {
        let now = clock.now()
        guard let night = Self.lastNight(before: now) else { return false }
        return try await store.write { db in
            try db.run("INSERT INTO chore (name, begun_at) VALUES ('compaction', \(now)) ON CONFLICT DO NOTHING")
            return try db.run("UPDATE chore SET begun_at = \(now) WHERE name = 'compaction' AND begun_at < \(night)") == 1
        }
    }

    /// It could not be done: it is due again.
    func putBack() async throws {
        _ = try await store.write { db in try db.run("UPDATE chore SET begun_at = 0 WHERE name = 'compaction'") }
    }

    /// The last three o'clock.
    static func lastNight(before time: Date) -> Date? {
        guard let berlin = TimeZone(identifier: "Europe/Berlin") else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = berlin
        return calendar.nextDate(after: time, matching: DateComponents(hour: 3), matchingPolicy: .nextTime, direction: .backward)
    }

    /// The whole compaction, now.
    public func work() async throws {
        while try await dropOldBytes() {}
        while try await forgetDeletions() {}
        var begins = true
        while try await optimizeSearch(begin: begins) {
            begins = false
            try await clock.sleep(.milliseconds(20))
        }
        while try await store.compact() { try await clock.sleep(.milliseconds(50)) }
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
                    SELECT id FROM item WHERE bytes IS NOT NULL AND received_at < \(limit) LIMIT 500)
                """) == 500
        }
    }

    /// A deletion is remembered for what comes after it. Most are of strangers' posts, and nothing comes.
    private func forgetDeletions() async throws -> Bool {
        let limit = clock.now() - Self.deletionsKept
        return try await store.write { db in
            try db.run(
                """
                DELETE FROM item WHERE id IN (
                    SELECT id FROM item WHERE verb = 'delete' AND received_at < \(limit) AND state = 'taken_in' LIMIT 500)
                """) == 500
        }
    }
}
