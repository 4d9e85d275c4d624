import Foundation
import Store

/// Finds messages by their words.
public struct Search: Sendable {
    let store: Store

    public struct Hit: Sendable, Hashable {
        public let message: ID<Message>
        public let conversation: ID<Conversation>
        public let at: Date
        /// The words around the first mark, as they were written.
        public let excerpt: String
        /// Where the words sought stand in it, in order, computed on the original.
        public let marks: [Range<String.Index>]
    }

    /// A text as it is searched: for whoever fills a database with many.
    package static func tokens(of text: String) -> [String] { SearchWords.tokens(of: [text]) }

    /// Messages that hold all the words, newest first.
    /// - Parameters:
    ///   - query: As typed; the last word may go on where whole words don't fill a page.
    ///   - before: The last hit of the page before.
    public func find(_ query: String, before: ID<Message>? = nil, limit: Int = 50) async throws -> [Hit] {
        let sought = SearchWords.tokens(of: [query])
        guard !sought.isEmpty else { return [] }
        let rows = try await store.read { db in
            // Whole words first: beginnings of a common word are many words, and costly to put together.
            let whole = try db.hits(sought, lastIsPrefix: false, before: before, limit: limit)
            return whole.count == limit ? whole : try db.hits(sought, lastIsPrefix: true, before: before, limit: limit)
        }
        return try rows.map { row in
            let warning: String? = try row["warning"]
            let text = [warning, try row["text"] as String].compactMap(\.self).joined(separator: "\n")
            let (excerpt, marks) = Self.excerpt(of: text, sought: Set(sought), open: sought.last ?? "")
            return Hit(
                message: try row["id"], conversation: try row["conversation_id"], at: try row["received_at"], excerpt: excerpt,
                marks: marks)
        }
    }

    /// Cuts out what stands around the first hit, and marks every hit in it.
    static func excerpt(of text: String, sought: Set<String>, open: String) -> (String, [Range<String.Index>]) {
        let stemmer = Stemmer()
        // Folding and stemming leave a plain first letter as it is: what begins otherwise needs neither.
        let initials = Set(sought.union([open]).compactMap(\.utf8.first))
        let matches = { (word: SearchWords.Word) in
            let stem = stemmer.stem(word.folded)
            return sought.contains(stem) || (!open.isEmpty && stem.hasPrefix(open))
        }
        let first = SearchWords.words(in: text, initials: initials).first(where: matches)?.range.lowerBound ?? text.startIndex
        let start = text.index(first, offsetBy: -60, limitedBy: text.startIndex) ?? text.startIndex
        let end = text.index(start, offsetBy: 240, limitedBy: text.endIndex) ?? text.endIndex
        let excerpt = String(text[start..<end])
        return (excerpt, SearchWords.words(in: excerpt, initials: initials).filter(matches).map(\.range))
    }
}

extension Database {
    fileprivate func hits(_ sought: [String], lastIsPrefix: Bool, before: ID<Message>?, limit: Int) throws -> [Row] {
        try rows(
            """
            SELECT message.id, message.conversation_id, message.received_at, message.text, message.warning
            FROM (\(sql: dialect.matches(sought, lastIsPrefix: lastIsPrefix, before: before?.rawValue, limit: limit))) AS hit
            JOIN message ON message.id = hit.id ORDER BY hit.id DESC
            """)
    }
}
