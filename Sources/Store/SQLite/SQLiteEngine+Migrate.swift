import Foundation
import GRDB

extension SQLiteEngine {
    func migrate(_ migrations: [Migration], progress: @escaping @Sendable (String) -> Void) async throws {
        try await onWriter { [path] db in
            try waitingForOthers(at: path) {
                let pending = try db.transact { try db.lend(for: Self.limit) { try $0.pending(of: migrations) }.result }
                guard let first = pending.first else { return }
                if first != migrations.first { try db.copy(to: "\(path).before-\(first.title.prefix(4))") }
                for batch in pending.batches(of: migrations) {
                    for migration in batch { progress(migration.title) }
                    try db.apply(batch, of: migrations)
                }
            }
        }
        ring(.changed)
    }
}

/// Two processes may start at once, and a migration may take longer than SQLite waits for a lock.
private func waitingForOthers(at path: String, _ work: () throws -> Void) throws {
    let file = open("\(path).migration", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StoreError.open("\(path).migration: \(String(cString: strerror(errno)))") }
    defer { close(file) }
    while flock(file, LOCK_EX) != 0 {
        guard errno == EINTR else { throw StoreError.open("\(path).migration: \(String(cString: strerror(errno)))") }
    }
    try work()
}

extension GRDB.Database {
    /// Written under another name first: a copy that is there is whole.
    fileprivate func copy(to path: String) throws {
        let unfinished = "\(path).unfinished"
        try? FileManager.default.removeItem(atPath: unfinished)
        try translatingSQLite { try execute(sql: "VACUUM INTO ?", arguments: [unfinished]) }
        try synchronise(unfinished)
        guard Glibc.rename(unfinished, path) == 0 else {
            throw StoreError.open("\(path): \(String(cString: strerror(errno)))")
        }
    }

    private func synchronise(_ path: String) throws {
        let file = open(path, O_RDWR | O_CLOEXEC)
        defer { close(file) }
        guard file >= 0, fchmod(file, 0o600) == 0, fsync(file) == 0 else {
            throw StoreError.open("\(path): \(String(cString: strerror(errno)))")
        }
    }

    /// Tables are changed in SQLite by building them anew, which needs the foreign keys off until the end (SQLite's own advice).
    fileprivate func apply(_ batch: [Migration], of all: [Migration]) throws {
        try translatingSQLite { try execute(sql: "PRAGMA foreign_keys = OFF") }
        defer { try? execute(sql: "PRAGMA foreign_keys = ON") }
        try transact {
            _ = try lend(for: .seconds(24 * 3600)) { try $0.apply(batch, of: all) }
            let broken = try translatingSQLite { try GRDB.Row.fetchOne(self, sql: "PRAGMA foreign_key_check") }
            if broken != nil { throw StoreError.migration("\(batch.last?.title ?? "") leaves references to rows that are gone") }
        }
    }
}
