import Foundation
import Networks
import Store

/// A post of ours with what citizens wrote under it.
public struct OwnPost: Sendable {
    public let id: ID<Post>
    public let post: Context
    public let network: String
    /// Of our account.
    public let handle: String
    /// Conversations under it, and how many of them are open; counted up to 1,000.
    public let all: Int
    public let open: Int
}

extension Conversations {
    /// Our own posts, the newest first.
    /// - Parameter before: The last one of the page before.
    public func ownPosts(before: OwnPost? = nil, limit: Int = 30) async throws -> [OwnPost] {
        let (at, id) = (before?.post.writtenAt ?? Date(timeIntervalSince1970: 1e11), before?.id ?? ID(rawValue: .max))
        return try await store.read { db in
            try db.ownPosts("post.parent_local_id IS NULL AND (post.written_at, post.id) < (\(at), \(id))", limit: limit)
        }
    }

    /// - Throws: `Refusal.notFound`, also for a post that isn't ours.
    public func ownPost(_ id: ID<Post>) async throws -> OwnPost {
        try await store.read { db in try db.ownPosts("post.id = \(id)", limit: 1).first.orNotFound() }
    }
}

extension Database {
    fileprivate func ownPosts(_ condition: SQL, limit: Int) throws -> [OwnPost] {
        func count(_ condition: SQL) -> SQL {
            """
            (SELECT count(*) FROM (SELECT 1 FROM conversation WHERE conversation.thread = post.object AND \(sql: condition) LIMIT 1000) AS counted)
            """
        }
        return try rows(
            """
            SELECT \(sql: Self.contextOfPost), channel.network, channel.handle AS channel_handle,
                \(sql: count("1 = 1")) AS all_count, \(sql: count("conversation.state = 'open'")) AS open_count
            FROM post JOIN channel ON channel.id = post.channel_id LEFT JOIN citizen ON citizen.id = post.citizen_id
            WHERE post.is_ours AND \(sql: condition) ORDER BY post.written_at DESC, post.id DESC LIMIT \(limit)
            """
        ).map { row in
            OwnPost(
                id: try row["post_id"], post: try withMedia(Context(row)), network: try row["network"], handle: try row["channel_handle"],
                all: try row["all_count"], open: try row["open_count"])
        }
    }
}
