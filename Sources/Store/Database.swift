/// The database inside a block of `read`, `write`, `claim` or `append`; of no use after it.
///
/// A statement that fails spoils its block on both engines: what follows throws the same error again and nothing is kept, even if the
/// block catches it.
public final class Database {
    public let dialect: Dialect
    private var session: (any Session)?
    private var failure: (any Error)?
    private let deadline: ContinuousClock.Instant
    private let limit: Duration

    /// Rows changed so far: a block that changed nothing wakes nobody.
    private(set) var changes = 0
    private var gathered: GatheredRows?

    init(_ session: any Session, dialect: Dialect, limit: Duration) {
        self.session = session
        self.dialect = dialect
        self.limit = limit
        deadline = .now + limit
    }

    /// Runs a statement for its effect.
    /// - Returns: The number of rows it changed.
    @discardableResult
    public func run(_ sql: SQL) throws -> Int {
        try execute(sql).changed
    }

    /// Runs a statement whose answer nobody waits for: on PostgreSQL it travels with the next one. If it fails, the next one or the end of
    /// the block throws that.
    public func later(_ sql: SQL) throws {
        try attempt(sql) { try $0.send(sql) }
        changes += 1
    }

    /// Adds a row; whether it failed may come out later, as with `later`.
    public func add(_ row: Insert) throws {
        if row.row.values.contains(where: \.containsNUL) { throw StoreError.nul }
        if gathered?.take(row) != true { return try later(row.statement) }
        changes += 1
    }

    /// From here on the rows that are added to these tables go in together, before the next statement that is none of them: on PostgreSQL
    /// one statement for each costs twice as much.
    /// - Parameter tables: In an order in which none points to one that comes after it.
    public func gather(into tables: [String]) {
        if dialect == .postgres { gathered = GatheredRows(tables) }
    }

    /// All rows of a query, or of an `INSERT … RETURNING`.
    public func rows(_ sql: SQL) throws -> [Row] {
        try execute(sql).rows
    }

    /// The first row, or `nil` if there is none.
    public func row(_ sql: SQL) throws -> Row? {
        try execute(sql).rows.first
    }

    /// The first column of the first row; `nil` if there is no row or it holds NULL.
    public func value<Value: SQLValueConvertible>(_ sql: SQL) throws -> Value? {
        guard let stored = try row(sql)?.values.first, !stored.isNull else { return nil }
        guard let value = Value(sqlValue: stored) else { throw StoreError.column("1") }
        return value
    }

    /// Runs many statements without values, as a migration has them.
    func script(_ text: String) throws {
        try attempt { session in
            try session.script(text)
            changes += 1
        }
    }

    private func execute(_ sql: SQL) throws -> Answer {
        let answer = try attempt(sql) { try $0.execute(sql) }
        changes += answer.changed
        return answer
    }

    private func attempt<Result>(_ sql: SQL, _ statement: (any Session) throws -> Result) throws -> Result {
        try attempt { session in
            // SQLite would keep such a text and cut it when read, PostgreSQL refuses it: refuse on both.
            if sql.values.contains(where: \.containsNUL) { throw StoreError.nul }
            return try statement(session)
        }
    }

    private func attempt<Result>(_ statement: (any Session) throws -> Result) throws -> Result {
        guard let session else { throw StoreError.closed }
        if let failure { throw failure }
        do {
            if deadline < .now { throw StoreError.timeout("a block ran for more than \(limit)") }
            for rows in gathered?.empty() ?? [] { try session.send(rows) }
            return try statement(session)
        } catch {
            failure = error
            throw error
        }
    }

    /// Runs a block and puts the database out of its reach afterwards.
    func lend<Result>(to body: (Database) throws -> Result) throws -> Result {
        defer { session = nil }
        do {
            let result = try body(self)
            try attempt { try $0.settle() }
            return result
        } catch {
            // The block may have made something else of a conflict; it is a reason to run again all the same.
            if let passing = failure as? StoreError, passing.isPassing { throw passing }
            throw error
        }
    }
}

/// A transaction that is open on one of the engines.
protocol Session: AnyObject {
    func execute(_ sql: SQL) throws -> Answer
    /// Runs a statement; whether it failed may come out with a later one.
    func send(_ sql: SQL) throws
    /// - Throws: Where something that was sent has failed.
    func settle() throws
    func script(_ text: String) throws
}

struct Answer {
    var rows: [Row] = []
    /// Rows inserted, updated or deleted; 0 for a query.
    var changed = 0
}

extension SQLValue {
    fileprivate var containsNUL: Bool {
        switch self {
        case .text(let text): text.utf8.contains(0)
        case .list(_, let elements): elements.contains(where: \.containsNUL)
        default: false
        }
    }
}
