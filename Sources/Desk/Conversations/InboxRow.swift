import Foundation
import Networks
import Store

/// One line of the inbox.
public struct InboxRow: Sendable, Hashable {
    public let id: ID<Conversation>
    public let network: String
    public let state: Conversation.State
    /// Who reads the citizen's newest words.
    public let audience: Audience
    /// The citizen's newest; `nil` once everything of theirs was erased.
    public let lastMessage: ID<Message>?
    /// When the citizen last wrote.
    public let lastAt: Date
    /// By when somebody owes an answer. Says nothing where nobody does.
    public let dueAt: Date
    /// When it last was heard, answered, closed or reopened.
    public let movedAt: Date
    public let citizenName: String
    public let citizenHandle: String
    /// The citizen's newest words; `nil` where they were removed or erased.
    public let excerpt: String?
    /// The content warning that hides the words; `nil` where there is none.
    public let warning: String?
    public let mediaCount: Int
    /// The first picture of the citizen's newest message; `nil` where it has none that can be shown to somebody who didn't ask for it.
    public let thumbnail: ID<Media>?
    /// Messages in both directions; counting stops at 100.
    public let messageCount: Int
    public let assignee: ID<Colleague>?
    public let assigneeName: String?
    /// The team it was given to.
    public let team: ID<NamedTeam>?
    public let teamName: String?
    /// Who is answering just now.
    public let answering: String?
    public let answeringID: ID<Colleague>?
    /// The day on which it comes back, or came back; `nil` where nobody set one.
    public let followUp: CivilDay?
    /// The citizen was told.
    public let isPromised: Bool
    /// Somebody may be in danger.
    public let isUrgent: Bool
    /// The most troubled delivery: failed or unclear; or one on its way.
    public let delivery: Delivery.State?

    init(_ row: Row) throws {
        id = try row["id"]
        network = try row["network"]
        audience = try Audience(row["network_visibility"], on: network)
        state = try row["state"]
        lastMessage = try row["last_message_id"]
        lastAt = try row["last_at"]
        dueAt = try row["due_at"]
        movedAt = try row["moved_at"]
        citizenName = try row["display_name"]
        citizenHandle = try row["handle"]
        let isThere: Bool = try row["is_there"]
        let text: String? = try row["excerpt"]
        let handle: String = try row["channel_handle"]
        excerpt = isThere ? text?.withoutUs(handle) : nil
        warning = isThere ? try row["warning"] : nil
        mediaCount = try row["media_count"]
        thumbnail = try row["thumbnail"]
        messageCount = try row["message_count"]
        assignee = try row["assignee_id"]
        assigneeName = try row["assignee_name"]
        team = try row["team_id"]
        teamName = try row["team_name"]
        answering = try row["answering"]
        answeringID = try row["answering_id"]
        followUp = state == .open || state == .waiting ? try row["follow_up_on"] : nil
        isPromised = try row["follow_up_is_promised"]
        let urgentSince: Date? = try row["urgent_since"]
        isUrgent = state == .open && urgentSince != nil
        delivery = try row["delivery_state"]
    }
}

extension String {
    /// Who writes to us names us first; there is better use for the room.
    /// - Parameter handle: Our account's.
    public func withoutUs(_ handle: String) -> String {
        guard first == "@", prefix(handle.count + 1).dropFirst().lowercased() == handle.lowercased() else { return self }
        let said = dropFirst(handle.count + 1)
        guard said.first?.isWhitespace ?? true else { return self }
        let rest = said.drop(while: \.isWhitespace)
        return rest.isEmpty ? self : String(rest)
    }
}
