import Desk
import Foundation

/// Makes the left pane: a view's page, or what a search found.
struct InboxLists: Sendable {
    let desk: Desk
    let pages: Pages

    /// What a browser asked for.
    struct Wish: Sendable {
        var view = InboxList.View.open
        var search = ""
        var filter = InboxFilter()
        /// Where the page before ended.
        var before = ""
        var current: ID<Conversation>?

        /// So many rows at once.
        var limit = InboxLists.pageSize

        /// Leads back to this list.
        var query: String {
            "?" + narrowed + (search.isEmpty ? "" : "&q=\(Query.escaped(search))")
        }

        /// View and filter, as they are saved.
        var narrowed: String { "view=\(view.rawValue)" + filter.query }
    }

    static let pageSize = 50
    /// A list that was read far down is made anew in few steps.
    static let largestPage = 500

    func list(_ wish: Wish, for visit: Visit) async throws -> InboxList {
        let words = pages.words(visit.language)
        let (inbox, rows, older) = try await wish.search.isEmpty ? page(wish, for: visit) : found(wish, for: visit)
        let channels = inbox.channels.filter { $0.state != .disconnected }
        let post: OwnPost? = if let id = wish.filter.post { try await desk.conversations.ownPost(id) } else { nil }
        let filter = FilterForm(
            wish.filter, in: wish.view, channels: choices(of: inbox.channels, wish, words), postBeginning: post?.beginning(90, words) ?? "",
            exportPath: visit.isEditor ? "/inbox/export\(wish.query)" : nil,
            saving: wish.search.isEmpty ? .init(query: wish.narrowed, canShare: visit.isEditor) : nil)
        let saved = inbox.savedViews.map { SavedTab($0, wish, for: visit, words) }
        let isSaved = saved.contains(where: \.isCurrent)
        let views = InboxViews(
            tabs: tabs(Self.always(isInTeam: !inbox.teams.isEmpty), wish, inbox, isSaved: isSaved, words),
            others: tabs(Self.nowAndThen, wish, inbox, isSaved: isSaved, words), saved: saved, filter: filter)
        var list = InboxList(
            view: wish.view, search: wish.search, filter: filter, before: wish.before, sections: sections(of: rows, wish, words),
            olderPath: older.map { "/inbox\(wish.query)&before=\($0)" },
            empty: emptyList(wish, hasChannel: !channels.isEmpty, for: visit, words),
            health: health(of: channels, words), gone: gone(wish.filter, inbox.channels, words),
            selection: visit.isEditor
                ? Selection(query: wish.query, token: Token.make(), asOf: desk.clock.now(), canHaveAll: wish.search.isEmpty) : nil,
            colleague: "\(visit.me)", teams: inbox.teams.map { "\($0)" }, live: "\(inbox.head)", madeAt: desk.clock.now())
        list.renderedViews = pages.views.rendered("inbox/views", [views], in: visit.language)
        return list
    }

    /// All that a row's looks depend on.
    private struct Line: Hashable, Sendable {
        let row: InboxRow
        var hit: Search.Hit?
        let query: String
        let isCurrent: Bool
        /// Today's: times are shown by it.
        let day: Int

        var place: ConversationRow.Place { .init(due: row.dueAt, last: row.lastAt, moved: row.movedAt) }

        var foundAt: Date { hit?.at ?? row.movedAt }

        /// Equality decides; to hash every word of it for every page costs more than it finds.
        func hash(into hasher: inout Hasher) {
            hasher.combine(row.id)
            hasher.combine(row.movedAt)
        }
    }

    private func sections(of rows: [Line], _ wish: Wish, _ words: Words) -> [InboxSection] {
        let now = desk.clock.now()
        func fill(_ section: inout InboxSection, _ rows: [Line]) {
            section.rendered = pages.views.rendered("inbox/row", rows, in: words.language) { line in
                ConversationRow(line.row, query: line.query, isCurrent: line.isCurrent, hit: line.hit, now: now, words: words)
            }
        }
        guard !wish.search.isEmpty else {
            return InboxSection.sections(of: rows, \.place, in: wish.view, now: now, words: words, fill: fill)
        }
        var found = InboxSection.found(words: words)
        fill(&found, rows)
        return [found]
    }

    private func page(_ wish: Wish, for visit: Visit) async throws -> (Inbox, [Line], older: String?) {
        let position = InboxPosition(parameter: wish.before)
        let view = wish.view.inboxView(of: visit.me)
        let inbox = try await desk.conversations.inbox(.view(view, wish.filter, after: position, limit: wish.limit), of: visit.me)
        let older = inbox.rows.count == wish.limit ? inbox.rows.last.map { InboxPosition($0, in: view).parameter } : nil
        return (inbox, inbox.rows.map { line($0, nil, wish, visit) }, older)
    }

