/// One schema of a PostgreSQL database.
final class PostgresEngine: Engine {
    let cage: Cage
    let bell: Bell
    let compaction = PostgresCompaction()
    private let pool: PostgresPool
    private let ear: PostgresEar

    private init(cage: Cage, pool: PostgresPool, url: String) {
        self.cage = cage
        self.pool = pool
        bell = Bell()
        ear = PostgresEar(url: url, channel: cage.channel, bell: bell)
    }

    static func open(url: String, schema: String, connections: Int) async throws -> PostgresEngine {
        try Cage.check(name: schema)
        try PostgresConnection.check(url)
        let pool = PostgresPool(url: url, size: connections)
        do {
            let cage = try await pool.work { try Cage.prepare(schema: schema, on: $0.connection()) }
            return PostgresEngine(cage: cage, pool: pool, url: url)
        } catch {
            await pool.close()
            throw error
        }
    }

    func perform<Result: Sendable>(
        _ access: Access, _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        let transaction = PostgresTransaction(access: access, cage: cage)
        let (result, changes) = try await work { try transaction.run(on: $0, body) }
        if changes > 0, access != .renew { bell.ring(.changed) }
        return result
    }

    /// Runs something on a connection of the pool; again where it met a passing obstacle.
    func work<Result: Sendable>(_ body: @escaping @Sendable (PostgresWorker) throws -> Result) async throws -> Result {
        try await pool.work(body)
    }

    func hints() -> AsyncStream<Hint> {
        ear.listen()
        return bell.listen()
    }

    func notify(_ text: String) async throws {
        let channel = cage.channel
        _ = try await work { try $0.connection().execute("SELECT pg_notify(\(channel), \(text))").changed }
    }

    /// Several nodes may serve one database.
    func own() async throws {}

    func close() async {
        await ear.close()
        await pool.close()
        bell.fallSilent()
    }
}

extension PostgresPool {
    func work<Result: Sendable>(_ body: @escaping @Sendable (PostgresWorker) throws -> Result) async throws -> Result {
        let patience = Patience()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isTaken = add { worker in
                    continuation.resume(with: Swift.Result { try worker.repeat(body, with: patience) })
                }
                if !isTaken { continuation.resume(throwing: StoreError.closed) }
            }
        } onCancel: {
            patience.cancel()
        }
    }
}

extension PostgresWorker {
    fileprivate func `repeat`<Result>(_ body: (PostgresWorker) throws -> Result, with patience: Patience) throws -> Result {
        while true {
            try patience.checkCancellation()
            do {
                return try body(self)
            } catch let error as StoreError where error.isPassing {
                tidy()
                guard patience.pause() else { throw error }
            }
        }
    }
}
