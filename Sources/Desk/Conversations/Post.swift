import Foundation
import Networks
import Store

/// What conversations stand under: a post of ours, or what else stands above a citizen's message.
public struct Post: Sendable, Equatable {
    public let id: ID<Post>
    public let isOurs: Bool
    public let text: String
    public let warning: String?
    public let url: String?
    public let poll: Poll?
    public let likes: Int
    public let shares: Int
    public let writtenAt: Date
    public let removedAt: Date?
    /// `nil` where it is ours.
    public let author: String?

    init(_ row: Row) throws {
        id = try row["id"]
        isOurs = try row["is_ours"]
        text = try row["text"]
        warning = try row["warning"]
        url = try row["url"]
        poll = try (row["poll"] as String?).flatMap(Poll.init(stored:))
        likes = try row["likes"]
        shares = try row["shares"]
        writtenAt = try row["written_at"]
        removedAt = try row["removed_at"]
        author = try row["author"]
    }
}

extension Database {
    /// Takes a post's text and pictures away, and what the journal holds of it; its name stays, so that nothing brings it back.
    /// - Parameter sweepAt: When its files go.
    func strip(_ post: ID<Post>, object: String, at time: Date, sweepAt: Date) throws {
        try dropItems(of: object)
        try dropMedia(of: "post_id = \(post)", sweepAt: sweepAt)
        try run("UPDATE post SET text = '', warning = NULL, poll = NULL, url = NULL, removed_at = \(time) WHERE id = \(post)")
    }
}
