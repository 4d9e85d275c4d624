extension Store {
    /// Brings the database up to date: what has not run yet, in order, each in its own transaction; an empty database in one. A SQLite file that holds something
    /// is copied beside itself first (`NAME.before-0007`). If two processes migrate at once, one waits and finds the work done.
    /// - Parameter progress: Called with each migration's title as it begins.
    /// - Throws: `StoreError.migration` where a migration was changed after it ran, comes too late, or the database is newer than they are.
    public func migrate(
        _ migrations: [Migration], progress: @escaping @Sendable (String) -> Void
    ) async throws {
        try Migration.checkOrder(of: migrations)
        try await engine.migrate(migrations, progress: progress)
    }

    /// The number of the last migration that ran, 0 for an empty database.
    public func version() async throws -> Int {
        try await read { try $0.version() }
    }
}

extension [Migration] {
    /// What is run in one transaction each: on an empty database nobody has anything to lose by an interruption.
    /// - Parameter all: What there is.
    func batches(of all: [Migration]) -> [[Migration]] {
        count == all.count ? [self] : map { [$0] }
    }
}

extension Database {
    func version() throws -> Int {
        guard try value(dialect.exists(table: "schema_migration")) == true else { return 0 }
        return try value("SELECT max(number) FROM schema_migration") ?? 0
    }

    /// Those of `migrations` that have not run here.
    func pending(of migrations: [Migration]) throws -> [Migration] {
        guard try value(dialect.exists(table: "schema_migration")) == true else { return migrations }
        let applied = try rows("SELECT number, name, digest FROM schema_migration ORDER BY number").map(AppliedMigration.init)
        for (known, done) in zip(migrations, applied) where known.number != done.number || known.digest != done.digest {
            throw StoreError.migration(
                known.number == done.number
                    ? "\(known.title) was changed after it had run"
                    : "\(known.title) can't run after \(done.title)")
        }
        if let unknown = applied.dropFirst(migrations.count).first {
            throw StoreError.migration("the database is newer than this program, which doesn't know \(unknown.title)")
        }
        return Array(migrations.dropFirst(applied.count))
    }

    /// Runs migrations in the open transaction, as far as nobody else was faster.
    func apply(_ batch: [Migration], of all: [Migration]) throws {
        for step in dialect.groundwork { try run(step) }
        let pending = try pending(of: all)
        for migration in batch where pending.contains(migration) {
            do {
                try script(dialect.adapted(migration.sql))
                try run(
                    """
                    INSERT INTO schema_migration (number, name, digest, applied_at)
                    VALUES (\(migration.number), \(migration.name), \(migration.digest), \(sql: dialect.clock))
                    """)
            } catch {
                throw migration.named(error)
            }
        }
    }
}

private struct AppliedMigration {
    let number: Int
    let name: String
    let digest: String

    init(_ row: Row) throws {
        number = try row["number"]
        name = try row["name"]
        digest = try row["digest"]
    }

    var title: String { Migration(number: number, name: name, sql: "").title }
}

extension Migration {
    /// Says which migration it was, unless that is plain already.
    func named(_ error: any Error) -> any Error {
        switch error {
        case StoreError.statement(let code, let message): StoreError.migration("\(title) failed (\(code)): \(message)")
        case StoreError.constraint(_, let message): StoreError.migration("\(title) failed: \(message)")
        default: error
        }
    }
}
