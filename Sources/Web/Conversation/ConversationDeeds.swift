import Desk
import Networks

/// What this colleague may do with this conversation now. What is false is not shown.
public struct ConversationDeeds: PageValue {
    /// The citizen's newest message that this page shows.
    let seen: String
    /// With which closing can be undone.
    let token: String
    let canTake: Bool
    let canNeedNoAnswer: Bool
    /// The citizen's newest message, where it can be liked and isn't yet.
    let likeable: String?
    /// The days that can be chosen for a follow-up, and the one that is proposed; `nil` where there can be none.
    let followUp: DayChoice?
    /// It waits for its day.
    let canDropFollowUp: Bool
    let canClose: Bool
    let canReopen: Bool
    /// Says that it was answered on the telephone; `nil` where nothing is owed.
    let telephone: OtherAnswerForm?
    /// Admins only.
    let canErase: Bool
    /// Gives it back to all.
    let nobody: Choice
    /// Whom it can be given to; empty for readers.
    let colleagues: [Choice]
    let teams: [Choice]

    public init(
        seen: String, token: String, canTake: Bool, canNeedNoAnswer: Bool, likeable: String?, followUp: DayChoice? = nil,
        canDropFollowUp: Bool = false, canClose: Bool, canReopen: Bool, telephone: OtherAnswerForm? = nil,
        canErase: Bool, nobody: Choice = Choice("", ""), colleagues: [Choice], teams: [Choice] = []
    ) {
        self.seen = seen
        self.token = token
        self.likeable = likeable
        self.followUp = followUp
        self.canDropFollowUp = canDropFollowUp
        self.canTake = canTake
        self.canNeedNoAnswer = canNeedNoAnswer
        self.canClose = canClose
        self.canReopen = canReopen
        self.telephone = telephone
        self.canErase = canErase
        (self.nobody, self.colleagues, self.teams) = (nobody, colleagues, teams)
    }

    public static let fields: Fields<ConversationDeeds> = [
        "seen": \.seen, "deed": \.token, "likeable": \.likeable, "followUp": \.followUp, "canDropFollowUp": \.canDropFollowUp, "canTake": \.canTake, "canNeedNoAnswer": \.canNeedNoAnswer, "canClose": \.canClose, "canReopen": \.canReopen,
        "telephone": \.telephone,
        "canErase": \.canErase, "canDo": { !$0.token.isEmpty }, "canAssign": { !$0.colleagues.isEmpty }, "nobody": \.nobody,
        "colleagues": \.colleagues, "teams": \.teams, "hasTeams": { !$0.teams.isEmpty },
    ]
}

extension ConversationDeeds {
    /// - Parameters:
    ///   - can: What its channel can do; `nil` where it can do nothing now.
    ///   - days: For a follow-up.
    init(_ open: OpenConversation, _ can: Capabilities?, days: DayChoice, telephone: OtherAnswerForm, for visit: Visit, _ words: Words) {
        let (conversation, thread) = (open.thread.conversation, open.thread)
        let canLike = thread.channel.state == .connected && can?.can(.like) == true && thread.answerable?.isLiked == false
        let nobody = Choice("", words("deed.nobody"), isChosen: conversation.assignee == nil && conversation.team == nil)
        self.init(
            seen: conversation.lastMessage.map { "\($0)" } ?? "", token: Token.make(), canTake: conversation.assignee != visit.me,
            canNeedNoAnswer: conversation.state == .open || conversation.state == .waiting,
            likeable: canLike ? thread.answerable.map { "\($0.id)" } : nil, followUp: conversation.state == .closed ? nil : days,
            canDropFollowUp: conversation.state == .waiting, canClose: conversation.state == .answered,
            canReopen: conversation.state == .closed || conversation.state == .answered,
            telephone: conversation.state == .closed ? nil : telephone, canErase: visit.isAdmin,
            nobody: nobody, colleagues: open.editors.map { Choice("\($0.id)", $0.name, isChosen: $0.id == conversation.assignee) },
            teams: open.teams.map {
                Choice("team-\($0.id)", $0.name, isChosen: conversation.assignee == nil && $0.id == conversation.team)
            })
    }

    /// A reader's.
    static let none = ConversationDeeds(
        seen: "", token: "", canTake: false, canNeedNoAnswer: false, likeable: nil, canClose: false, canReopen: false, canErase: false,
        colleagues: [])
}
