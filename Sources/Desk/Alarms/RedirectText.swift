import Foundation
import Store

/// A text that tells a citizen where help is, ready to be sent with one key.
public struct RedirectText: Sendable, Equatable {
    public let id: ID<RedirectText>
    public let title: String
    public let text: String
    /// ISO 639-1.
    public let language: String
    /// `nil` where it is for no emergency.
    public let danger: Danger?
    /// `nil` for all.
    public let channel: ID<Channel>?

    init(_ row: Row) throws {
        id = try row["id"]
        title = try row["title"]
        text = try row["text"]
        language = try row["language"]
        danger = try row["danger"]
        channel = try row["channel_id"]
    }
}

/// What a colleague writes into its form.
public struct RedirectWords: Sendable {
    public var title: String
    public var text: String
    public var language: String
    public var danger: Danger?
    public var channel: ID<Channel>?

    public init(title: String, text: String, language: String, danger: Danger?, channel: ID<Channel>?) {
        self.title = title.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        self.text = text.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        self.language = language
        self.danger = danger
        self.channel = channel
    }

    fileprivate func check() throws(Refusal) {
        guard !title.isEmpty, title.count <= 100 else { throw .titleMissing }
        guard !text.isEmpty else { throw .emptyText }
        guard text.count <= 5000 else { throw .tooLong(by: text.count - 5000) }
        guard language.wholeMatch(of: #/[a-z]{2,3}/#) != nil else { throw .languageInvalid }
    }
}

public struct RedirectTexts: Sendable {
    let store: Store

    public func all() async throws -> [RedirectText] {
        try await store.read { db in try db.redirectTexts() }
    }

    /// - Throws: `Refusal.notFound`.
    public func text(_ id: ID<RedirectText>) async throws -> RedirectText {
        try await store.read { db in try RedirectText(db.row("SELECT * FROM redirect_text WHERE id = \(id)").orNotFound()) }
    }

    /// - Parameter id: `nil` adds one.
    /// - Throws: `Refusal.titleMissing`, `.emptyText`, `.tooLong`, `.languageInvalid`, `.notFound`.
    public func write(_ words: RedirectWords, as id: ID<RedirectText>?, by colleague: ID<Colleague>, at time: Date) async throws {
        try words.check()
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            if let channel = words.channel { _ = try db.channel(channel) }
            if let id {
                let count = try db.run(
                    """
                    UPDATE redirect_text SET title = \(words.title), text = \(words.text), language = \(words.language), danger = \(words.danger),
                        channel_id = \(words.channel), colleague_id = \(colleague), changed_at = \(time)
                    WHERE id = \(id)
                    """)
                guard count == 1 else { throw Refusal.notFound }
            } else {
                try db.run(
                    """
                    INSERT INTO redirect_text (title, text, language, danger, channel_id, colleague_id, changed_at)
                    VALUES (\(words.title), \(words.text), \(words.language), \(words.danger), \(words.channel), \(colleague), \(time))
                    """)
            }
            try db.record(Event(.redirectTextChanged, by: .colleague(colleague), at: time, detail: id == nil ? "added" : nil))
        }
    }

    public func remove(_ id: ID<RedirectText>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            guard try db.run("DELETE FROM redirect_text WHERE id = \(id)") == 1 else { return }
            try db.record(Event(.redirectTextChanged, by: .colleague(colleague), at: time, detail: "removed"))
        }
    }
}

extension [RedirectText] {
    /// What is fit for a channel, the best first: in the citizen's language, for this danger, for this channel.
    /// - Parameters:
    ///   - language: `nil` where the network doesn't say.
    ///   - danger: `nil` while nobody raised an alarm.
    public func fitting(_ channel: ID<Channel>, language: String?, danger: Danger?) -> [RedirectText] {
        func rank(_ text: RedirectText) -> Int {
            (text.language == (language?.prefix(2).lowercased() ?? "de") ? 4 : text.language == "de" ? 2 : 0)
                + (danger != nil && text.danger == danger ? 8 : 0) + (text.channel == nil ? 0 : 1)
        }
        return filter { $0.channel == nil || $0.channel == channel }.enumerated().sorted {
            (-rank($0.element), $0.offset) < (-rank($1.element), $1.offset)
        }.map(\.element)
    }
}

extension Database {
    func redirectTexts() throws -> [RedirectText] {
        try rows("SELECT * FROM redirect_text ORDER BY language, id LIMIT 200").map(RedirectText.init)
    }
}
