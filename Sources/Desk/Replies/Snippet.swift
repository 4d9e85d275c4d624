import Foundation
import Store

/// A text that the team says again and again.
public struct Snippet: Sendable, Equatable {
    public let id: ID<Snippet>
    /// Empty where it lies in none.
    public let folder: String
    public let title: String
    /// With placeholders, see ``filled(_:)``.
    public let text: String
    /// The last day on which it may be used; `nil` where nobody said.
    public let validUntil: CivilDay?
    public let changedBy: String
    public let changedAt: Date

    init(_ row: Row) throws {
        id = try row["id"]
        folder = try row["folder"]
        title = try row["title"]
        text = try row["text"]
        validUntil = try row["valid_until"]
        changedBy = try row["changed_by"]
        changedAt = try row["changed_at"]
    }

    /// What a placeholder stands for in one conversation.
    public enum Placeholder: String, Sendable, CaseIterable {
        /// The citizen's, as they wrote it: never turned into a salutation or a gender.
        case name = "Name"
        case authority = "Behörde"
        case date = "Datum"
        /// Who answers.
        case initials = "Kürzel"
    }

    /// The text as it goes into an answer. What is in braces and no placeholder stays as it is.
    public func filled(_ values: [Placeholder: String]) -> String {
        // In one pass: a citizen may be called like a placeholder.
        text.replacing(#/\{([^{}]+)\}/#) { match in
            Placeholder(rawValue: String(match.1)).flatMap { values[$0] } ?? String(match.0)
        }
    }
}

/// What a colleague writes into a snippet's form.
public struct SnippetWords: Sendable {
    public var folder: String
    public var title: String
    public var text: String
    public var validUntil: CivilDay?

    public init(folder: String, title: String, text: String, validUntil: CivilDay?) {
        self.folder = folder.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        self.title = title.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        self.text = text.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        self.validUntil = validUntil
    }

    fileprivate func check() throws(Refusal) {
        guard !title.isEmpty, title.count <= 100, folder.count <= 100 else { throw .titleMissing }
        guard !text.isEmpty else { throw .emptyText }
        guard text.count <= 5000 else { throw .tooLong(by: text.count - 5000) }
    }
}

/// The team's snippets.
public struct Snippets: Sendable {
    let store: Store

    /// By folder and title, also those that may not be used any more.
    public func all() async throws -> [Snippet] {
        try await store.read { db in try db.snippets() }
    }

    /// - Throws: `Refusal.notFound`.
    public func snippet(_ id: ID<Snippet>) async throws -> Snippet {
        try await store.read { db in try Snippet(db.row("\(sql: Self.columns) WHERE snippet.id = \(id)").orNotFound()) }
    }

    /// - Throws: `Refusal.titleMissing`, `.emptyText`, `.tooLong`.
    public func add(_ words: SnippetWords, by colleague: ID<Colleague>, at time: Date) async throws {
        try words.check()
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            try db.run(
                """
                INSERT INTO snippet (folder, title, text, valid_until, colleague_id, changed_at)
                VALUES (\(words.folder), \(words.title), \(words.text), \(words.validUntil), \(colleague), \(time))
                """)
            try db.record(Event(.snippetChanged, by: .colleague(colleague), at: time, detail: "added"))
        }
    }

    public func change(_ id: ID<Snippet>, to words: SnippetWords, by colleague: ID<Colleague>, at time: Date) async throws {
        try words.check()
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let count = try db.run(
                """
                UPDATE snippet SET folder = \(words.folder), title = \(words.title), text = \(words.text),
                    valid_until = \(words.validUntil), colleague_id = \(colleague), changed_at = \(time)
                WHERE id = \(id)
                """)
            guard count == 1 else { throw Refusal.notFound }
            try db.record(Event(.snippetChanged, by: .colleague(colleague), at: time))
        }
    }

    public func remove(_ id: ID<Snippet>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            guard try db.run("DELETE FROM snippet WHERE id = \(id)") == 1 else { return }
            try db.record(Event(.snippetChanged, by: .colleague(colleague), at: time, detail: "removed"))
        }
    }

    fileprivate static let columns: SQL =
        "SELECT snippet.*, colleague.name AS changed_by FROM snippet JOIN colleague ON colleague.id = snippet.colleague_id"
}

extension Database {
    func snippets() throws -> [Snippet] {
        try rows("\(sql: Snippets.columns) ORDER BY snippet.folder, snippet.title, snippet.id LIMIT 1000").map(Snippet.init)
    }
}
