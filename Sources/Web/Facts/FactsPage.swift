import Desk
import Foundation

/// The facts of the day, and where one is noted.
public struct FactsPage: PageValue {
    let frame: Frame
    let facts: [FactLine]
    /// Readers note nothing.
    let canNote: Bool
    /// As it was typed, or as it is proposed.
    let text: String
    let source: String
    let day: String
    let time: String

    public init(frame: Frame, facts: [FactLine], canNote: Bool, text: String = "", source: String = "", day: String, time: String) {
        self.frame = frame
        self.facts = facts
        self.canNote = canNote
        self.text = text
        self.source = source
        self.day = day
        self.time = time
    }

    public static let fields: Fields<FactsPage> = [
        "frame": \.frame, "facts": \.facts, "hasFacts": { !$0.facts.isEmpty }, "canNote": \.canNote, "text": \.text, "source": \.source,
        "day": \.day, "time": \.time, "longest": { _ in String(DailyFacts.longestText) },
    ]
}

/// One fact: what is so, who says so, until when.
public struct FactLine: PageValue {
    let id: String
    let text: String
    let source: String
    let notedBy: String
    let noted: Moment
    let until: Moment
    let canEnd: Bool

    public init(id: String, text: String, source: String, notedBy: String, noted: Moment, until: Moment, canEnd: Bool) {
        self.id = id
        self.text = text
        self.source = source
        self.notedBy = notedBy
        self.noted = noted
        self.until = until
        self.canEnd = canEnd
    }

    public static let fields: Fields<FactLine> = [
        "id": \.id, "text": \.text, "source": \.source, "notedBy": \.notedBy, "noted": \.noted, "until": \.until, "canEnd": \.canEnd,
    ]
}

extension FactLine {
    init(_ fact: DailyFact, canEnd: Bool, now: Date, words: Words) {
        self.init(
            id: "\(fact.id)", text: fact.text, source: fact.source, notedBy: fact.notedBy, noted: words.moment(fact.notedAt, now: now),
            until: words.moment(fact.expiresAt, now: now), canEnd: canEnd)
    }
}
