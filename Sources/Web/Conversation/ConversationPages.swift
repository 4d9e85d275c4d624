import Desk
import Foundation
import Hummingbird
import Networks

/// Makes the page of a conversation, also the one that says why a deed was refused.
struct ConversationPages: Sendable {
    let desk: Desk
    let pages: Pages
    let lists: InboxLists

    func page(
        _ id: ID<Conversation>, _ request: Request, for visit: Visit, typed: Composers.Typed = .init(), flashes: [Flash] = [],
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let wish = InboxLists.Wish(request, current: id)
        let pane = try await pane(id, request, typed: typed, for: visit)
        let list = try await lists.list(wish, for: visit)
        let page = ConversationPage(frame: pages.frame(visit, .inbox, flashes: flashes), list: list, conversation: pane)
        return pages.show("conversation/page", page, to: visit, status: status)
    }

    /// The right pane alone: what a page fetches anew when its conversation changed.
    func pane(
        _ id: ID<Conversation>, _ request: Request, typed: Composers.Typed = .init(), for visit: Visit
    ) async throws -> ConversationPane {
        let query = InboxLists.Wish(request, current: id).query
        return try await pane(
            id, query: query, showsAll: request.query("messages") == "all", answering: request.query("answering"), typed: typed, for: visit)
    }

    /// Does a deed and goes on to the conversation; a refusal comes back as its page, with what was typed.
    /// - Parameter done: The notice that says so; `nil` where the conversation itself shows it.
    func stay(
        _ id: ID<Conversation>, _ request: Request, _ visit: Visit, typed: Composers.Typed = .init(), done: String?,
        _ values: [String: String] = [:], _ deed: () async throws -> Void
    ) async throws -> Response {
        do {
            try await deed()
            // The focus goes back to the conversation, not to the top of the page.
            let path = "/conversations/\(id)\(InboxLists.Wish(request).query)#conversation"
            return done.map { pages.seeOther(path, done: $0, values) } ?? .seeOther(path)
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await page(
                id, request, for: visit, typed: typed, flashes: [pages.flash(refusal, to: visit)], status: refusal.status)
        }
    }

    /// Does a deed that settles a conversation, and goes on to the next one in its list.
    /// - Parameter undo: Where the deed can be made undone.
    func goOn(
        from id: ID<Conversation>, _ request: Request, _ visit: Visit, typed: Composers.Typed = .init(), done: String, undo: String?,
        _ deed: () async throws -> Void
    ) async throws -> Response {
        let wish = InboxLists.Wish(request)
        // Before the deed: it may take this one out of the list.
        let next = wish.search.isEmpty ? try await desk.conversations.next(after: id, in: wish.view.inboxView(of: visit.me), wish.filter) : nil
        do {
            try await deed()
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await page(id, request, for: visit, typed: typed, flashes: [pages.flash(refusal, to: visit)], status: refusal.status)
        }
        let path = next.map { "/conversations/\($0)\(wish.query)#conversation" } ?? "/inbox\(wish.query)"
        return pages.seeOther(path, done: done, undo: undo)
    }

    /// Messages on one page, at first and on demand.
    private static func limit(_ showsAll: Bool) -> Int { showsAll ? 5000 : 200 }

