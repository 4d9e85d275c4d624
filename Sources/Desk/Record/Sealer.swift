import Foundation
import Store

/// Gives committed events their gap-free number and their hash, in batches. Any node may do it at any time: the head's row is locked
/// first, so that one seals after the other. (docs/decisions/0004-sealing-without-a-lease.md)
struct Sealer: Sendable {
    let store: Store
    let fate: Fate

    /// Seals what is committed and unsealed.
    /// - Returns: The number of the newest entry if there was anything to seal.
    func seal() async throws -> Int64? {
        var newest: Int64?
        while let batch = try await sealBatch() {
            newest = batch.head
            fate(.eventsSealed)
            guard batch.isFull else { break }
        }
        return newest
    }

    private func sealBatch() async throws -> (head: Int64, isFull: Bool)? {
        try await store.claim { db in
            try db.run("INSERT INTO record_head (id, number, hash) VALUES (1, 0, \(Data())) ON CONFLICT DO NOTHING")
            guard let head = try db.row("SELECT number, hash FROM record_head WHERE id = 1 \(sql: db.dialect.forUpdate)") else { return nil }
            let entries = try db.rows(
                "SELECT \(sql: Record.columns) FROM event WHERE number IS NULL ORDER BY id LIMIT \(Self.batchSize)")
            guard !entries.isEmpty else { return nil }
            var number: Int64 = try head["number"]
            var hash: Data = try head["hash"]
            let sealed = try entries.map { entry -> SQL in
                number += 1
                hash = try Record.hash(entry, number: number, after: hash)
                return "(\(try entry["id"] as Int64), \(number), \(hash))"
            }
            // SQLite's time for binding grows with the square of a statement's values.
            for some in sealed.chunks(of: 50) {
                try db.run(
                    """
                    UPDATE event SET number = sealed.column2, hash = sealed.column3
                    FROM (VALUES \(rows: Array(some))) AS sealed WHERE event.id = sealed.column1
                    """)
            }
            try db.run("UPDATE record_head SET number = \(number), hash = \(hash) WHERE id = 1")
            return (number, entries.count == Self.batchSize)
        }
    }

    private static let batchSize = 500
}
