// Full text.
//
// The words come folded and stemmed, so that both engines find the same. The table is made by a migration for each engine:
//
//     CREATE VIRTUAL TABLE message_search
//     USING fts5 (words, tokenize = 'ascii', prefix = '2 3 4', detail = none, columnsize = 0)
//
//     CREATE TABLE message_search (message_id BIGINT PRIMARY KEY, words tsvector NOT NULL)
//     CREATE INDEX message_search_words ON message_search USING gin (words) WITH (fastupdate = off)
//
// FTS5's `ascii` takes every other character for part of a word: unlike `unicode61` it leaves our tokens as they are. Beginnings of
// two to four letters fit so many words that they need an index of their own (1,000,000 messages: 570 ms without).

extension Dialect {
    /// Makes a message findable by these words and by no others it had before.
    public func index(message id: Int64, tokens: [String], into db: Database) throws {
        let words = Self.words(tokens)
        switch self {
        case .sqlite:
            try db.later("DELETE FROM message_search WHERE rowid = \(id)")
            try db.later("INSERT INTO message_search (rowid, words) VALUES (\(id), \(words.joined(separator: " ")))")
        case .postgres:
            try db.add(
                Insert(
                    "message_search", "message_id, words",
                    "\(id), array_to_tsvector(string_to_array(\(words.joined(separator: " ")), ' '))",
                    conflict: "ON CONFLICT (message_id) DO UPDATE SET words = excluded.words"))
        }
    }

    /// Makes messages unfindable at once. The files forget their words with the next compaction.
    public func unindex(messages ids: [Int64], from db: Database) throws {
        switch self {
        case .sqlite: try db.later("DELETE FROM message_search WHERE rowid \(in: ids)")
        case .postgres: try db.later("DELETE FROM message_search WHERE message_id \(in: ids)")
        }
    }

    /// A query for the messages with all these words: one column `id`, newest first, at most `limit`.
    ///
    ///     SELECT … FROM (\(sql: dialect.matches(tokens, limit: 50))) AS hit JOIN message ON message.id = hit.id ORDER BY hit.id DESC
    ///
    /// - Parameters:
    ///   - lastIsPrefix: The last word may go on: it is still being typed. A single letter is taken for the whole word.
    ///   - before: Only messages older than this one: the last of the page before.
    public func matches(
        _ tokens: [String], lastIsPrefix: Bool = false, before: Int64? = nil, limit: Int
    ) -> SQL {
        let words = Self.words(tokens)
        guard let last = words.last else { return "SELECT CAST(0 AS BIGINT) AS id WHERE 1 = 0" }
        let goesOn = lastIsPrefix && last.unicodeScalars.count > 1
        switch self {
        case .sqlite:
            let query = words.map { "\"\($0)\"" }.joined(separator: " AND ") + (goesOn ? "*" : "")
            return """
                SELECT rowid AS id FROM message_search
                WHERE message_search MATCH \(query) AND rowid < \(before ?? .max) ORDER BY rowid DESC LIMIT \(limit)
                """
        case .postgres:
            let query = words.map { "'\($0)'" }.joined(separator: " & ") + (goesOn ? ":*" : "")
            return Self.postgresMatches(query, before: before ?? .max, limit: limit)
        }
    }

    /// A common word is found soon among the newest messages, a rare one by the index. PostgreSQL takes the wrong way where it misjudges
    /// the word (1,000,000 messages: 265 ms for a rare one), so both are tried in turn; `+ 0` keeps the second from walking too.
    private static func postgresMatches(_ query: String, before: Int64, limit: Int) -> SQL {
        """
        WITH recent AS MATERIALIZED (
            SELECT message_id FROM (
                SELECT message_id, words FROM message_search WHERE message_id < \(before) ORDER BY message_id DESC LIMIT 2000) AS newest
            WHERE words @@ CAST(\(query) AS tsquery) ORDER BY message_id DESC LIMIT \(limit)
        ), anywhere AS (
            SELECT message_id FROM message_search
            WHERE words @@ CAST(\(query) AS tsquery) AND message_id + 0 < \(before) ORDER BY message_id + 0 DESC LIMIT \(limit)
        )
        SELECT message_id AS id FROM recent WHERE (SELECT count(*) FROM recent) >= \(limit)
        UNION ALL
        SELECT message_id FROM anywhere WHERE (SELECT count(*) FROM recent) < \(limit)
        ORDER BY id DESC
        """
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
    private static let pagesPerStep = 16

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
