import Desk
import Foundation

/// What raises an alarm, which were raised, and where citizens are sent.
public struct AlarmsPage: PageValue {
    let frame: Frame
    let latest: [AlarmLine]
    let lists: [AlarmWordList]
    let redirects: [RedirectLine]
    let canChange: Bool
    /// As it was typed.
    let words: String
    let dangers: [Choice]
    let form: RedirectEditForm

    public init(
        frame: Frame, latest: [AlarmLine], lists: [AlarmWordList], redirects: [RedirectLine], canChange: Bool, words: String, dangers: [Choice],
        form: RedirectEditForm
    ) {
        self.frame = frame
        self.latest = latest
        self.lists = lists
        self.redirects = redirects
        self.canChange = canChange
        self.words = words
        self.dangers = dangers
        self.form = form
    }

    public static let fields: Fields<AlarmsPage> = [
        "frame": \.frame, "latest": \.latest, "hasLatest": { !$0.latest.isEmpty }, "lists": \.lists, "redirects": \.redirects,
        "canChange": \.canChange, "words": \.words, "dangers": \.dangers, "form": \.form,
    ]
}

/// An alarm that was raised, and what became of it.
public struct AlarmLine: PageValue {
    let call: AlarmCall
    /// The words that were found, or who marked it.
    let cause: String
    let taken: String

    public init(call: AlarmCall, cause: String, taken: String) {
        self.call = call
        self.cause = cause
        self.taken = taken
    }

    public static let fields: Fields<AlarmLine> = ["call": \.call, "cause": \.cause, "taken": \.taken]
}

/// The words that stand for one danger.
public struct AlarmWordList: PageValue {
    let danger: String
    let words: [Entry]

    public init(danger: String, words: [Entry]) {
        self.danger = danger
        self.words = words
    }

    public struct Entry: PageValue {
        let id: String
        let words: String

        public init(id: String, words: String) {
            self.id = id
            self.words = words
        }

        public static let fields: Fields<Entry> = ["id": \.id, "words": \.words]
    }

    public static let fields: Fields<AlarmWordList> = ["danger": \.danger, "words": \.words]
}

/// One redirect text on the page of all.
public struct RedirectLine: PageValue {
    let id: String
    let title: String
    let text: String
    /// „Deutsch · Lebensgefahr · alle Kanäle“.
    let about: String

    public init(id: String, title: String, text: String, about: String) {
        self.id = id
        self.title = title
        self.text = text
        self.about = about
    }

    public static let fields: Fields<RedirectLine> = ["id": \.id, "title": \.title, "text": \.text, "about": \.about]
}

/// One redirect text, to be changed or removed.
public struct RedirectPage: PageValue {
    let frame: Frame
    let id: String
    let form: RedirectEditForm

    public init(frame: Frame, id: String, form: RedirectEditForm) {
        self.frame = frame
        self.id = id
        self.form = form
    }

    public static let fields: Fields<RedirectPage> = ["frame": \.frame, "id": \.id, "form": \.form]
}

public struct RedirectEditForm: PageValue {
    let title: String
    let text: String
    let languages: [Choice]
    let dangers: [Choice]
    let channels: [Choice]

    public init(title: String, text: String, languages: [Choice], dangers: [Choice], channels: [Choice]) {
        self.title = title
        self.text = text
        self.languages = languages
        self.dangers = dangers
        self.channels = channels
    }

    public static let fields: Fields<RedirectEditForm> = [
        "title": \.title, "text": \.text, "languages": \.languages, "dangers": \.dangers, "channels": \.channels,
    ]
}
