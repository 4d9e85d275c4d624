import Foundation
import Synchronization

/// The compaction that is under way on this node.
final class PostgresCompaction: Sendable {
    struct Round {
        /// Those still to do, the next one last.
        var tables: [String]
        /// The number of a transaction that is newer than every removal so far.
        let number: String
        /// Blocks are over sooner; transactions of others may not be.
        let patience = ContinuousClock.now + .seconds(30)
    }

    private let current = Mutex<Round?>(nil)

    func round(orBegin begin: () throws -> Round) rethrows -> Round {
        try current.withLock { current in
            let round = try current ?? begin()
            current = round
            return round
        }
    }

    func finished(_ table: String) {
        current.withLock { $0?.tables.removeAll { $0 == table } }
    }

    func end() {
        current.withLock { $0 = nil }
    }
}

extension PostgresEngine {
    /// One table a step. A small one is written anew, which takes what was removed out of its file. Doing that to a large one would keep
    /// others waiting: it is vacuumed, and the space that was freed keeps its bytes until it is used again.
    func compact() async throws -> Bool {
        try await work { [cage, compaction] worker in
            let connection = try worker.connection()
            let round = try compaction.round { try connection.beginRound(in: cage) }
            guard let table = round.tables.last else {
                compaction.end()
                return false
            }
            // Whoever still sees what was removed makes PostgreSQL keep it.
            if try ContinuousClock.now < round.patience && connection.isAnyoneBehind(round.number) { return true }
            try connection.compact(table, in: cage)
            compaction.finished(table)
            return true
        }
    }
}

extension PostgresConnection {
    fileprivate func beginRound(in cage: Cage) throws -> PostgresCompaction.Round {
        try dropUnfinishedIndexes(in: cage)
        let tables = try execute(script: "SELECT tablename FROM pg_tables WHERE schemaname = '\(cage.schema)' ORDER BY 1 DESC").texts
        let number = try execute(script: "SELECT pg_snapshot_xmax(pg_current_snapshot())::xid").text(0)
        return .init(tables: tables, number: number ?? "0")
    }

    /// Whether a transaction still looks at a time before this one, as far as we may see.
    fileprivate func isAnyoneBehind(_ number: String) throws -> Bool {
        try execute(
            script: """
                SELECT EXISTS (
                    SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                    AND greatest(age(backend_xmin), age(backend_xid)) > age('\(number)'::xid))
                """
        ).text(0) == "t"
    }

    /// What a REINDEX CONCURRENTLY that was broken off leaves behind.
    private func dropUnfinishedIndexes(in cage: Cage) throws {
        let unfinished = try execute(
            script: """
                SELECT format('%I.%I', '\(cage.schema)', relname) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                WHERE NOT indisvalid AND relname ~ '_cc(new|old)[0-9]*$' AND relnamespace = '\(cage.schema)'::regnamespace
                """
        ).texts
        for index in unfinished { try execute(script: "DROP INDEX \(index)") }
    }

    fileprivate func compact(_ name: String, in cage: Cage) throws {
        let table = "\(cage.schema).\"\(name)\""
        try execute(script: "SET statement_timeout = 0")
        if let role = cage.role { try execute(script: "SET ROLE \(role)") }
        defer { _ = try? execute(script: "RESET ROLE; SET statement_timeout = '10s'; SET lock_timeout = '5s'") }
        if try isSmall(table), try rewrite(table) { return }
        try execute(script: "VACUUM \(table)")
        try execute(script: "REINDEX TABLE CONCURRENTLY \(table)")
    }

    /// Small: written anew in a fraction of a second.
    private func isSmall(_ table: String) throws -> Bool {
        try execute(script: "SELECT pg_total_relation_size('\(table)') < 16 * 1024 * 1024").text(0) == "t"
    }

    /// Waits for the table a tenth of a second at a time, so that nobody waits longer behind it.
    /// - Returns: False where somebody uses the table all the time.
    private func rewrite(_ table: String) throws -> Bool {
        defer { _ = try? execute(script: "SET lock_timeout = '5s'") }
        try execute(script: "SET lock_timeout = '100ms'")
        for _ in 0..<30 {
            do {
                try execute(script: "VACUUM (FULL) \(table)")
                return true
            } catch StoreError.timeout {
                Thread.sleep(forTimeInterval: 0.1)  // lets those behind us through; this is the pool's own thread
            }
        }
        return false
    }
}