    private func found(_ wish: Wish, for visit: Visit) async throws -> (Inbox, [Line], older: String?) {
        let hits = try await desk.search.find(wish.search, before: ID<Message>(wish.before[...]), limit: Self.pageSize)
        // They come in the order in which they were taken in; of an account's past that is not the order in which they were written.
        let newest = Dictionary(hits.map { ($0.conversation, $0) }) { $0.at < $1.at ? $1 : $0 }
        let inbox = try await desk.conversations.inbox(.these(Array(newest.keys)), of: visit.me)
        let lines = inbox.rows.map { line($0, newest[$0.id], wish, visit) }.sorted { $0.foundAt > $1.foundAt }
        return (inbox, lines, hits.count == Self.pageSize ? hits.last.map { "\($0.message)" } : nil)
    }

    private func line(_ row: InboxRow, _ hit: Search.Hit?, _ wish: Wish, _ visit: Visit) -> Line {
        let today = pages.words(visit.language).clock.dayNumber(desk.clock.now())
        return Line(row: row, hit: hit, query: wish.query, isCurrent: row.id == wish.current, day: today)
    }

    private static func always(isInTeam: Bool) -> [InboxList.View] {
        [.open, .mine] + (isInTeam ? [.team] : []) + [.unassigned, .waiting]
    }

    private static let nowAndThen: [InboxList.View] = [.answered, .closed, .all]

    /// What waits is counted; what is done is not.
    private func tabs(_ views: [InboxList.View], _ wish: Wish, _ inbox: Inbox, isSaved: Bool, _ words: Words) -> [InboxTab] {
        let counts: [InboxList.View: Int] = [
            .open: inbox.open, .mine: inbox.mine, .team: inbox.team, .unassigned: inbox.unassigned, .waiting: inbox.waiting,
        ]
        // Of one post alone nobody counts.
        let under = wish.filter.post.map { "&post=\($0)" } ?? ""
        return views.map {
            InboxTab(
                $0, count: under.isEmpty ? counts[$0].flatMap { $0 > 0 ? $0 : nil } : nil,
                isCurrent: $0 == wish.view && wish.search.isEmpty && !isSaved, under: under, words: words)
        }
    }

    /// A channel that is gone stands among them as long as the list is narrowed to it.
    private func choices(of channels: [Channel], _ wish: Wish, _ words: Words) -> [Choice] {
        let choices = channels.map { Choice("\($0.id)", $0.handle, isChosen: $0.id == wish.filter.channel) }
        guard let id = wish.filter.channel, !channels.contains(where: { $0.id == id }) else { return choices }
        return choices + [Choice("\(id)", words("filter.goneChannel"), isChosen: true)]
    }

    private func gone(_ filter: InboxFilter, _ channels: [Channel], _ words: Words) -> String? {
        guard let id = filter.channel else { return nil }
        guard let channel = channels.first(where: { $0.id == id }) else { return words("filter.gone") }
        return channel.state == .disconnected ? words("filter.disconnected", ["channel": channel.handle]) : nil
    }

    private func emptyList(_ wish: Wish, hasChannel: Bool, for visit: Visit, _ words: Words) -> EmptyList {
        if !wish.search.isEmpty { return EmptyList("search", words: words) }
        if hasChannel { return EmptyList(wish.view.rawValue, words: words) }
        return visit.isAdmin
            ? EmptyList("noChannel", path: "/channels/connect/mastodon", words: words) : EmptyList("noChannelYet", words: words)
    }

    private func health(of channels: [Channel], _ words: Words) -> ChannelHealth? {
        guard !channels.isEmpty else { return nil }
        let now = desk.clock.now()
        let troubled = channels.count { !$0.warnings(at: now).isEmpty }
        if troubled > 0 { return ChannelHealth(isFine: false, text: words.count("inbox.health.trouble", troubled)) }
        let times = channels.compactMap(\.reconciledAt)
        guard times.count == channels.count, let oldest = times.min() else {
            return ChannelHealth(isFine: true, text: words("inbox.health.importing"))
        }
        let time = words.moment(oldest, now: now).text
        return ChannelHealth(isFine: true, text: words.count("inbox.health.complete", channels.count, ["time": time]))
    }
}

extension SavedTab {
    init(_ view: SavedView, _ wish: InboxLists.Wish, for visit: Visit, _ words: Words) {
        self.init(
            name: view.name, path: "/inbox?\(view.query)", owner: view.owner == visit.me ? nil : view.ownerName,
            isCurrent: !wish.filter.isEmpty && wish.search.isEmpty && view.query == wish.narrowed)
    }
}

extension InboxList.View {
    func inboxView(of me: ID<Colleague>) -> InboxView {
        switch self {
        case .open: .open
        case .mine: .mine(me)
        case .team: .team(me)
        case .unassigned: .unassigned
        case .waiting: .waiting
        case .answered: .answered
        case .closed: .closed
        case .all: .all
        }
    }
}

extension InboxPosition {
    /// As it stands in a path: milliseconds and id.
    var parameter: String { "\(dueAt.map { String($0.milliseconds) } ?? "")-\(at.milliseconds)-\(id)" }

    init?(parameter: String) {
        let parts = parameter.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let at = Int64(parts[1]), let id = ID<Conversation>(parts[2]) else { return nil }
        self.init(dueAt: Int64(parts[0]).map(Date.init(milliseconds:)), at: Date(milliseconds: at), id: id)
    }
}
