import Foundation
import Store

/// To whom a conversation is given.
public enum Assignee: Sendable, Hashable {
    case all
    case colleague(ID<Colleague>)
    case team(ID<NamedTeam>)
    /// Back to the team it was given to, or to all.
    case whoHadIt

    /// - Parameter colleague: `nil` for all.
    public init(_ colleague: ID<Colleague>?) {
        self = colleague.map(Assignee.colleague) ?? .all
    }
}

extension Database {
    /// - Throws: `Refusal.notAllowed` for a colleague who can't answer, `.teamEmpty`, `.notFound`.
    func demandSomebody(_ assignee: Assignee) throws {
        switch assignee {
        case .all, .whoHadIt: return
        case .colleague(let id): try demand(.editor, of: .colleague(id))
        case .team(let id): if try namedTeam(id).members.isEmpty { throw Refusal.teamEmpty }
        }
    }

    func assign(_ conversation: Conversation, to assignee: Assignee, by colleague: ID<Colleague>, at time: Date) throws {
        var conversation = conversation
        var event = Event(.conversationAssigned, by: .colleague(colleague), at: time, conversation: conversation.id)
        let isNews: Bool
        switch assignee {
        case .all: isNews = conversation.assign(to: nil, staysWithTeam: false)
        case .whoHadIt: isNews = conversation.assign(to: nil, staysWithTeam: true)
        case .colleague(let id):
            let staysWithTeam = try conversation.team.map { try isMember(id, of: $0) } ?? false
            isNews = conversation.assign(to: id, staysWithTeam: staysWithTeam)
            event.colleague = id
        case .team(let id):
            isNews = conversation.give(to: id)
            (event.verb, event.detail) = (.conversationGivenToTeam, "\(id)")
        }
        guard isNews else { return }
        try save(conversation)
        try record(event)
    }
}
