import Foundation

/// What the server noticed for our account.
struct MastodonNotification: Decodable {
    /// What a kind of notification is to a desk.
    enum Meaning: Equatable {
        case message
        /// A post that somebody we follow wrote, or that we had shared was changed: ours to answer only where it concerns us.
        case perhapsMessage
        case reaction(Reaction.Kind)
        /// Known, and nothing that anybody at a desk answers.
        case irrelevant
        /// Of a version we don't know: kept and shown.
        case unknown
    }

    let id: String?
    let type: String
    let status: MastodonStatus?
    let account: MastodonStatus.Account?

    enum Key: String, CodingKey { case id, type, status, account, content }

    /// - Throws: Where it is no notification: a post has content of its own.
    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        type = try box.decode(String.self, forKey: .type)
        guard !box.contains(.content) else { throw NotUnderstood("a post, no notification") }
        id = box.id(.id)
        status = box.maybe(.status)
        account = box.maybe(.account)
    }

    var meaning: Meaning {
        switch type {
        case "mention", "quote": .message
        case "status", "update": .perhapsMessage
        case "favourite", "pleroma:emoji_reaction", "emoji_reaction", "reaction": .reaction(.like)
        case "reblog": .reaction(.share)
        case "follow", "follow_request", "poll", "quoted_update", "severed_relationships", "moderation_warning", "annual_report",
            "added_to_collection", "collection_update", "move", "pleroma:report", "admin.sign_up", "admin.report":
            .irrelevant
        default: .unknown
        }
    }
}
