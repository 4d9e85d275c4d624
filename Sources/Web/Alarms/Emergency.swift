import Desk
import Foundation
import Networks

/// What can be done in a conversation where somebody may be in danger.
public struct Emergency: PageValue {
    /// Which alarm, by what, and who has it, in words; `nil` while there is none.
    let alarm: String?
    /// The texts that say where help is; `nil` where nothing can be answered now.
    let redirect: RedirectForm?
    /// What a colleague can raise an alarm about.
    let dangers: [Choice]

    public init(alarm: String?, redirect: RedirectForm?, dangers: [Choice]) {
        self.alarm = alarm
        self.redirect = redirect
        self.dangers = dangers
    }

    public static let fields: Fields<Emergency> = [
        "alarm": \.alarm, "redirect": \.redirect, "dangers": \.dangers,
    ]
}

/// Sends one of the texts that are kept ready, as an answer to what the citizen wrote last.
public struct RedirectForm: PageValue {
    let answering: String
    let answeringVersion: String
    let lastAnswer: String
    let token: String
    let audience: Audience
    let texts: [RedirectChoice]

    public init(answering: String, answeringVersion: String, lastAnswer: String, token: String, audience: Audience, texts: [RedirectChoice]) {
        self.answering = answering
        self.answeringVersion = answeringVersion
        self.lastAnswer = lastAnswer
        self.token = token
        self.audience = audience
        self.texts = texts
    }

    public static let fields: Fields<RedirectForm> = [
        "answering": \.answering, "answeringVersion": \.answeringVersion, "lastAnswer": \.lastAnswer, "token": \.token,
        "isPublic": { $0.audience == .everybody }, "first": \.texts.first, "others": { Array($0.texts.dropFirst()) },
        "hasOthers": { $0.texts.count > 1 },
    ]
}

public struct RedirectChoice: PageValue {
    let id: String
    let title: String
    let text: String
    let language: String
    let isChosen: Bool

    public init(id: String, title: String, text: String, language: String, isChosen: Bool) {
        self.id = id
        self.title = title
        self.text = text
        self.language = language
        self.isChosen = isChosen
    }

    public static let fields: Fields<RedirectChoice> = [
        "id": \.id, "title": \.title, "text": \.text, "language": \.language, "isChosen": \.isChosen,
    ]
}

extension Emergency {
    /// - Parameter canAnswer: Nothing hinders an answer just now.
    init(_ open: OpenConversation, canAnswer: Bool, now: Date, _ words: Words) {
        let texts = open.redirectTexts.fitting(
            open.thread.channel.id, language: open.thread.answerable?.language, danger: open.alarm?.danger)
        let form: RedirectForm? = if canAnswer, let answered = open.thread.answerable, let seen = open.thread.seen, !texts.isEmpty {
            RedirectForm(
                answering: "\(seen.message)", answeringVersion: "\(seen.revision)", lastAnswer: seen.answer.map { "\($0)" } ?? "",
                token: Token.make(), audience: answered.audience,
                texts: texts.enumerated().map {
                    RedirectChoice(id: "\($1.id)", title: $1.title, text: $1.text, language: $1.language, isChosen: $0 == 0)
                })
        } else { nil }
        self.init(
            alarm: open.alarm.map { words.alarm($0, now: now) }, redirect: form,
            dangers: words.choices("danger", of: Danger.self, chosen: .life))
    }
}

extension Words {
    /// „Lebensgefahr? Gefunden: „atmet nicht“, 8:02. Lena Krüger hat übernommen.“
    fileprivate func alarm(_ alarm: Alarm, now: Date) -> String {
        let time = moment(alarm.raisedAt, now: now).text
        let cause = alarm.words.map { self("alarm.found", ["words": $0, "time": time]) }
            ?? self("alarm.marked", ["name": alarm.raisedBy ?? "", "time": time])
        let taken = alarm.takenBy.map { self("alarm.takenBy", ["name": $0]) } ?? self("alarm.waiting")
        return "\(self("danger.\(alarm.danger.rawValue)")): \(cause) \(taken)"
    }
}
