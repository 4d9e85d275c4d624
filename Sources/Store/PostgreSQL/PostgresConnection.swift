import CPostgres
import Foundation

/// One connection, owned by one thread.
final class PostgresConnection {
    /// Changes when the server is started anew or recovers from a crash: it may then give the number of a transaction that was lost to
    /// another.
    private(set) var era = ""
    private let handle: OpaquePointer
    private var statements: [StatementKey: String] = [:]
    private var needsNewStatements = false
    /// Statements that were sent and not answered yet, each with who waits for its answer.
    private var underway: [((PostgresResult) -> Void)?] = []
    /// The server was asked to answer them all.
    private var isAsked = false

    private static let mostStatements = 300
    private static let mostUnderway = 500

    /// - Throws: `StoreError.unreachable`, and `.unsafe` where the server would lose what it acknowledges.
    init(url: String) throws {
        guard let handle = Self.connect(to: url) else { throw StoreError.unreachable("out of memory") }
        self.handle = handle
        PQsetNoticeProcessor(handle, { _, _ in }, nil)  // notices would go to standard error
        guard PQstatus(handle) == CONNECTION_OK else { throw StoreError.unreachable(lastMessage) }
        try prepareSession()
    }

    deinit {
        PQfinish(handle)
    }

    /// What no server could mend is told from one that is away.
    /// - Throws: `StoreError.location`.
    static func check(_ url: String) throws {
        var fault: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &fault) else {
            defer { PQfreemem(fault) }
            throw StoreError.location(fault.map { PostgresFailure.oneLine(String(cString: $0)) } ?? "it can't be understood")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if String(cString: keyword) == "port", let value = option.pointee.val {
                for port in String(cString: value).split(separator: ",") where UInt16(port) == nil {
                    throw StoreError.location("the port \(port) is no number")
                }
            }
            option += 1
        }
    }

    /// What stands in the address wins over ours.
    private static func connect(to url: String) -> OpaquePointer? {
        let settings = [
            ("application_name", "schalter"), ("client_encoding", "UTF8"), ("target_session_attrs", "read-write"),
            ("connect_timeout", "3"), ("tcp_user_timeout", "10000"),
            ("keepalives_idle", "5"), ("keepalives_interval", "2"), ("keepalives_count", "3"), ("dbname", url),
        ]
        let strings = (settings.map(\.0) + settings.map(\.1)).map { strdup($0) }
        defer { strings.forEach { free($0) } }
        let pointers = strings.map { UnsafePointer($0) }
        return PQconnectdbParams(Array(pointers[..<settings.count]) + [nil], Array(pointers[settings.count...]) + [nil], 1)
    }

    /// Time-outs first of all: a frozen node must not hold others up, and on defaults it holds its locks for hours. Plans are kept, and one
    /// that was made while a table was small must not read it from end to end once it is large: every statement of ours has its index.
    private func prepareSession() throws {
        let answer = try execute(
            script: """
                SET statement_timeout = '10s';
                SET lock_timeout = '5s';
                SET idle_in_transaction_session_timeout = '8s';
                SET tcp_keepalives_idle = 5;
                SET tcp_keepalives_interval = 2;
                SET tcp_keepalives_count = 3;
                SET tcp_user_timeout = 10000;
                SET TimeZone = 'UTC';
                SET enable_seqscan = off;
                SET jit = off;
                SELECT current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
                       current_setting('server_encoding'), concat(pg_postmaster_start_time(), ' ', stats_reset)
                FROM pg_stat_bgwriter
                """)
        guard answer.text(0) == "on" else { throw StoreError.unsafe("PostgreSQL runs with fsync off") }
        guard answer.text(1) == "on" else { throw StoreError.unsafe("PostgreSQL runs with full_page_writes off") }
        guard answer.text(2) != "off" else { throw StoreError.unsafe("PostgreSQL runs with synchronous_commit off") }
        guard answer.text(3) == "UTF8" else { throw StoreError.open("the PostgreSQL database is not encoded as UTF8") }
        era = answer.text(4) ?? ""
    }

    // MARK: - Statements

    /// Any number of statements without values, in one round trip; answers with the last one's result as text.
    @discardableResult
    func execute(script: String) throws -> PostgresResult {
        try settle()
        return try checked(PQexec(handle, script))
    }

    func execute(_ sql: SQL) throws -> Answer {
        try send(sql)
        return try settle()?.answer() ?? Answer()
    }

    /// Sends a statement and does not wait for its answer, so that many share a round trip.
    /// - Parameter take: Gets its answer once it is there.
    func send(_ sql: SQL, take: ((PostgresResult) -> Void)? = nil) throws {
        // Its answers must never fill the line while we fill it with statements: then both would wait for ever.
        if isAsked || underway.count >= Self.mostUnderway { try settle() }
        let text = sql.text(for: .postgres)
        let parameters = PostgresParameters(sql.values)
        let name = sql.isKept ? try prepare(text, types: parameters.types) : nil
        if underway.isEmpty { PQenterPipelineMode(handle) }
        let isSent = parameters.withPointers { values, lengths, formats in
            let count = Int32(values.count)
            return if let name {
                PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1)
            } else {
                PQsendQueryParams(handle, text, count, parameters.types, values, lengths, formats, 1)
            }
        }
        guard isSent == 1 else { throw StoreError.unreachable(lastMessage) }
        underway.append(take)
    }

    /// Waits for the answers of what was sent.
    /// - Returns: The last one's; `nil` where nothing was underway.
    /// - Throws: The first failure; the statements after it did nothing.
    @discardableResult
    func settle() throws -> PostgresResult? {
        guard !underway.isEmpty else { return nil }
        if !isAsked { PQpipelineSync(handle) }
        var outcome: Result<PostgresResult, any Error>?
        for take in underway {
            let answer = Result { try checked(PQgetResult(handle)) }
            while let rest = PQgetResult(handle) { PQclear(rest) }
            if case .failure = outcome { continue }
            if case .success(let result) = answer { take?(result) }
            outcome = answer
        }
        (underway, isAsked) = ([], false)
        PQclear(PQgetResult(handle))  // the end of the pipeline
        PQexitPipelineMode(handle)
        return try outcome?.get()
    }

    /// Sends a last statement at once, and leaves its answer to whoever uses the connection next.
    func part(with sql: SQL) throws {
        try send(sql)
        PQpipelineSync(handle)
        isAsked = true
    }

    private func prepare(_ text: String, types: [Oid]) throws -> String {
        let key = StatementKey(text: text, types: types)
        if let name = statements[key] { return name }
        if statements.count >= Self.mostStatements { try forgetStatements() }
        try settle()
        let name = "s\(statements.count)"
        try checked(PQprepare(handle, name, text, Int32(types.count), types))
        statements[key] = name
        return name
    }

    private func forgetStatements() throws {
        try execute(script: "DEALLOCATE ALL")
        statements = [:]
    }

    private struct StatementKey: Hashable {
        let text: String
        let types: [Oid]
    }

    @discardableResult
    private func checked(_ pointer: OpaquePointer?) throws -> PostgresResult {
        // Without memory, or without a connection.
        guard let pointer else { throw StoreError.unreachable(lastMessage) }
        let result = PostgresResult(pointer)
        guard let failure = result.failure else { return result }
        // The tables changed under a prepared statement, and the lost transaction can't deallocate any more.
        if failure.isStalePlan { needsNewStatements = true }
        throw isLost || failure.endsConnection ? StoreError.unreachable(failure.message) : StoreError(failure)
    }

    // MARK: - State

    var isLost: Bool { PQstatus(handle) != CONNECTION_OK }

    /// Leaves no transaction open.
    /// - Returns: False where the connection is of no use any more.
    func tidy() -> Bool {
        _ = try? settle()
        guard !isLost else { return false }
        if PQtransactionStatus(handle) != PQTRANS_IDLE { _ = try? execute(script: "ROLLBACK") }
        if needsNewStatements {
            needsNewStatements = false
            _ = try? forgetStatements()
        }
        return !isLost && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    var socket: Int32 { PQsocket(handle) }

    /// Texts of the notifications that have arrived.
    /// - Throws: `StoreError.unreachable`.
    func notifications() throws -> [String] {
        guard PQconsumeInput(handle) == 1 else { throw StoreError.unreachable(lastMessage) }
        var texts: [String] = []
        while let notification = PQnotifies(handle) {
            texts.append(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        return texts
    }

    private var lastMessage: String {
        PostgresFailure.oneLine(String(cString: PQerrorMessage(handle)))
    }
}
