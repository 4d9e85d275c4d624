import Foundation
import Networks
import Store

/// A picture or another file of a message, a post or a draft.
public struct Media: Sendable, Equatable {
    public enum State: String, Sendable, SQLValueConvertible {
        case waiting, stored, failed
        case tooLarge = "too_large"
    }

    public let id: ID<Media>
    public let kind: InboundMedia.Kind
    public let state: State
    public let altText: String?
    public let name: String?
    public let type: String?
    /// Names the file; `nil` until it is here.
    public let digest: String?

    init(_ row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        state = try row["state"]
        altText = try row["alt_text"]
        name = try row["name"]
        type = try row["type"]
        digest = try row["digest"]
    }
}

extension InboundMedia.Kind: SQLValueConvertible {}

extension Database {
    func insert(_ media: [InboundMedia], message: ID<Message>?, post: ID<Post>?, at time: Date) throws {
        for one in media {
            try add(
                Insert(
                    "media", "message_id, post_id, kind, source, alt_text, state, due_at",
                    """
                    \(message), \(post), \(one.kind), \(one.url), \(one.altText),
                    \(one.url == nil ? Media.State.failed : .waiting), \(time)
                    """))
        }
    }

    /// The pictures of the emoji that a text really has. The same one is fetched once.
    func insert(emoji: [CustomEmoji], in text: String, message: ID<Message>, at time: Date) throws {
        let codes = Dictionary(emoji.map { ($0.shortcode, $0.url) }) { first, _ in first }
        for (code, url) in codes.sorted(by: { $0.key < $1.key }).filter({ text.contains(":\($0.key):") }).prefix(20) {
            let known = try row(
                "SELECT type, digest, size FROM media WHERE kind = 'emoji' AND digest IS NOT NULL AND source = \(url) LIMIT 1")
            let digest: String? = try known?["digest"]
            let (type, size): (String?, Int?) = (try known?["type"], try known?["size"])
            try run(
                """
                INSERT INTO media (message_id, kind, source, name, type, digest, size, state, due_at)
                VALUES (\(message), 'emoji', \(url), \(code), \(type), \(digest), \(size),
                        \(digest == nil ? Media.State.waiting : .stored), \(time))
                """)
        }
    }

    func sources(of message: ID<Message>) throws -> [String?] {
        try rows("SELECT source FROM media WHERE message_id = \(message) AND kind <> 'emoji' ORDER BY id").map { try $0["source"] }
    }

    /// Drops rows of media, and has their files swept once nothing else names them.
    func dropMedia(of condition: SQL, sweepAt time: Date) throws {
        try run(
            """
            INSERT INTO unused_file (digest, sweep_at)
            SELECT DISTINCT digest, CAST(\(time) AS BIGINT) FROM media WHERE (\(sql: condition)) AND digest IS NOT NULL
            ON CONFLICT (digest) DO UPDATE SET sweep_at =
                CASE WHEN excluded.sweep_at < unused_file.sweep_at THEN excluded.sweep_at ELSE unused_file.sweep_at END
            """)
        try run("DELETE FROM media WHERE \(sql: condition)")
    }
}
