import Foundation

/// What became of an act of ours on its way to the network, in words.
public struct DeliveryValue: PageValue, Hashable {
    public enum State: Sendable, Hashable {
        /// Leaves in so many seconds, or when its turn comes (0); until then it can be taken back.
        case waiting(seconds: Int)
        /// The network asked for patience, or can't be reached.
        case postponed(why: String, until: Moment?)
        case sending
        case delivered(url: String?)
        /// - Parameter canRedraft: The text can go back into the draft.
        case failed(why: String, advice: String, canRedraft: Bool = false)
        case unclear
        case withdrawn
    }

    /// `reply`, `edit`, `delete`, `like`, `unlike`: chooses the words.
    let act: String
    let id: String
    let state: State
    let sentence: String
    /// What is said while it counts down, with „#“ for the seconds, and at its end.
    let countdown: [String]
    /// What taking it back is called.
    let withdrawal: String
    /// May this colleague settle it or take it back?
    let mayAct: Bool

    public init(id: String, act: String, state: State, mayAct: Bool, words: Words) {
        self.id = id
        self.act = act
        self.state = state
        self.mayAct = mayAct
        sentence = Self.sentence(act: act, state: state, words: words)
        countdown =
            ["one", "other"].map { words("delivery.\(act).waiting.\($0)", ["count": "#"]) } + [words("delivery.\(act).sending")]
        withdrawal = words("delivery.\(act).withdraw")
    }

    private static func sentence(act: String, state: State, words: Words) -> String {
        switch state {
        case .waiting(let seconds) where seconds > 0: words.count("delivery.\(act).waiting", seconds)
        case .waiting: words("delivery.\(act).due")
        case .postponed(let why, nil): words("delivery.\(act).postponed", ["why": why])
        case .postponed(let why, let until?): words("delivery.\(act).postponedUntil", ["why": why, "time": until.text])
        case .sending: words("delivery.\(act).sending")
        case .delivered: words("delivery.\(act).delivered")
        case .failed(let why, _, _): words("delivery.\(act).failed", ["why": why])
        case .unclear: words("delivery.\(act).unclear")
        case .withdrawn: words("delivery.\(act).withdrawn")
        }
    }

    private var name: String {
        switch state {
        case .waiting: "waiting"
        case .postponed: "postponed"
        case .sending: "sending"
        case .delivered: "delivered"
        case .failed: "failed"
        case .unclear: "unclear"
        case .withdrawn: "withdrawn"
        }
    }

    private var until: Moment? {
        if case .postponed(_, let until) = state { until } else { nil }
    }

    private var secondsLeft: String? {
        if case .waiting(let seconds) = state, seconds > 0 { String(seconds) } else { nil }
    }

    private var url: String? {
        if case .delivered(let url) = state { url } else { nil }
    }

    private var advice: String? {
        if case .failed(_, let advice, _) = state { advice } else { nil }
    }

    private var canRedraft: Bool {
        if case .failed(_, _, true) = state { mayAct } else { false }
    }

    private var canSendAgain: Bool {
        if case .failed = state { mayAct } else { false }
    }

    private var canWithdraw: Bool {
        switch state {
        case .waiting, .postponed: mayAct
        default: false
        }
    }

    public static let fields: Fields<DeliveryValue> = [
        "id": \.id, "act": \.act, "state": \.name, "sentence": \.sentence, "secondsLeft": \.secondsLeft,
        "one": \.countdown[0], "other": \.countdown[1], "now": \.countdown[2], "withdrawal": \.withdrawal, "until": \.until, "url": \.url,
        "advice": \.advice,
        "canRedraft": \.canRedraft, "canWithdraw": \.canWithdraw, "canSettle": { $0.mayAct && $0.state == .unclear },
        "canSendAgain": \.canSendAgain, "isReply": { $0.act == "reply" },
    ]
}

extension Words {
    /// A network's refusal in words: why, and what to do.
    /// - Parameter name: As `DeliveryFailure.name` has it.
    public func failure(_ name: String, detail: String) -> (why: String, advice: String) {
        (self("failure.\(name)", ["detail": detail]), self("failure.\(name).advice", ["detail": detail]))
    }
}
