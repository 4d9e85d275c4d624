import Foundation
import Networks
import Store

/// One citizen's thread under one post, or one private correspondence per citizen and channel. What the team works on.
public struct Conversation: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable, SQLValueConvertible {
        /// Somebody owes an answer.
        case open
        /// A follow-up date is set.
        case waiting
        /// The last word is ours.
        case answered
        case closed
    }

    public enum Closing: String, Sendable, SQLValueConvertible {
        case answered
        case noReplyNeeded = "no_reply_needed"
    }

    public let id: ID<Conversation>
    public let channel: ID<Channel>
    public let citizen: ID<Citizen>
    /// The network's global name of the post at the root; for a private correspondence, of its channel.
    public let thread: String
    public private(set) var visibility: Visibility
    public private(set) var state: State  // changed by the verbs in this file and nowhere else
    public private(set) var closedBecause: Closing?
    /// What it was before it was closed, and the token of the deed that did it; `nil` where that can't be undone.
    private(set) var closedFrom: State?
    private(set) var closing: String?
    public private(set) var assignee: ID<Colleague>?
    /// The team it was given to; stays while a colleague of that team has it.
    public private(set) var team: ID<NamedTeam>?
    /// The citizen's newest message; `nil` once everything of theirs was erased.
    public private(set) var lastMessage: ID<Message>?
    /// When something last came in.
    public private(set) var lastAt: Date
    /// Since when somebody owes an answer; once it was given, since when it had been owed. `nil` where nobody ever did.
    public private(set) var owedSince: Date?
    /// When it comes back, or came back; `nil` where nobody set that for what is owed now.
    public private(set) var followUp: FollowUp?
    /// Since when it may be an emergency; `nil` where nobody says so of what is owed now.
    public private(set) var urgentSince: Date?
    /// By when it is owed. Says nothing while it is not.
    public private(set) var dueAt: Date
    /// The calendar's version that says so; 0 where none did yet.
    private(set) var dueBy: Int
    /// When it last was heard, answered, closed or reopened.
    public private(set) var movedAt: Date

    /// The citizen wrote: somebody owes an answer again. Who waits already is not made to wait longer by another message.
    /// - Parameter heardAt: When it came to us; history was written long before, when nobody here could answer.
    /// - Returns: Whether that reopened it.
    mutating func hear(_ message: ID<Message>, at time: Date, heardAt: Date, by calendar: BusinessCalendar) -> Bool {
        let reopens = state != .open
        hear(message, at: time)
        if reopens || owedSince == nil { owe(since: heardAt, movedAt: time, by: calendar) }
        return reopens
    }

    /// A word of the citizen that was answered before it was heard here: history comes in any order.
    mutating func hearAnswered(_ message: ID<Message>, at time: Date) {
        hear(message, at: time)
    }

    private mutating func hear(_ message: ID<Message>, at time: Date) {
        if lastMessage == nil || time >= lastAt { lastMessage = message }
        lastAt = max(lastAt, time)
    }

    private mutating func owe(since owed: Date, movedAt time: Date, by calendar: BusinessCalendar) {
        // A new matter, unless the last one waits still.
        if state == .answered || state == .closed { (followUp, urgentSince) = (nil, nil) }
        move(to: .open, at: time)
        owedSince = owed
        renewDue(by: calendar)
    }

    private mutating func move(to state: State, because closing: Closing? = nil, at time: Date) {
        self.state = state
        closedBecause = closing
        (closedFrom, self.closing) = (nil, nil)
        movedAt = max(movedAt, time)
    }

    /// The calendar changed, or is asked for the first time.
    mutating func renewDue(by calendar: BusinessCalendar) {
        dueAt = due(by: calendar)
        dueBy = calendar.version
    }

    private func due(by calendar: BusinessCalendar) -> Date {
        if let urgentSince { return urgentSince }
        let owed = owedSince.map(calendar.due(for:))
        guard let followUp else { return owed ?? dueAt }
        let due = calendar.due(on: followUp.day)
        // What the citizen wrote since it was set is owed by its own time.
        guard let owed, let owedSince, owedSince > followUp.setAt else { return due }
        return min(due, owed)
    }

    /// Nobody owes anything before that day.
    /// - Throws: `Refusal.alreadyClosed`.
    mutating func wait(until day: CivilDay, isPromised: Bool, at time: Date, by calendar: BusinessCalendar) throws(Refusal) {
        guard state != .closed else { throw .alreadyClosed }
        followUp = FollowUp(day: day, setAt: time, isPromised: isPromised)
        urgentSince = nil
        move(to: .waiting, at: time)
        renewDue(by: calendar)
    }

    /// Somebody may be in danger: it is due at once, and open whatever it was.
    /// - Returns: `false` where it was urgent before.
    mutating func becomeUrgent(at time: Date, by calendar: BusinessCalendar) -> Bool {
        guard state != .open || urgentSince == nil else { return false }
        if state != .open { owe(since: time, movedAt: time, by: calendar) }
        urgentSince = time
        renewDue(by: calendar)
        return true
    }

    /// Nobody is in danger.
    /// - Returns: `false` where it was not urgent.
    mutating func calmDown(by calendar: BusinessCalendar) -> Bool {
        guard urgentSince != nil else { return false }
        urgentSince = nil
        renewDue(by: calendar)
        return true
    }

    /// The citizen was told to hear by that day; something else is owed before.
    mutating func promise(_ day: CivilDay, by calendar: BusinessCalendar) {
        followUp = FollowUp(day: day, setAt: .distantPast, isPromised: true)
        renewDue(by: calendar)
    }

    /// Its day has come.
    mutating func comeBack(at time: Date, by calendar: BusinessCalendar) {
        move(to: .open, at: time)
        renewDue(by: calendar)
    }

    /// What promised to come back never got out.
    mutating func withdrawFollowUp() {
        followUp = nil
        dueBy = 0  // to be computed anew
    }

    /// Somebody may be in danger, and nobody has answered yet.
    public var isUrgent: Bool { state == .open && urgentSince != nil }

    /// The day on which it comes back, or came back, while somebody owes an answer.
    public var openFollowUp: FollowUp? { state == .open || state == .waiting ? followUp : nil }

    /// We answered, here or in the network's own app.
    mutating func answer(at time: Date) {
        move(to: .answered, at: time)
    }

    /// What we said was taken back or refused: the answer is owed as it was before.
    mutating func oweAgain(at time: Date) {
        owedSince = owedSince ?? lastAt
        move(to: .open, at: time)
    }

    /// Closes the conversation; the next message from outside opens it again.
    /// - Parameter token: Of the deed, with which it can be undone.
    /// - Throws: `Refusal.nobodyHasAnswered` while the last word is the citizen's, `.alreadyClosed`.
    mutating func close(_ closing: Closing, by token: String, at time: Date) throws(Refusal) {
        guard state != .closed else { throw .alreadyClosed }
        guard closing == .noReplyNeeded || state == .answered else { throw .nobodyHasAnswered }
        let before = state
        move(to: .closed, because: closing, at: time)
        (closedFrom, self.closing) = (before, token)
    }

    /// The citizen got their answer elsewhere.
    /// - Throws: `Refusal.alreadyClosed`.
    mutating func closeAnswered(at time: Date) throws(Refusal) {
        guard state != .closed else { throw .alreadyClosed }
        move(to: .closed, because: .answered, at: time)
    }

    /// It is again what it was before it was closed, and owed as it was.
    /// - Returns: `false` where something happened since.
    mutating func undoClosing(_ token: String, at time: Date) -> Bool {
        guard state == .closed, let closedFrom, closing == token else { return false }
        move(to: closedFrom, at: time)
        return true
    }

    /// An answer is owed from now on.
    /// - Throws: `Refusal.alreadyOpen`.
    mutating func reopen(at time: Date, by calendar: BusinessCalendar) throws(Refusal) {
        guard state != .open else { throw .alreadyOpen }
        followUp = nil
        owe(since: time, movedAt: time, by: calendar)
    }

    /// - Parameters:
    ///   - colleague: `nil` gives it back: to the team if it stays with that, otherwise to all.
    ///   - staysWithTeam: The colleague is of the team it was given to.
    /// - Returns: Whether that changed anything.
    mutating func assign(to colleague: ID<Colleague>?, staysWithTeam: Bool) -> Bool {
        let before = (assignee, team)
        assignee = colleague
        if !staysWithTeam { team = nil }
        return before != (assignee, team)
    }

    /// Whoever of the team comes to it takes it.
    /// - Returns: Whether that changed anything.
    mutating func give(to team: ID<NamedTeam>) -> Bool {
        let before = (assignee, self.team)
        (assignee, self.team) = (nil, team)
        return before != (assignee, self.team)
    }

    /// The newest message was erased, with all others of this citizen.
    mutating func forget(at time: Date) {
        lastMessage = nil
        if state == .open || state == .waiting { move(to: .closed, because: .noReplyNeeded, at: time) }
    }
}