    private func pane(
        _ id: ID<Conversation>, query: String, showsAll: Bool, answering: String, typed: Composers.Typed, for visit: Visit
    ) async throws -> ConversationPane {
        let words = pages.words(visit.language)
        let open = try await desk.conversations.open(id, by: visit.me, limit: Self.limit(showsAll), at: desk.clock.now())
        let thread = open.thread
        let can = try await desk.channels.capabilities(of: thread.channel)
        let days = DayChoice(followUpFrom: open.calendar, now: desk.clock.now())
        let conversation = thread.conversation
        // Somebody is answering an older one meanwhile.
        let isNews = !answering.isEmpty && thread.answerable.map { "\($0.id)" != answering } ?? false
        var messages = values(thread, can, query, visit).messages(version: open.head)
        messages.rendered = pages.views.rendered("message/message", messages.messages, in: visit.language)
        messages.messages = []
        let composer = try await Composers(desk: desk, pages: pages).composer(open, can: can, days: days, query: query, typed: typed, for: visit)
        return ConversationPane(
            id: "\(id)", me: "\(visit.me)", query: query, title: thread.title(words), who: thread.who,
            audience: thread.audience, network: NetworkBadge(thread.channel.network), channel: thread.channel.handle,
            url: thread.answerable?.url ?? thread.root?.url, state: ConversationState(conversation.state),
            closed: closed(open, words), followUp: followUp(open, words), assignee: thread.assigneeName, team: thread.teamName,
            deeds: visit.isEditor ? ConversationDeeds(open, can, days: days, telephone: telephone(typed, open, words), for: visit, words) : .none,
            notices: notices(open, isNews: isNews, visit, words),
            emergency: visit.isEditor ? Emergency(open, canAnswer: composer.reply != nil, now: desk.clock.now(), words) : nil, thread: messages,
            context: ConversationContext(open, query: query, now: desk.clock.now(), words),
            composer: composer)
    }

    private func telephone(_ typed: Composers.Typed, _ open: OpenConversation, _ words: Words) -> OtherAnswerForm {
        let now = desk.clock.now()
        return typed.telephone ?? OtherAnswerForm(day: open.calendar.day(of: now).text, time: words.clock.time(now))
    }

    private func notices(_ open: OpenConversation, isNews: Bool, _ visit: Visit, _ words: Words) -> [Flash] {
        let isTakenOver = open.thread.isAnswered(byOtherThan: visit.me) && open.draft?.text.isEmpty == false
        return (isTakenOver ? [words.warning("takenOver", ["name": open.thread.lease?.name ?? ""])] : [])
            + (isNews ? [words.warning("newMessage")] : [])
    }

    private func values(_ thread: Correspondence, _ can: Capabilities?, _ query: String, _ visit: Visit) -> MessageValues {
        let abilities = thread.channel.state == .connected ? can?.abilities ?? [] : []
        return MessageValues(
            thread: thread, abilities: abilities, authority: pages.plate.lastKnown?.name ?? "", query: query, visit: visit,
            now: desk.clock.now(),
            words: pages.words(visit.language))
    }

    private func followUp(_ open: OpenConversation, _ words: Words) -> String? {
        guard let followUp = open.thread.conversation.openFollowUp else { return nil }
        return words(followUp.isPromised ? "conversation.promise" : "conversation.followUp", ["day": words.date(followUp.day)])
    }

    private func closed(_ open: OpenConversation, _ words: Words) -> String? {
        guard let reason = open.thread.conversation.closedBecause else { return nil }
        guard let closing = open.closing, let name = closing.name else {
            return words("conversation.closed.withoutName")
        }
        return words(
            "conversation.closed.\(reason.rawValue)", ["name": name, "time": words.moment(closing.at, now: desk.clock.now()).text])
    }
}

extension Correspondence {
    /// The beginning of the citizen's first message that still stands; of a private correspondence, which goes on for years, of the newest.
    private var title: String? {
        let standing = entries.lazy.map(\.message).filter { $0.direction == .in && $0.removedAt == nil }
        let titling = conversation.visibility == .public ? standing.first : standing.last
        let text = titling.map { $0.warning ?? $0.text.withoutUs(channel.handle) }?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return text.isEmpty ? nil : text.count > 90 ? text.prefix(90) + " …" : text
    }

    func title(_ words: Words) -> String {
        title ?? words(answerable == nil ? "conversation.removed" : "conversation.untitled")
    }

    /// Whom an answer would reach; of a correspondence that is over, whom its kind reaches.
    fileprivate var audience: Audience { answerable?.audience ?? (conversation.visibility == .public ? .everybody : .named) }

    var who: String {
        citizen.displayName.isEmpty ? (citizen.handle.isEmpty ? "·" : citizen.handle) : citizen.displayName
    }
}
