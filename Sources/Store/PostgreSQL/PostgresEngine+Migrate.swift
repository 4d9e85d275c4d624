extension PostgresEngine {
    func migrate(_ migrations: [Migration], progress: @escaping @Sendable (String) -> Void) async throws {
        for migration in try await perform(.read, { try $0.pending(of: migrations) }) {
            progress(migration.title)
            do {
                try await perform(.append) { db in
                    // Nodes that start together wait here for the first. Its DDL waits for others no longer than they can bear.
                    try db.script(
                        """
                        SET LOCAL statement_timeout = 0;
                        SET LOCAL lock_timeout = 0;
                        SELECT pg_advisory_xact_lock(hashtext('schalter migrate'), hashtext(current_schema()));
                        SET LOCAL lock_timeout = '10s'
                        """)
                    try db.apply(migration, of: migrations)
                }
            } catch {
                throw migration.named(error)
            }
        }
    }
}
