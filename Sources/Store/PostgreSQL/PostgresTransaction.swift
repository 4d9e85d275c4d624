import Foundation

/// A transaction in the authority's schema, as its role: a slip in a statement can't reach another authority's rows. (It guards against
/// slips, not against injection: SQL that says RESET ROLE gets out.)
struct PostgresTransaction {
    let access: Access
    let cage: Cage
    var limit = Duration.seconds(10)

    private var mode: SQL {
        switch access {
        case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case .write: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        case .claim, .renew, .append: "BEGIN ISOLATION LEVEL READ COMMITTED"
        }
    }

    /// - Throws: What the block throws; `.conflict` and `.unreachable` where nothing was kept and the block may run again.
    func run<Result>(on worker: PostgresWorker, _ body: (Database) throws -> Result) throws -> (result: Result, changes: Int) {
        do {
            let connection = try worker.connection()
            let number = try begin(on: connection)
            let database = Database(PostgresSession(connection), dialect: .postgres, limit: limit)
            let result = try database.lend(to: body)
            if access == .read {
                // It is good once it was read: nobody waits for its end.
                try connection.part(with: "COMMIT")
            } else {
                try commit(number(), on: connection, of: worker)
            }
            return (result, database.changes)
        } catch {
            worker.tidy()
            throw error
        }
    }

    /// All that begins a transaction travels with its first statement.
    /// - Returns: The transaction's number once that was answered, for the case that the commit's answer is lost.
    private func begin(on connection: PostgresConnection) throws -> () -> String? {
        try connection.send(mode)
        for sql in cage.entry { try connection.send(sql) }
        guard access != .read else { return { nil } }
        var number: Int64?
        try connection.send("SELECT CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT) AS number") {
            number = try? $0.answer().rows.first?["number"]
        }
        return { number.map(String.init) }
    }

    private func commit(_ number: String?, on connection: PostgresConnection, of worker: PostgresWorker) throws {
        do {
            try commit(on: connection)
        } catch StoreError.unreachable(let why) {
            guard let number else { throw StoreError.unreachable(why) }
            let lost = LostCommit(number: number, era: connection.era)
            worker.hangUp()
            guard try lost.happened(asking: worker) else { throw StoreError.unreachable(why) }
        }
    }

    private func commit(on connection: PostgresConnection) throws {
        guard try connection.execute(script: "COMMIT").command == "COMMIT" else {
            throw StoreError.statement(code: "25P02", message: "the transaction had failed before it was committed")
        }
    }
}

private final class PostgresSession: Session {
    private let connection: PostgresConnection

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    func execute(_ sql: SQL) throws -> Answer {
        try connection.execute(sql)
    }

    func send(_ sql: SQL) throws {
        try connection.send(sql)
    }

    func settle() throws {
        try connection.settle()
    }

    func script(_ text: String) throws {
        try connection.execute(script: text)
    }
}

/// A COMMIT that was sent and not answered: looked up, never run again on suspicion.
struct LostCommit {
    let number: String
    let era: String

    /// Longer than a server keeps a transaction open whose client is gone.
    private static let patience = Duration.seconds(15)

    /// - Throws: `StoreError.commitUnknown` where it can't be learnt.
    func happened(asking worker: PostgresWorker) throws -> Bool {
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            if let answer = try? look(asking: worker) { return try answer.get() }
            Thread.sleep(forTimeInterval: 0.1)  // paces the next look; this is the pool's own thread
        }
        throw StoreError.commitUnknown
    }

    /// - Throws: Where the server can't be reached or the transaction still goes on.
    private func look(asking worker: PostgresWorker) throws -> Result<Bool, StoreError> {
        let connection = try worker.connection()
        let status: String?
        do {
            status = try connection.execute(script: "SELECT pg_xact_status('\(number)')").text(0)
        } catch StoreError.statement(code: "22023", _) {
            return .success(false)  // no transaction had this number yet: a crash took ours, unwritten
        }
        switch status {
        case "aborted": return .success(false)
        // After a crash or a fail-over the number may be another's by now.
        case "committed": return connection.era == era ? .success(true) : .failure(.commitUnknown)
        case "in progress": throw StoreError.unreachable("the transaction still goes on")
        default: return .failure(.commitUnknown)
        }
    }
}
