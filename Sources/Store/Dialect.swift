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

// MARK: - Full text
//
// The words come folded and stemmed, so that both engines find the same. The table is made by a migration for each engine:
//
//     CREATE VIRTUAL TABLE message_search USING fts5 (words, tokenize = 'ascii', detail = none, columnsize = 0)
//
//     CREATE TABLE message_search (message_id BIGINT PRIMARY KEY, words tsvector NOT NULL)
//     CREATE INDEX message_search_words ON message_search USING gin (words) WITH (fastupdate = off)
//
// FTS5's `ascii` takes every other character for part of a word: unlike `unicode61` it leaves our tokens as they are.

extension Dialect {
    /// Makes a message findable by these words and by no others it had before.
    public func index(message id: Int64, tokens: [String], into db: Database) throws {
        let words = Self.words(tokens)
        switch self {
        case .sqlite:
            try unindex(message: id, from: db)
            try db.run("INSERT INTO message_search (rowid, words) VALUES (\(id), \(words.joined(separator: " ")))")
        case .postgres:
            try db.run(
                """
                INSERT INTO message_search (message_id, words)
                VALUES (\(id), array_to_tsvector(string_to_array(\(words.joined(separator: " ")), ' ')))
                ON CONFLICT (message_id) DO UPDATE SET words = excluded.words
                """)
        }
    }

    /// Makes a message unfindable at once. The files forget its words with the next compaction.
    public func unindex(message id: Int64, from db: Database) throws {
        switch self {
        case .sqlite: try db.run("DELETE FROM message_search WHERE rowid = \(id)")
        case .postgres: try db.run("DELETE FROM message_search WHERE message_id = \(id)")
        }
    }

    /// A query for the messages with all these words: one column `id`, newest first, at most `limit`.
    ///
    ///     SELECT … FROM (\(sql: dialect.matches(tokens, limit: 50))) AS hit JOIN message ON message.id = hit.id ORDER BY hit.id DESC
    ///
    /// - Parameters:
    ///   - lastIsPrefix: The last word may go on: it is still being typed.
    ///   - before: Only messages older than this one: the last of the page before.
    public func matches(
        _ tokens: [String], lastIsPrefix: Bool = false, before: Int64? = nil, limit: Int
    ) -> SQL {
        let words = Self.words(tokens)
        guard !words.isEmpty else { return "SELECT CAST(0 AS BIGINT) AS id WHERE 1 = 0" }
        switch self {
        case .sqlite:
            let query = words.map { "\"\($0)\"" }.joined(separator: " AND ") + (lastIsPrefix ? "*" : "")
            return """
                SELECT rowid AS id FROM message_search
                WHERE message_search MATCH \(query) AND rowid < \(before ?? .max) ORDER BY rowid DESC LIMIT \(limit)
                """
        case .postgres:
            let query = words.map { "'\($0)'" }.joined(separator: " & ") + (lastIsPrefix ? ":*" : "")
            // Whether it pays to walk the newest or to look up the index depends on how common the words are.
            return ("""
                SELECT message_id AS id FROM message_search
                WHERE words @@ CAST(\(query) AS tsquery) AND message_id < \(before ?? .max)
                ORDER BY message_id DESC LIMIT \(limit)
                """ as SQL).plannedEachTime
        }
    }

    /// One short step of rewriting the index without the words of removed messages; PostgreSQL does that in `Store.compact`.
    /// - Parameter begin: True once, for the first step of a compaction.
    /// - Returns: Whether there is more to do.
    public func optimizeSearch(in db: Database, begin: Bool) throws -> Bool {
        guard self == .sqlite else { return false }
        // A negative number marks the whole index for rewriting; it is done when a step changes no more than its own row.
        let pages = begin ? -Self.pagesPerStep : Self.pagesPerStep
        let before: Int? = try db.value("SELECT total_changes()")
        try db.run("INSERT INTO message_search (message_search, rank) VALUES ('merge', \(pages))")
        let after: Int? = try db.value("SELECT total_changes()")
        return (after ?? 0) - (before ?? 0) >= 2
    }

    /// Index pages that one step writes: some milliseconds.
    private static let pagesPerStep = 64

    /// Tokens as both engines keep them: what could be taken for syntax or end a word is left out, and PostgreSQL refuses long ones.
    private static func words(_ tokens: [String]) -> [String] {
        var seen = Set<String>()
        return tokens.map(word).filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private static func word(_ token: String) -> String {
        var word = String.UnicodeScalarView()
        var bytes = 0
        for scalar in token.unicodeScalars where !scalar.isASCII || scalar.isASCIIWord {
            bytes += UTF8.width(scalar)
            guard bytes <= 500 else { break }
            word.append(scalar)
        }
        return String(word)
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIIWord: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
    }
}
