import Desk
import Foundation
import Hummingbird

/// The team's snippets: written, changed, and put into an answer.
struct SnippetRoutes {
    let desk: Desk
    let pages: Pages
    let conversations: ConversationPages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("snippets") { _, visit in try await showAll(visit) }
        routes.post("snippets", use: add)
        routes.get("snippets/:id") { _, visit in try await show(visit) }
        routes.post("snippets/:id", use: change)
        routes.post("snippets/:id/removal", use: remove)
        routes.post("conversations/:id/draft/snippet", use: insert)
    }

    @Sendable func add(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            try await desk.snippets.add(try SnippetWords(form), by: visit.me, at: desk.clock.now())
            return pages.seeOther("/snippets", done: "snippetAdded")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await showAll(visit, typed: form, refusal)
        }
    }

    @Sendable func change(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            try await desk.snippets.change(try visit.id(), to: try SnippetWords(form), by: visit.me, at: desk.clock.now())
            return pages.seeOther("/snippets", done: "snippetChanged")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, typed: form, refusal)
        }
    }

    @Sendable func remove(_ request: Request, visit: Visit) async throws -> Response {
        try await desk.snippets.remove(try visit.id(), by: visit.me, at: desk.clock.now())
        return pages.seeOther("/snippets", done: "snippetRemoved")
    }

    /// Behind what is written already; the draft is saved with it.
    @Sendable func insert(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let snippet = try await desk.snippets.snippet(try form.id("snippet"))
        let now = desk.clock.now()
        return try await conversations.stay(id, request, visit, typed: .init(reply: form["text"], isHolding: form["mode"] == "holding"), done: nil) {
            let thread = try await desk.conversations.thread(id, limit: 1)
            let words = pages.words(visit.language)
            let text = snippet.filled([
                .name: thread.who, .authority: pages.plate.lastKnown?.name ?? "", .date: words.clock.day(now),
                .initials: Initials.of(visit.colleague.name),
            ])
            let written = form["text"].trimmingCharacters(in: .whitespacesAndNewlines)
            let warning = form["warning"].isEmpty ? nil : form["warning"]
            _ = try await desk.replies.save(
                written.isEmpty ? text : written + "\n" + text, warning: warning, in: id, token: form["token"], by: visit.me, at: now)
            let lease = try await desk.replies.takeLease(on: id, by: visit.me, at: now)
            if let lease, lease.colleague != visit.me { throw Refusal.leaseHeld(by: lease.name, since: lease.since) }
        }
    }

    private func showAll(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let snippets = try await desk.snippets.all()
        let today = try await desk.calendars.calendar().day(of: desk.clock.now())
        let page = SnippetsPage(
            frame: frame(visit, refusal),
            folders: SnippetFolder.folders(of: snippets, today: today, isOnlyUsable: false, pages.words(visit.language)),
            form: typed.map { SnippetForm($0, known: snippets.folders) } ?? SnippetForm(known: snippets.folders))
        return pages.show("snippets/page", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func show(_ visit: Visit, typed: Form? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let snippet = try await desk.snippets.snippet(try visit.id())
        let known = try await desk.snippets.all().folders
        let form = SnippetForm(
            folder: snippet.folder, title: snippet.title, text: snippet.text, validUntil: snippet.validUntil?.text ?? "", known: known)
        let page = SnippetPage(
            frame: frame(visit, refusal), id: "\(snippet.id)", form: typed.map { SnippetForm($0, known: known) } ?? form)
        return pages.show("snippets/snippet", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func frame(_ visit: Visit, _ refusal: Refusal?) -> Frame {
        pages.frame(visit, .snippets, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? [])
    }
}

extension [Snippet] {
    fileprivate var folders: [String] { Set(map(\.folder).filter { !$0.isEmpty }).sorted() }
}

extension SnippetForm {
    /// As it was typed.
    fileprivate init(_ form: Form, known: [String]) {
        self.init(folder: form["folder"], title: form["title"], text: form["text"], validUntil: form["until"], known: known)
    }
}

extension SnippetWords {
    /// - Throws: `Refusal.dayInvalid`.
    fileprivate init(_ form: Form) throws {
        let day = CivilDay(form["until"])
        guard form["until"].isEmpty || day != nil else { throw Refusal.dayInvalid }
        self.init(folder: form["folder"], title: form["title"], text: form["text"], validUntil: day)
    }
}
