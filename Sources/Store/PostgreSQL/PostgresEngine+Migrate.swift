extension PostgresEngine {
    func migrate(_ migrations: [Migration], progress: @escaping @Sendable (String) -> Void) async throws {
        for batch in try await perform(.read, { try $0.pending(of: migrations) }).batches(of: migrations) {
            for migration in batch { progress(migration.title) }
            let transaction = PostgresTransaction(access: .append, cage: cage, limit: .seconds(24 * 3600))
            do {
                _ = try await work { worker in
                    try transaction.run(on: worker) { try $0.applyAlone(batch, of: migrations) }
                }
            } catch {
                throw batch.last?.named(error) ?? error
            }
        }
        bell.ring(.changed)
    }
}

extension Database {
    /// Nodes that start together wait here for the first. Its DDL waits for others no longer than they can bear.
    fileprivate func applyAlone(_ batch: [Migration], of all: [Migration]) throws {
        try script(
            """
            SET LOCAL statement_timeout = 0;
            SET LOCAL lock_timeout = 0;
            SELECT pg_advisory_xact_lock(hashtext('schalter migrate'), hashtext(current_schema()));
            SET LOCAL lock_timeout = '10s'
            """)
        try apply(batch, of: all)
    }
}
