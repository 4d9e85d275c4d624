import Foundation
import Testing

@testable import Store

@Suite struct SearchTests {
    /// As the desk's migrations have it.
    static func table(_ dialect: Dialect) -> String {
        switch dialect {
        case .sqlite:
            """
            CREATE VIRTUAL TABLE message_search
            USING fts5 (words, tokenize = 'ascii', prefix = '2 3 4', detail = none, columnsize = 0)
            """
        case .postgres:
            """
            CREATE TABLE message_search (message_id BIGINT PRIMARY KEY, words tsvector NOT NULL);
            CREATE INDEX message_search_words ON message_search USING gin (words) WITH (fastupdate = off);
            """
        }
    }

    @Test(arguments: Ground.both) func `tokens of any script are found as they are, and only they`(dialect: Dialect) async throws {
        let words = [
            "straße", "strasse", "müll", "mull", "überfüllt", "ığdır", "igdir", "مرحبا", "شارع", "дякую", "ґанок", "їжак", "2026", "4711a",
            "a1", "東京", "ʻokina", "ﬁx", "ǆ", "𞤀𞤣𞤤𞤢𞤥", "𝟜𝟚", "१२३",
        ]
        try await Ground.with(dialect, Self.table(dialect)) { store, _ in
            for (number, word) in words.enumerated() {
                try await store.write { try dialect.index(message: Int64(number), tokens: [word, "gemeinsam"], into: $0) }
            }
            for (number, word) in words.enumerated() {
                let found = try await Self.search([word], in: store)
                #expect(found == [Int64(number)], "\(word)")
            }
            let all = try await Self.search(["gemeinsam"], in: store)
            #expect(all.count == words.count)
        }
    }

    @Test(arguments: Ground.both) func `all words must be there, and the last may go on`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.table(dialect)) { store, _ in
            try await store.write { db in
                try dialect.index(message: 1, tokens: ["laterne", "kaputt"], into: db)
                try dialect.index(message: 2, tokens: ["laterne", "hell", "laterne"], into: db)
                try dialect.index(message: 3, tokens: ["kaputt", "laternenpfahl"], into: db)
                try dialect.index(message: 4, tokens: [], into: db)
            }
            #expect(try await Self.search(["laterne", "kaputt"], in: store) == [1])
            #expect(try await Self.search(["kaputt", "later"], prefix: true, in: store) == [3, 1])
            for beginning in ["la", "lat", "late", "laternenp"] {
                #expect(try await Self.search([beginning], prefix: true, in: store).contains(3), "\(beginning)")
            }
            #expect(try await Self.search(["l"], prefix: true, in: store) == [], "a letter is a word")
            #expect(try await Self.search(["later"], in: store) == [])
            #expect(try await Self.search([], in: store) == [])
        }
    }

    @Test(arguments: Ground.both) func `the newest come first, page by page`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.table(dialect)) { store, _ in
            try await store.write { db in
                for id in 1...25 { try dialect.index(message: Int64(id), tokens: ["baum", "n\(id)"], into: db) }
            }
            #expect(try await Self.search(["baum"], limit: 3, in: store) == [25, 24, 23])
            #expect(try await Self.search(["baum"], before: 23, limit: 3, in: store) == [22, 21, 20])
        }
    }

    @Test(arguments: Ground.both) func `a changed message is found by its new words, a removed one by none`(dialect: Dialect) async throws {
        try await Ground.with(dialect, Self.table(dialect)) { store, _ in
            try await store.write { try dialect.index(message: 1, tokens: ["alt"], into: $0) }
            try await store.write { try dialect.index(message: 1, tokens: ["neu"], into: $0) }
            #expect(try await Self.search(["alt"], in: store) == [])
            #expect(try await Self.search(["neu"], in: store) == [1])
            try await store.write { try dialect.unindex(messages: [1], from: $0) }
            #expect(try await Self.search(["neu"], in: store) == [])
        }
    }

    @Test(arguments: Ground.both) func `what looks like syntax or is too long does no harm`(dialect: Dialect) async throws {
        let long = String(repeating: "ä", count: 5000)
        try await Ground.with(dialect, Self.table(dialect)) { store, _ in
            try await store.write { db in
                try dialect.index(message: 1, tokens: ["o'neill\"*:&|!\\()", long, "", "'", "a b", "x\u{0}y"], into: db)
            }
            for query in ["o'neill", "\"", "oneill", long, "a b", "NOT", "x\u{0}y", "*", "oneill:*"] {
                _ = try await Self.search([query], prefix: true, in: store)
            }
            #expect(try await Self.search(["oneill"], in: store) == [1])
            #expect(try await Self.search([long], in: store) == [1])
            #expect(try await Self.search(["ab"], in: store) == [1])
        }
    }

    private static func search(
        _ tokens: [String], prefix: Bool = false, before: Int64? = nil, limit: Int = 100, in store: Store
    ) async throws -> [Int64] {
        let query = store.dialect.matches(tokens, lastIsPrefix: prefix, before: before, limit: limit)
        return try await store.read { db in
            try db.rows("SELECT hit.id FROM (\(sql: query)) AS hit ORDER BY hit.id DESC").map { try $0["id"] }
        }
    }
}
