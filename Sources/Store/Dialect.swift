/// Everything in which the two engines differ, as far as a statement can see it.
public enum Dialect: Sendable {
    case sqlite, postgres

    /// As migrations of one engine alone are marked: `0002-search.sqlite.sql`.
    var name: String {
        switch self {
        case .sqlite: "sqlite"
        case .postgres: "postgres"
        }
    }

    // MARK: - Clock and locks

    /// The database's own clock, BIGINT milliseconds since 1970; leases are set and judged by it alone. It stands still within a
    /// statement (so that an index can be used) and moves on with the next: a statement that waited for a lock judges too strictly,
    /// never too late.
    public var clock: SQL {
        switch self {
        case .sqlite: "CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"
        case .postgres: "CAST(floor(extract(epoch FROM statement_timestamp()) * 1000) AS BIGINT)"
        }
    }

    /// Ends a SELECT that takes work: rows another node holds are passed over. SQLite has one writer and nothing to pass over.
    public var skipLocked: SQL {
        switch self {
        case .sqlite: ""
        case .postgres: "FOR UPDATE SKIP LOCKED"
        }
    }

    /// Ends a SELECT whose rows nobody else may change until the block ends.
    public var forUpdate: SQL {
        switch self {
        case .sqlite: ""
        case .postgres: "FOR UPDATE"
        }
    }

    // MARK: - Schema

    /// A migration as the engine wants it. It is written for PostgreSQL, and SQLite counts keys up in a way of its own.
    func adapted(_ script: String) -> String {
        switch self {
        case .sqlite:
            script.replacing(
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", with: "INTEGER PRIMARY KEY AUTOINCREMENT")
        case .postgres: script
        }
    }

    /// What must be there before the first migration.
    var groundwork: [SQL] {
        let table: SQL = """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number     BIGINT NOT NULL PRIMARY KEY,
                name       TEXT NOT NULL,
                digest     TEXT NOT NULL,
                applied_at BIGINT NOT NULL
            )
            """
        return switch self {
        case .sqlite: [table]
        case .postgres:
            [
                // Lets a migration say BLOB on both engines.
                """
                DO $$ BEGIN
                    IF to_regtype('blob') IS NULL THEN CREATE DOMAIN blob AS bytea; END IF;
                END $$
                """, table,
            ]
        }
    }

    /// Whether the current authority has such a table, as the only column of one row.
    func exists(table: String) -> SQL {
        switch self {
        case .sqlite: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = \(table))"
        case .postgres: "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = \(table))"
        }
    }
}
