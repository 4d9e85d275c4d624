import Synchronization

/// Which tables the compaction that is under way has still to do; `nil` while none is.
typealias PostgresCompaction = CompactionList

final class CompactionList: Sendable {
    private let tables = Mutex<[String]?>(nil)

    func next(orBeginWith all: () throws -> [String]) rethrows -> String? {
        try tables.withLock { tables in
            var left = try tables ?? all()
            let next = left.popLast()
            tables = next == nil ? nil : left
            return next
        }
    }
}

extension PostgresEngine {
    /// One table a step. A small one is written anew, which takes what was removed out of its file. Doing that to a large one would keep
    /// others waiting: it is vacuumed, and the space that was freed keeps its bytes until it is used again.
    func compact() async throws -> Bool {
        try await work { [cage, compaction] worker in
            let connection = try worker.connection()
            guard let table = try compaction.next(orBeginWith: { try connection.tables(in: cage) }) else { return false }
            try connection.compact(table, in: cage)
            return true
        }
    }
}

extension PostgresConnection {
    fileprivate func tables(in cage: Cage) throws -> [String] {
        try dropUnfinishedIndexes(in: cage)
        return try execute(script: "SELECT tablename FROM pg_tables WHERE schemaname = '\(cage.schema)' ORDER BY 1 DESC").texts
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
        try execute(script: "SELECT pg_total_relation_size('\(table)') < 32 * 1024 * 1024").text(0) == "t"
    }

    /// - Returns: False where somebody uses the table just now.
    private func rewrite(_ table: String) throws -> Bool {
        do {
            try execute(script: "SET lock_timeout = '100ms'")
            try execute(script: "VACUUM (FULL) \(table)")
            return true
        } catch StoreError.timeout {
            try execute(script: "SET lock_timeout = '5s'")
            return false
        }
    }
}
