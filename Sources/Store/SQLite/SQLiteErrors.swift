import GRDB

/// Gives SQLite's errors our names; others pass through.
func translatingSQLite<Result>(_ work: () throws -> Result) throws -> Result {
    do {
        return try work()
    } catch let error as DatabaseError {
        throw StoreError(error)
    }
}

extension StoreError {
    /// SQLite's messages name tables and columns, never values.
    init(_ error: DatabaseError) {
        let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        self =
            switch error.resultCode {
            // A full disk also shows as a failed write to one of the files beside the database.
            case .SQLITE_FULL, .SQLITE_IOERR: .full(message)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .timeout("another process keeps it locked")
            case .SQLITE_INTERRUPT: .timeout("a statement was stopped")
            case .SQLITE_CONSTRAINT: .constraint(Constraint(error.extendedResultCode), message)
            case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_PERM, .SQLITE_AUTH: .open(message)
            case .SQLITE_MISUSE where message.contains("closed"): .closed
            default: .statement(code: "\(error.extendedResultCode.rawValue)", message: message)
            }
    }
}

extension StoreError.Constraint {
    fileprivate init(_ code: ResultCode) {
        self =
            switch code {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: .unique
            case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKey
            case .SQLITE_CONSTRAINT_NOTNULL: .notNull
            case .SQLITE_CONSTRAINT_CHECK: .check
            default: .other
            }
    }
}
