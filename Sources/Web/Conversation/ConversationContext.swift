import Desk
import Foundation

/// What helps to answer: the facts of the day, and what this citizen wrote elsewhere.
public struct ConversationContext: PageValue {
    let facts: [FactLine]
    let who: String
    /// `nil` where it is the name already.
    let handle: String?
    let others: [OtherConversation]
    /// „3 weitere Gespräche“.
    let count: String

    public init(facts: [FactLine], who: String, handle: String?, others: [OtherConversation], count: String) {
        self.facts = facts
        self.who = who
        self.handle = handle
        self.others = others
        self.count = count
    }

    public static let fields: Fields<ConversationContext> = [
        "facts": \.facts, "hasFacts": { !$0.facts.isEmpty }, "who": \.who, "handle": \.handle, "others": \.others,
        "hasOthers": { !$0.others.isEmpty }, "count": \.count,
    ]
}

/// Another conversation of the same citizen.
public struct OtherConversation: PageValue {
    let id: String
    let query: String
    let excerpt: [TextPiece]
    let at: Moment
    let state: String

    public init(id: String, query: String, excerpt: [TextPiece], at: Moment, state: String) {
        self.id = id
        self.query = query
        self.excerpt = excerpt
        self.at = at
        self.state = state
    }

    public static let fields: Fields<OtherConversation> = [
        "id": \.id, "query": \.query, "excerpt": { TextPiece.markup(of: $0.excerpt) }, "at": \.at, "state": \.state,
    ]
}

extension ConversationContext {
    init(_ open: OpenConversation, query: String, now: Date, _ words: Words) {
        let citizen = open.thread.citizen
        self.init(
            facts: open.facts.map { FactLine($0, canEnd: false, now: now, words: words) }, who: open.thread.who,
            handle: citizen.handle.isEmpty || citizen.handle == open.thread.who ? nil : citizen.handle,
            others: open.others.map { OtherConversation($0, query: query, now: now, words) },
            count: words.count("context.others", open.otherCount))
    }
}

extension OtherConversation {
    init(_ row: InboxRow, query: String, now: Date, _ words: Words) {
        let text = row.warning.map { words("row.warning", ["warning": $0]) } ?? row.excerpt ?? words("row.removed")
        self.init(
            id: "\(row.id)", query: query, excerpt: TextPiece.excerpt(of: text), at: words.shortMoment(row.movedAt, now: now),
            state: words("state.conversation.\(row.state.rawValue)"))
    }
}
