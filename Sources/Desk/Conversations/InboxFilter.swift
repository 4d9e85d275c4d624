import Foundation
import Networks
import Store

/// What a list is narrowed to. Nothing set leaves it as it is.
public struct InboxFilter: Sendable, Hashable {
    public var channel: ID<Channel>?
    public var citizen: ID<Citizen>?
    /// What stands under a post of ours.
    public var post: ID<Post>?
    public var visibility: Visibility?
    /// The citizen's newest message came on this day or later.
    public var from: CivilDay?
    /// … on this day or before.
    public var until: CivilDay?
    /// The citizen's newest message has a picture.
    public var hasPhoto = false

    public init() {}

    public var isEmpty: Bool { self == InboxFilter() }

    /// On the rows of `conversation`.
    var condition: SQL {
        var condition: SQL = "1 = 1"
        if let channel { condition += " AND conversation.channel_id = \(channel)" }
        if let citizen { condition += " AND conversation.citizen_id = \(citizen)" }
        if let post { condition += " AND conversation.thread = (SELECT object FROM post WHERE post.id = \(post))" }
        if let visibility { condition += " AND conversation.visibility = \(visibility)" }
        if let from { condition += " AND conversation.last_at >= \(from.time(0, in: .berlin))" }
        if let until { condition += " AND conversation.last_at < \((until + 1).time(0, in: .berlin))" }
        if hasPhoto {
            condition += """
                 AND EXISTS (SELECT 1 FROM media WHERE media.message_id = conversation.last_message_id AND media.kind = 'image')
                """
        }
        return condition
    }
}
