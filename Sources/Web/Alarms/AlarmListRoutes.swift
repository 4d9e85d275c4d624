import Desk
import Foundation
import Hummingbird

/// The page of emergencies: the word list, the texts that say where help is, and what was raised last.
struct AlarmListRoutes {
    let desk: Desk
    let pages: Pages

    func addReading(to routes: some RouterMethods<Visit>) {
        routes.get("alarms") { _, visit in try await showAll(visit) }
    }

    func addEditing(to routes: some RouterMethods<Visit>) {
        routes.post("alarms/words", use: addWords)
        routes.post("alarms/words/:id/removal", use: removeWords)
        routes.get("redirects/:id") { _, visit in try await show(visit) }
        routes.post("redirects", use: addRedirect)
        routes.post("redirects/:id", use: changeRedirect)
        routes.post("redirects/:id/removal", use: removeRedirect)
        for path in ["alarms/words", "redirects"] { routes.get("\(path)") { _, _ in Response.seeOther("/alarms") } }
    }

    @Sendable func addWords(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            try await desk.alarms.add(form["words"], danger: try form.choice("danger"), by: visit.me, at: desk.clock.now())
            return pages.seeOther("/alarms", done: "alarmWordsAdded")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await showAll(visit, words: form["words"], refusal)
        }
    }

    @Sendable func removeWords(_ request: Request, visit: Visit) async throws -> Response {
        try await desk.alarms.remove(try visit.id(), by: visit.me, at: desk.clock.now())
        return pages.seeOther("/alarms", done: "alarmWordsRemoved")
    }

    @Sendable func addRedirect(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            try await desk.redirectTexts.write(RedirectWords(form), as: nil, by: visit.me, at: desk.clock.now())
            return pages.seeOther("/alarms", done: "redirectAdded")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await showAll(visit, typed: RedirectWords(form), refusal)
        }
    }

    @Sendable func changeRedirect(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            try await desk.redirectTexts.write(RedirectWords(form), as: try visit.id(), by: visit.me, at: desk.clock.now())
            return pages.seeOther("/alarms", done: "redirectChanged")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, typed: RedirectWords(form), refusal)
        }
    }

    @Sendable func removeRedirect(_ request: Request, visit: Visit) async throws -> Response {
        try await desk.redirectTexts.remove(try visit.id(), by: visit.me, at: desk.clock.now())
        return pages.seeOther("/alarms", done: "redirectRemoved")
    }

    private func showAll(
        _ visit: Visit, words typedWords: String = "", typed: RedirectWords? = nil, _ refusal: Refusal? = nil
    ) async throws -> Response {
        let (words, now) = (pages.words(visit.language), desk.clock.now())
        let (list, texts, latest) = (try await desk.alarms.words(), try await desk.redirectTexts.all(), try await desk.alarms.latest())
        let channels = try await desk.channels.all()
        let page = AlarmsPage(
            frame: frame(visit, refusal), latest: latest.map { AlarmLine($0, now: now, words) },
            lists: Danger.allCases.map { danger in
                AlarmWordList(
                    danger: words("danger.\(danger.rawValue)"),
                    words: list.filter { $0.danger == danger }.map { .init(id: "\($0.id)", words: $0.words) })
            },
            redirects: texts.map { RedirectLine($0, channels, words) }, canChange: visit.isEditor, words: typedWords,
            dangers: words.choices("danger", of: Danger.self, chosen: .life),
            form: RedirectEditForm(typed ?? RedirectWords.none, channels, words))
        return pages.show("alarm/page", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func show(_ visit: Visit, typed: RedirectWords? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let text = try await desk.redirectTexts.text(try visit.id())
        let written = RedirectWords(title: text.title, text: text.text, language: text.language, danger: text.danger, channel: text.channel)
        let form = RedirectEditForm(typed ?? written, try await desk.channels.all(), pages.words(visit.language))
        let page = RedirectPage(frame: frame(visit, refusal), id: "\(text.id)", form: form)
        return pages.show("alarm/redirect-page", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func frame(_ visit: Visit, _ refusal: Refusal?) -> Frame {
        pages.frame(visit, .alarms, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? [])
    }
}

extension RedirectWords {
    fileprivate static let none = RedirectWords(title: "", text: "", language: "de", danger: .life, channel: nil)

    fileprivate init(_ form: Form) {
        self.init(
            title: form["title"], text: form["text"], language: form["language"], danger: Danger(rawValue: form["danger"]),
            channel: ID(form["channel"]))
    }
}

extension RedirectEditForm {
    /// The languages that citizens of German authorities write most.
    private static let languages = ["de", "en", "uk", "ru", "tr", "ar", "pl", "ro", "fr", "es", "it"]

    fileprivate init(_ written: RedirectWords, _ channels: [Channel], _ words: Words) {
        let every = Choice("", words("redirect.everyChannel"), isChosen: written.channel == nil)
        let noDanger = Choice("", words("redirect.noDanger"), isChosen: written.danger == nil)
        self.init(
            title: written.title, text: written.text, languages: words.choices("language", of: Self.languages, chosen: written.language),
            dangers: words.choices("danger", of: Danger.self, chosen: written.danger) + [noDanger],
            channels: [every] + channels.map { Choice("\($0.id)", $0.handle, isChosen: $0.id == written.channel) })
    }
}

extension RedirectLine {
    fileprivate init(_ text: RedirectText, _ channels: [Channel], _ words: Words) {
        let channel = text.channel.flatMap { id in channels.first { $0.id == id }?.handle } ?? words("redirect.everyChannel")
        let danger = text.danger.map { words("danger.\($0.rawValue)") } ?? words("redirect.noDanger")
        let language = words.ifWritten("language.\(text.language)") ?? text.language
        self.init(id: "\(text.id)", title: text.title, text: text.text, about: [language, danger, channel].joined(separator: " · "))
    }
}

extension AlarmLine {
    fileprivate init(_ call: Alarm.Call, now: Date, _ words: Words) {
        let time = words.moment(call.alarm.raisedAt, now: now)
        self.init(
            call: AlarmCall(call, canTakeOver: false, at: time, words),
            cause: call.alarm.words.map { words("alarm.found.short", ["words": $0]) }
                ?? words("alarm.marked.short", ["name": call.alarm.raisedBy ?? ""]),
            taken: call.alarm.takenBy.map { words("alarm.takenBy", ["name": $0]) } ?? "")
    }
}
