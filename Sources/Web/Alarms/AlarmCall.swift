import Desk
import Networks

/// An emergency that nobody has taken over, over every page.
public struct AlarmCall: PageValue {
    let id: String
    let conversationID: String
    let danger: String
    let who: String
    let network: String
    let audience: Audience
    let text: String
    let at: Moment
    /// Readers can only look.
    let canTakeOver: Bool

    public init(
        id: String, conversationID: String, danger: String, who: String, network: String, audience: Audience, text: String, at: Moment,
        canTakeOver: Bool
    ) {
        self.id = id
        self.conversationID = conversationID
        self.danger = danger
        self.who = who
        self.network = network
        self.audience = audience
        self.text = text
        self.at = at
        self.canTakeOver = canTakeOver
    }

    public static let fields: Fields<AlarmCall> = [
        "id": \.id, "conversationID": \.conversationID, "danger": \.danger, "who": \.who, "network": \.network, "audience": \.audience,
        "text": \.text, "at": \.at, "canTakeOver": \.canTakeOver,
    ]
}

/// All that stand over a page now; also fetched and sent alone.
public struct AlarmCalls: PageValue {
    let calls: [AlarmCall]

    public init(_ calls: [AlarmCall]) { self.calls = calls }

    public static let fields: Fields<AlarmCalls> = ["calls": \.calls]
}

extension AlarmCalls {
    init(_ calls: [Alarm.Call], canTakeOver: Bool, pages: Pages, words: Words) {
        let now = pages.clock.now()
        self.init(calls.map { AlarmCall($0, canTakeOver: canTakeOver, at: words.moment($0.alarm.raisedAt, now: now), words) })
    }
}

extension AlarmCall {
    init(_ call: Alarm.Call, canTakeOver: Bool, at: Moment, _ words: Words) {
        self.init(
            id: "\(call.alarm.id)", conversationID: "\(call.alarm.conversation)", danger: words("danger.\(call.alarm.danger.rawValue)"),
            who: call.who, network: NetworkBadge(call.network).name, audience: call.audience, text: call.text ?? words("row.removed"), at: at,
            canTakeOver: canTakeOver)
    }
}
