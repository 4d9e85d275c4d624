import Foundation
import Networks
import Store

/// A thing in no conversation that conversations stand under: our own posts, and what else stands above a citizen's message.
public enum Post {}

/// What stands above a message and is no part of its conversation: a post, or what was said in another conversation.
public struct Context: Sendable, Equatable {
    public enum Source: Sendable, Hashable {
        case post(ID<Post>)
        case message(ID<Message>)
    }

    public let source: Source
    let object: String
    let parent: LocalName?
    public let isOurs: Bool
    /// `nil` where it is ours; empty where its writer was erased.
    public let author: String?
    public let text: String
    public let warning: String?
    public let visibility: Visibility
    public let url: String?
    public let poll: Poll?
    public let likes: Int
    public let shares: Int
    public let writtenAt: Date
    public let removedAt: Date?
    public var media: [Media] = []

    init(_ row: Row) throws {
        let (post, message): (ID<Post>?, ID<Message>?) = (try row["post_id"], try row["message_id"])
        source = try post.map(Source.post) ?? .message(message.orNotFound())
        object = try row["object"]
        let (channel, parent): (ID<Channel>, String?) = (try row["channel_id"], try row["parent_local_id"])
        self.parent = parent.map { LocalName(channel: channel, localID: $0) }
        isOurs = try row["is_ours"]
        author = try row["author"]
        text = try row["text"]
        warning = try row["warning"]
        visibility = try row["visibility"]
        url = try row["url"]
        poll = try (row["poll"] as String?).flatMap(Poll.init(stored:))
        likes = try row["likes"]
        shares = try row["shares"]
        writtenAt = try row["written_at"]
        removedAt = try row["removed_at"]
    }
}

/// What a channel's server calls a thing.
struct LocalName: Hashable {
    let channel: ID<Channel>
    let localID: String
}

extension Database {
    /// The post at a thread's root; `nil` where the thread began with a message.
    func root(_ object: String, on network: String) throws -> Context? {
        try row(
            """
            SELECT \(sql: Self.contextOfPost) FROM post LEFT JOIN citizen ON citizen.id = post.citizen_id
            WHERE post.network = \(network) AND post.object = \(object)
            """
        ).map { try withMedia(Context($0)) }
    }

    /// What stands right above, by the names that a channel's server has for it.
    func contexts(_ names: Set<LocalName>, on network: String) throws -> [LocalName: Context] {
        var contexts: [LocalName: Context] = [:]
        for (channel, names) in Dictionary(grouping: names, by: \.channel) {
            let ids = names.map(\.localID).sorted()
            let rows = try rows(
                """
                SELECT local_name.local_id AS name, \(sql: Self.contextOfPost) FROM local_name
                JOIN post ON post.network = \(network) AND post.object = local_name.object
                LEFT JOIN citizen ON citizen.id = post.citizen_id
                WHERE local_name.channel_id = \(channel) AND local_name.local_id \(in: ids)
                UNION ALL SELECT local_name.local_id, \(sql: Self.contextOfMessage) FROM local_name
                JOIN message ON message.network = \(network) AND message.object = local_name.object
                LEFT JOIN citizen ON citizen.id = message.citizen_id
                WHERE local_name.channel_id = \(channel) AND local_name.local_id \(in: ids)
                """)
            for row in rows {
                contexts[LocalName(channel: channel, localID: try row["name"])] = try withMedia(Context(row))
            }
        }
        return contexts
    }

    func withMedia(_ context: Context) throws -> Context {
        var context = context
        let owner: SQL =
            switch context.source {
            case .post(let id): "post_id = \(id)"
            case .message(let id): "message_id = \(id) AND kind <> 'emoji'"
            }
        context.media = try rows("SELECT * FROM media WHERE \(sql: owner) ORDER BY id").map(Media.init)
        return context
    }

    static let contextOfPost: SQL = """
        post.id AS post_id, CAST(NULL AS BIGINT) AS message_id, post.object, post.channel_id, post.parent_local_id, post.is_ours,
        citizen.display_name AS author, post.text, post.warning, post.visibility, post.url, post.poll, post.likes, post.shares,
        post.written_at, post.removed_at
        """

    private static let contextOfMessage: SQL = """
        CAST(NULL AS BIGINT), message.id, message.object, message.channel_id, message.parent_local_id, message.citizen_id IS NULL,
        citizen.display_name, message.text, message.warning, message.visibility, message.url, message.poll, message.likes, message.shares,
        message.written_at, message.removed_at
        """

    /// Takes a post's text and pictures away, and what the journal holds of it; its name stays, so that nothing brings it back.
    /// - Parameter sweepAt: When its files go.
    func strip(_ post: ID<Post>, object: String, at time: Date, sweepAt: Date) throws {
        try dropItems(of: object)
        try dropMedia(of: "post_id = \(post)", sweepAt: sweepAt)
        try run("UPDATE post SET text = '', warning = NULL, poll = NULL, url = NULL, removed_at = \(time) WHERE id = \(post)")
    }
}
