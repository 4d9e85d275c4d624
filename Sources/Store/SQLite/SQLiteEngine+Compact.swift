import GRDB

extension SQLiteEngine {
    /// Free pages first, some at a time; at last the log, whose old pages still hold what was removed.
    func compact() async throws -> Bool {
        try await onWriter { db in
            try translatingSQLite {
                if try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0 > 0 {
                    try db.execute(sql: "PRAGMA incremental_vacuum(200)")
                    return true
                }
                return try !db.emptyLog()
            }
        }
    }
}

extension GRDB.Database {
    /// - Returns: False while a read keeps the log in use. Nobody waits for it: the next step tries again.
    fileprivate func emptyLog() throws -> Bool {
        try execute(sql: "PRAGMA busy_timeout = 0")
        defer { try? execute(sql: "PRAGMA busy_timeout = 5000") }
        return try Int.fetchOne(self, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }
}
