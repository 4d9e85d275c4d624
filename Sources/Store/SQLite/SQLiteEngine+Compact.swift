import Foundation
import GRDB

extension SQLiteEngine {
    /// Free pages first, some at a time; at last the log, whose old pages still hold what was removed.
    func compact() async throws -> Bool {
        dropOldCopies()
        return try await onWriter { db in
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

extension SQLiteEngine {
    /// A copy from before a migration is a backup, and goes as backups do.
    private func dropOldCopies() {
        let file = URL(filePath: path)
        let beside = (try? FileManager.default.contentsOfDirectory(
            at: file.deletingLastPathComponent(), includingPropertiesForKeys: [.contentModificationDateKey])) ?? []
        for copy in beside where copy.lastPathComponent.hasPrefix("\(file.lastPathComponent).before-") {
            let made = try? copy.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
            if let made, made < Date() - Self.backupLife { try? FileManager.default.removeItem(at: copy) }
        }
    }

    /// Seconds: 35 days.
    private static let backupLife: TimeInterval = 35 * 24 * 3600
}

extension GRDB.Database {
    /// - Returns: False while a read keeps the log in use. Nobody waits for it: the next step tries again.
    func emptyLog() throws -> Bool {
        try execute(sql: "PRAGMA busy_timeout = 0")
        defer { try? execute(sql: "PRAGMA busy_timeout = 5000") }
        return try Int.fetchOne(self, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }
}