extension Conversation {
    /// One that begins with what somebody is about to say.
    init(
        _ id: ID<Conversation>, on channel: ID<Channel>, with citizen: ID<Citizen>, under thread: String, _ visibility: Visibility,
        at time: Date
    ) {
        self.id = id
        self.channel = channel
        self.citizen = citizen
        self.thread = thread
        self.visibility = visibility
        state = .open
        lastAt = time
        movedAt = time
        dueAt = time
        dueBy = 0
    }

    init(_ row: Row) throws {
        id = try row["id"]
        channel = try row["channel_id"]
        citizen = try row["citizen_id"]
        thread = try row["thread"]
        visibility = try row["visibility"]
        state = try row["state"]
        closedBecause = try row["closed_because"]
        closedFrom = try row["closed_from"]
        closing = try row["closing"]
        assignee = try row["assignee_id"]
        team = try row["team_id"]
        lastMessage = try row["last_message_id"]
        lastAt = try row["last_at"]
        owedSince = try row["owed_since"]
        let (day, setAt): (CivilDay?, Date?) = (try row["follow_up_on"], try row["follow_up_set_at"])
        let isPromised: Bool = try row["follow_up_is_promised"]
        followUp = day.map { FollowUp(day: $0, setAt: setAt ?? .distantPast, isPromised: isPromised) }
        urgentSince = try row["urgent_since"]
        dueAt = try row["due_at"]
        dueBy = try row["due_by"]
        movedAt = try row["moved_at"]
    }
}

