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
            let statement = try sql.isKept ? db.cachedStatement(sql: sql.text(for: .sqlite)) : db.makeStatement(sql: sql.text(for: .sqlite))
            let arguments = StatementArguments(sql.values.map { $0.databaseValue })
            let before = db.totalChangesCount
            var answer = Answer()
            if statement.columnCount > 0 {
                try statement.setArguments(arguments)
                answer.rows = try rows(of: statement)
            } else {
                try statement.execute(arguments: arguments)
            }
            answer.changed = changes(since: before)
            return answer
        }
    }

    func send(_ sql: SQL) throws {
        _ = try execute(sql)
    }

    func settle() {}

    /// GRDB remembers a statement's columns for good; SQLite itself notices when a migration has changed them.
    private func rows(of statement: Statement) throws -> [Row] {
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        var rows: [Row] = []
        var columns: Columns?
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW:
                let width = sqlite3_column_count(handle)
                let names = columns ?? Columns((0..<width).map { String(cString: sqlite3_column_name(handle, $0)) })
                columns = names
                rows.append(Row(columns: names, values: (0..<width).map { SQLValue(handle, $0) }))
            case SQLITE_DONE:
                return rows
            default:
                let message = sqlite3_errmsg(db.sqliteConnection).map { String(cString: $0) }
                throw DatabaseError(resultCode: ResultCode(rawValue: sqlite3_extended_errcode(db.sqliteConnection)), message: message)
            }
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
        case .list(_, let elements), .column(_, let elements): Self.json(elements).databaseValue
        }
    }

    private static func json(_ elements: [SQLValue]) -> String {
        let texts = elements.map { element in
            switch element {
            case .integer(let number): String(number)
            case .text(let text): String(decoding: (try? JSONEncoder().encode(text)) ?? Data("null".utf8), as: UTF8.self)
            default: preconditionFailure("a list holds integers or texts")
            }
        }
        return "[\(texts.joined(separator: ","))]"
    }

    fileprivate init(_ statement: SQLiteStatement, _ column: Int32) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: self = .text(String(decoding: Self.bytes(statement, column), as: UTF8.self))
        case SQLITE_BLOB: self = .blob(Data(Self.bytes(statement, column)))
        default: self = .null(.text)
        }
    }

    private static func bytes(_ statement: SQLiteStatement, _ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: sqlite3_column_blob(statement, column), count: Int(sqlite3_column_bytes(statement, column)))
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
