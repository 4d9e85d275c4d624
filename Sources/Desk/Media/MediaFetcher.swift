import Foundation
import Logging
import Networks
import Store

/// Fetches the pictures of messages to us, beside the texts and never in their way; sweeps files that nothing names any more.
struct MediaFetcher: Sendable {
    let store: Store
    let files: MediaFiles
    let world: World
    let clock: Clock
    let log: Logger

    static let maxBytes = 20 << 20

    func work() async throws {
        try await sweep()
        // Some at a time: a slow server must not hold up the pictures of others.
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<4 { group.addTask { while try await fetchNext() {} } }
        }
    }

    /// Fetches one file that is due.
    /// - Returns: Whether there was one.
    private func fetchNext() async throws -> Bool {
        guard files.hasRoom else { return false }
        let time = clock.now()
        // Put off before it is tried: another node passes it over, and one that kills us is tried ever more rarely.
        let next = try await store.claim { db in
            try db.row(
                """
                UPDATE media SET tries = tries + 1, due_at = \(time + .seconds(300))
                WHERE id IN (SELECT id FROM media WHERE state = 'waiting' AND due_at <= \(time) ORDER BY due_at LIMIT 1
                    \(sql: db.dialect.skipLocked))
                RETURNING id, source, tries
                """)
        }
        guard let next, let source: String = try next["source"] else { return false }
        try await fetch(source, for: next["id"], tries: next["tries"])
        return true
    }

    private func fetch(_ source: String, for id: ID<Media>, tries: Int) async throws {
        do {
            let file = try await world.fetch(source, upTo: Self.maxBytes)
            guard file.status == 200 else {
                let isForGood = (400..<500).contains(file.status) && file.status != 429 && file.status != 408
                if tries >= 5 || isForGood { try await settle(id, .failed) }
                return
            }
            let digest = try files.keep(file.bytes)
            try await settle(id, .stored, digest: digest, type: file.type, size: file.bytes.count)
        } catch TransportFailure.tooLarge {
            try await settle(id, .tooLarge)
        } catch TransportFailure.forbidden {
            try await settle(id, .failed)
        } catch let failure as TransportFailure {
            log.info("A file could not be fetched", metadata: ["media": "\(id)", "failure": "\(failure)"])
            if tries >= 5 { try await settle(id, .failed) }
        }
    }

    private func settle(_ id: ID<Media>, _ state: Media.State, digest: String? = nil, type: String? = nil, size: Int? = nil) async throws {
        try await store.write { db in
            let changed = try db.run(
                """
                UPDATE media SET state = \(state), digest = \(digest), type = \(type), size = \(size)
                WHERE id = \(id) AND state = 'waiting'
                """)
            if let digest {
                if changed == 1 {
                    try db.run("DELETE FROM unused_file WHERE digest = \(digest)")
                } else {
                    // Erased while it was being fetched.
                    try db.run(
                        "INSERT INTO unused_file (digest, sweep_at) VALUES (\(digest), 0) ON CONFLICT (digest) DO UPDATE SET sweep_at = 0")
                }
            }
        }
    }

    /// Removes files whose time has come and that no row names. The file first, then the row: after a death in between it is done again.
    private func sweep() async throws {
        let time = clock.now()
        let due = try await store.read { db in
            try db.rows(
                """
                SELECT digest, EXISTS (SELECT 1 FROM media WHERE media.digest = unused_file.digest) AS is_used
                FROM unused_file WHERE sweep_at <= \(time) ORDER BY sweep_at LIMIT 100
                """
            ).map { (digest: try $0["digest"] as String, isUsed: try $0["is_used"] as Bool) }
        }
        for (digest, isUsed) in due where try isUsed || files.remove(digest) {
            _ = try await store.write { db in try db.run("DELETE FROM unused_file WHERE digest = \(digest)") }
        }
    }

    /// Removes what deaths and refusals left: files that no row names, older than a day.
    func sweepStrays() async throws {
        for digests in try files.strays(before: clock.now() - .seconds(24 * 3600)) {
            let known = try await store.read { db in
                try db.rows(
                    """
                    SELECT digest FROM media WHERE digest \(in: digests)
                    UNION SELECT digest FROM unused_file WHERE digest \(in: digests)
                    """
                ).map { try $0["digest"] as String }
            }
            for stray in Set(digests).subtracting(known) { _ = try files.remove(stray) }
        }
    }
}