extension Visibility: SQLValueConvertible {}

extension Database {
    /// - Throws: `Refusal.notFound`.
    func conversation(_ id: ID<Conversation>) throws -> Conversation {
        guard let row = try row("SELECT * FROM conversation WHERE id = \(id)") else { throw Refusal.notFound }
        return try Conversation(row)
    }

    func insert(_ conversation: Conversation) throws {
        try add(
            Insert(
                "conversation", """
                id, channel_id, citizen_id, thread, visibility, state, last_message_id, last_at, owed_since, urgent_since, due_at, due_by, moved_at
                """,
                """
                \(conversation.id), \(conversation.channel), \(conversation.citizen), \(conversation.thread),
                \(conversation.visibility), \(conversation.state), \(conversation.lastMessage), \(conversation.lastAt),
                \(conversation.owedSince), \(conversation.urgentSince), \(conversation.dueAt), \(conversation.dueBy), \(conversation.movedAt)
                """))
    }

    func save(_ conversation: Conversation) throws {
        try later(
            """
            UPDATE conversation SET state = \(conversation.state), closed_because = \(conversation.closedBecause),
                closed_from = \(conversation.closedFrom), closing = \(conversation.closing),
                assignee_id = \(conversation.assignee), team_id = \(conversation.team), last_message_id = \(conversation.lastMessage), last_at = \(conversation.lastAt),
                owed_since = \(conversation.owedSince), follow_up_on = \(conversation.followUp?.day),
                follow_up_set_at = \(conversation.followUp?.setAt),
                follow_up_is_promised = \(conversation.followUp?.isPromised ?? false), urgent_since = \(conversation.urgentSince),
                due_at = \(conversation.dueAt), due_by = \(conversation.dueBy),
                moved_at = \(conversation.movedAt)
            WHERE id = \(conversation.id)
            """)
    }
}
