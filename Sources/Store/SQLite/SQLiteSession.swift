import Foundation
import GRDB
import GRDBSQLite

/// A transaction on a SQLite connection.
final class SQLiteSession: Session {
    private let db: GRDB.Database

    init(_ db: GRDB.Database) {
        self.db = db
    }

    func execute(_ sql: SQL) throws -> Answer {
        try translatingSQLite {
            let statement = try sql.isKept ? db.cachedStatement(sql: sql.text) : db.makeStatement(sql: sql.text)
            let arguments = StatementArguments(sql.values.map(\.databaseValue))
            let before = db.totalChangesCount
            guard statement.columnCount > 0 else {
                try statement.execute(arguments: arguments)
                return Answer(changed: changes(since: before))
            }
            let columns = Columns(statement.columnNames)
            var rows: [Row] = []
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments)
            while let row = try cursor.next() {
                rows.append(Row(columns: columns, values: row.databaseValues.map(SQLValue.init)))
            }
            return Answer(rows: rows, changed: changes(since: before))
        }
    }

    func script(_ text: String) throws {
        try translatingSQLite { try db.execute(sql: text) }
    }

    /// `changesCount` alone stays at the last statement's where this one changed nothing; the total counts what triggers did too.
    private func changes(since before: Int) -> Int {
        db.totalChangesCount == before ? 0 : db.changesCount
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): bytes.databaseValue
        case .real(let number): number.databaseValue
        case .boolean(let flag): flag.databaseValue
        }
    }

    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null(.text)
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let bytes): self = .blob(bytes)
        }
    }
}

extension GRDB.Database {
    /// Runs a block and stops its statements once the time is over: an endless read would keep the log from being emptied.
    func lend<Result>(for limit: Duration, to body: (Database) throws -> Result) throws -> (result: Result, changes: Int) {
        let end = EndOfTime(after: limit)
        sqlite3_progress_handler(
            sqliteConnection, 1000,
            { pointer in
                guard let pointer else { return 0 }
                return Unmanaged<EndOfTime>.fromOpaque(pointer).takeUnretainedValue().hasCome ? 1 : 0
            },
            Unmanaged.passUnretained(end).toOpaque())
        defer { withExtendedLifetime(end) { sqlite3_progress_handler(sqliteConnection, 0, nil, nil) } }
        let database = Database(SQLiteSession(self), dialect: .sqlite, limit: limit)
        return (try database.lend(to: body), database.changes)
    }

    /// A write transaction from the first statement on, so that it never has to be given up half-way.
    func transact<Result>(_ work: () throws -> Result) throws -> Result {
        try translatingSQLite { try beginTransaction(.immediate) }
        do {
            let result = try work()
            try translatingSQLite { try commit() }
            return result
        } catch {
            // Where the disk is full SQLite may have rolled back by itself.
            if isInsideTransaction { try? rollback() }
            throw error
        }
    }
}

private final class EndOfTime {
    private let nanoseconds: UInt64

    init(after limit: Duration) {
        let (seconds, attoseconds) = limit.components
        nanoseconds = DispatchTime.now().uptimeNanoseconds + UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }

    var hasCome: Bool { DispatchTime.now().uptimeNanoseconds > nanoseconds }
}
