import Desk
import Foundation

extension ConversationRow {
    /// A row as the desk has it.
    /// - Parameter hit: What a search found in this conversation; its words and its time are shown then.
    init(_ row: InboxRow, query: String = "", isCurrent: Bool = false, hit: Search.Hit? = nil, now: Date, words: Words) {
        let said = row.warning.map { words("row.warning", ["warning": $0]) } ?? row.excerpt ?? words("row.removed")
        let excerpt = hit.map { TextPiece.excerpt(of: $0.excerpt, marks: $0.marks) } ?? TextPiece.excerpt(of: said)
        self.init(
            id: "\(row.id)", seen: row.lastMessage.map { "\($0)" } ?? "", place: Place(due: row.dueAt, last: row.lastAt, moved: row.movedAt), at: hit?.at, now: now, state: ConversationState(row.state),
            assigneeID: row.assignee.map { "\($0)" },
            assignee: row.assigneeName, teamID: row.team.map { "\($0)" }, team: row.teamName, query: query, isCurrent: isCurrent, network: NetworkBadge(row.network), who: row.who,
            audience: row.audience, excerpt: excerpt, answering: row.answering, answeringID: row.answeringID.map { "\($0)" },
            followUp: row.followUp.map { words(row.isPromised ? "row.promise" : "row.followUp", ["day": words.shortDate($0, now: now)]) },
            isUrgent: row.isUrgent, trouble: Trouble(row.delivery),
            isOnItsWay: [.waiting, .claimed, .sending].contains(row.delivery), messages: row.messageCount, media: row.mediaCount,
            thumbnail: row.thumbnail.map { "/media/\($0)" }, words: words)
    }
}

extension InboxRow {
    /// A person without a name, or erased, is shown by the handle, as far as that is there.
    var who: String { citizenName.isEmpty ? (citizenHandle.isEmpty ? "·" : citizenHandle) : citizenName }
}

extension ConversationRow.Trouble {
    init?(_ state: Delivery.State?) {
        switch state {
        case .failed: self = .failed
        case .unclear: self = .unclear
        default: return nil
        }
    }
}

extension ConversationState {
    init(_ state: Conversation.State) {
        self =
            switch state {
            case .open: .open
            case .waiting: .waiting
            case .answered: .answered
            case .closed: .closed
            }
    }
}

extension NetworkBadge {
    /// - Parameter code: As a channel names its network; people call it by the same name, with a capital.
    init(_ code: String) {
        self.init(code: code, name: code.capitalized)
    }
}
