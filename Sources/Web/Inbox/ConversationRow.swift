import Foundation
import Networks

/// One line of the inbox. Also sent alone when its conversation changes, to everybody who may see it.
public struct ConversationRow: PageValue, Hashable {
    let id: String
    /// The citizen's newest message that this row tells of; empty where there is none.
    let seen: String
    let place: Place
    let state: ConversationState
    /// The colleague's id; `nil` where nobody has it.
    let assigneeID: String?
    let assignee: String?
    /// The team it was given to: its id, and its name.
    let teamID: String?
    let team: String?
    /// Which view its link leads back to; empty in live rows, where the live list puts in its own.
    let query: String
    let isCurrent: Bool
    let network: NetworkBadge
    let who: String
    let audience: Audience
    let clock: Moment
    /// By when somebody owes an answer; `nil` where nobody does.
    let due: String?
    let excerpt: [TextPiece]
    /// Who holds the lease on answering.
    let answering: String?
    let answeringID: String?
    /// „Zusage bis 28. Nov.“, „Wiedervorlage 28. Nov.“; `nil` where nothing comes back.
    let followUp: String?
    /// Somebody may be in danger.
    let isUrgent: Bool
    let trouble: Trouble?
    let isOnItsWay: Bool
    let messages: String?
    let media: String?
    /// The path of a picture that is small beside its words; `nil` where there is none to show.
    let thumbnail: String?

    /// What decides where it stands, in a list by due time and in one by what was touched last.
    public struct Place: Sendable, Hashable {
        let due: Date
        let last: Date
        let moved: Date

        public init(due: Date, last: Date, moved: Date) {
            self.due = due
            self.last = last
            self.moved = moved
        }
    }

    /// What hinders an answer of ours.
    public enum Trouble: String, Sendable { case failed, unclear }

    /// - Parameter at: The time it shows; `nil` for the last one that matters in its state.
    public init(
        id: String, seen: String = "", place: Place, at: Date? = nil, now: Date, state: ConversationState, assigneeID: String?, assignee: String?,
        teamID: String? = nil, team: String? = nil, query: String = "",
        isCurrent: Bool = false, network: NetworkBadge, who: String, audience: Audience, excerpt: [TextPiece], answering: String? = nil,
        answeringID: String? = nil, followUp: String? = nil, isUrgent: Bool = false,
        trouble: Trouble? = nil, isOnItsWay: Bool = false, messages: Int, media: Int, thumbnail: String? = nil, words: Words
    ) {
        self.id = id
        self.seen = seen
        self.place = place
        self.state = state
        self.assigneeID = assigneeID
        self.assignee = assignee
        (self.teamID, self.team) = (teamID, team)
        self.query = query
        self.isCurrent = isCurrent
        self.network = network
        self.who = who
        self.audience = audience
        let isOwed = state == .open || state == .waiting
        self.clock = words.shortMoment(at ?? (isOwed ? place.last : place.moved), now: now)
        self.due = isOwed ? words.shortMoment(place.due, now: now).text : nil
        self.excerpt = excerpt
        self.answering = answering
        self.answeringID = answeringID
        self.followUp = followUp
        self.isUrgent = isUrgent
        self.trouble = trouble
        self.isOnItsWay = isOnItsWay
        self.messages = messages > 1 ? words.count("row.messages", messages) : nil
        self.media = media == 1 && thumbnail != nil ? words("row.picture") : media > 0 ? words.count("row.media", media) : nil
        self.thumbnail = thumbnail
    }

    public static let fields: Fields<ConversationRow> = [
        "id": \.id, "seen": \.seen, "dueAt": { String($0.place.due.milliseconds) }, "lastAt": { String($0.place.last.milliseconds) },
        "movedAt": { String($0.place.moved.milliseconds) }, "due": \.due, "state": \.state.rawValue, "assigneeID": \.assigneeID, "assignee": \.assignee,
        "teamID": \.teamID, "team": \.team,
        "query": \.query, "isCurrent": \.isCurrent, "isOpen": { $0.state == .open }, "isClosed": { $0.state == .closed },
        "network": \.network, "who": \.who, "audience": \.audience, "clock": \.clock,
        "excerpt": { TextPiece.markup(of: $0.excerpt) }, "answering": \.answering,
        "answeringID": \.answeringID, "followUp": \.followUp,
        "hasMarks": { $0.isUrgent || $0.trouble != nil || $0.answering != nil || $0.isOnItsWay || $0.followUp != nil || $0.state == .closed },
        "isUrgent": \.isUrgent, "hasFailed": { $0.trouble == .failed }, "isUnclear": { $0.trouble == .unclear }, "isOnItsWay": \.isOnItsWay,
        "hasFacts": { $0.assignee != nil || $0.team != nil || $0.messages != nil || $0.media != nil }, "messages": \.messages, "media": \.media,
        "thumbnail": \.thumbnail,
    ]
}

/// As the desk has it; the views need it to choose words and deeds.
public enum ConversationState: String, Sendable, CaseIterable { case open, waiting, answered, closed }
