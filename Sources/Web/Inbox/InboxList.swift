import Foundation

/// The left pane: search, views, and the conversations of the chosen one by what is due or by day.
public struct InboxList: PageValue {
    /// Which conversations it shows.
    public enum View: String, Sendable, CaseIterable {
        case open, mine, team, unassigned, waiting, answered, closed, all

        /// What is due first stands first; the others have what was touched last first.
        public var isByDue: Bool { [.open, .mine, .team, .unassigned, .waiting].contains(self) }
    }

    let view: View
    /// What is searched for; empty where nothing is.
    let search: String
    /// Where the same list is to be had alone.
    let path: String
    /// What was found, or an older page: nothing new comes into it.
    let isFixed: Bool
    let isFiltered: Bool
    /// As values, or as the HTML that was made of them.
    var views: InboxViews?
    var renderedViews = Markup()
    let sections: [InboxSection]
    /// The way to the next page; `nil` on the last.
    let olderPath: String?
    /// Shown while there are no rows, also when the last one leaves.
    let empty: EmptyList
    let health: ChannelHealth?
    /// That nothing comes in any more from the channel it is narrowed to, in words; `nil` where that isn't so.
    let gone: String?
    /// `nil` for readers.
    let selection: Selection?
    /// Whose „mine“ it is: the live list needs it to judge what comes in.
    let colleague: String
    /// Whose teams' it is, their ids with a space between.
    let teams: String
    /// The number of the last live event this list already shows.
    let live: String
    /// When it was made: who wrote later than this is news.
    let madeAt: Date

    public init(
        view: View, search: String, filter: FilterForm, before: String = "", sections: [InboxSection], olderPath: String?, empty: EmptyList,
        health: ChannelHealth?, gone: String? = nil, selection: Selection? = nil, colleague: String, teams: [String] = [], live: String, madeAt: Date
    ) {
        self.view = view
        self.search = search
        isFiltered = filter.isOn
        path = "/inbox/list?view=\(view.rawValue)" + filter.query + (search.isEmpty ? "" : "&q=\(Query.escaped(search))")
            + (before.isEmpty ? "" : "&before=\(before)")
        isFixed = !search.isEmpty || !before.isEmpty
        self.sections = sections
        self.olderPath = olderPath
        self.empty = empty
        self.health = health
        self.gone = gone
        self.madeAt = madeAt
        self.selection = selection
        self.colleague = colleague
        self.teams = teams.joined(separator: " ")
        self.live = live
    }

    public static let fields: Fields<InboxList> = [
        "view": \.view.rawValue, "isByDue": { $0.view.isByDue }, "search": \.search, "path": \.path, "isFixed": \.isFixed, "isFiltered": \.isFiltered, "isSearch": { !$0.search.isEmpty },
        "views": \.views, "renderedViews": \.renderedViews, "sections": \.sections,
        "olderPath": \.olderPath, "empty": \.empty, "hasRows": { $0.sections.contains { !$0.isEmpty } }, "health": \.health,
        "gone": \.gone, "madeAt": { String($0.madeAt.milliseconds) },
        "selection": \.selection,
        "colleague": \.colleague, "teams": \.teams, "live": \.live,
    ]
}

/// What can be done with many conversations of a list at once.
public struct Selection: PageValue {
    /// Leads back to the list.
    let query: String
    /// With which a closing can be undone.
    let token: String
    /// Milliseconds since 1970: what came later is not meant by „all“.
    let asOf: String
    /// Also what stands on further pages; not of what was found.
    let canHaveAll: Bool

    public init(query: String, token: String, asOf: Date, canHaveAll: Bool) {
        self.query = query
        self.token = token
        self.asOf = String(asOf.milliseconds)
        self.canHaveAll = canHaveAll
    }

    public static let fields: Fields<Selection> = [
        "query": \.query, "token": \.token, "asOf": \.asOf, "canHaveAll": \.canHaveAll,
    ]
}

/// The views of the inbox and what narrows them.
public struct InboxViews: PageValue, Hashable {
    let tabs: [InboxTab]
    /// Those that are wanted now and then, behind one word.
    let others: [InboxTab]
    /// Their own, then those that others share.
    let saved: [SavedTab]
    let filter: FilterForm

    public init(tabs: [InboxTab], others: [InboxTab], saved: [SavedTab] = [], filter: FilterForm) {
        self.tabs = tabs
        self.others = others
        self.saved = saved
        self.filter = filter
    }

    public static let fields: Fields<InboxViews> = [
        "tabs": \.tabs, "others": \.others, "saved": \.saved, "hasSaved": { !$0.saved.isEmpty }, "filter": \.filter,
        "other": { views in views.others.first { $0.isCurrent }?.label ?? views.saved.first { $0.isCurrent }?.name },
    ]
}

/// A list that somebody saved.
public struct SavedTab: PageValue, Hashable {
    let name: String
    let path: String
    /// Who shares it; `nil` where it is their own.
    let owner: String?
    let isCurrent: Bool

    public init(name: String, path: String, owner: String?, isCurrent: Bool) {
        self.name = name
        self.path = path
        self.owner = owner
        self.isCurrent = isCurrent
    }

    public static let fields: Fields<SavedTab> = ["name": \.name, "path": \.path, "owner": \.owner, "isCurrent": \.isCurrent]
}

/// One view of the inbox, with how much is in it.
public struct InboxTab: PageValue, Hashable {
    let view: InboxList.View
    let label: String
    /// „14“ or „999+“; `nil` where nobody counts.
    let count: String?
    let isCurrent: Bool
    /// Stays with the post whose list this is: `&post=12`.
    let under: String

    /// - Parameter count: Counting may stop at 1000.
    public init(_ view: InboxList.View, count: Int?, isCurrent: Bool, under: String = "", words: Words) {
        self.view = view
        self.label = words("inbox.view.\(view.rawValue)")
        self.count = count.map(words.capped)
        self.isCurrent = isCurrent
        self.under = under
    }

    public static let fields: Fields<InboxTab> = [
        "view": \.view.rawValue, "label": \.label, "count": \.count, "isCurrent": \.isCurrent, "under": \.under,
    ]
}

/// The conversations that are due together, or of one day.
public struct InboxSection: PageValue {
    let name: String
    let title: String
    /// Milliseconds since 1970. What moved since belongs here; what is due before `until` does. The live list sorts by it.
    var since = ""
    var until = ""
    /// As time passes, more is due before `until`.
    var slides = false
    /// As values, or as the HTML that was made of them.
    var rows: [ConversationRow] = []
    var rendered = Markup()

    var isEmpty: Bool { rows.isEmpty && rendered.text.isEmpty }

    public static let fields: Fields<InboxSection> = [
        "name": \.name, "title": \.title, "since": \.since, "until": \.until, "slides": \.slides, "rows": \.rows,
        "isEmpty": \.isEmpty, "rendered": \.rendered,
    ]
}

extension InboxSection {
    public static func sections(of rows: [ConversationRow], in view: InboxList.View, now: Date, words: Words) -> [InboxSection] {
        sections(of: rows, \.place, in: view, now: now, words: words) { $0.rows = $1 }
    }

    /// What a search found, in the order of what was found: a conversation's last message may be much newer.
    static func found(words: Words) -> InboxSection {
        InboxSection(name: "found", title: words("inbox.section.found"), since: "0")
    }

    /// Cuts one page of rows, in the view's order. Where rows come in live there is always a section for them.
    static func sections<Row>(
        of rows: [Row], _ place: (Row) -> ConversationRow.Place, in view: InboxList.View, now: Date, words: Words,
        fill: (inout InboxSection, [Row]) -> Void
    ) -> [InboxSection] {
        var rest = rows[...]
        return (view.isByDue ? dues(now: now, words: words) : days(now: now, words: words)).compactMap { section, belongs in
            let mine = rest.prefix { belongs(place($0)) }
            rest = rest.dropFirst(mine.count)
            guard view.isByDue || section.name == "today" || !mine.isEmpty else { return nil }
            var section = section
            fill(&section, Array(mine))
            return section
        }
    }

    private typealias Test = (ConversationRow.Place) -> Bool

    private static func dues(now: Date, words: Words) -> [(InboxSection, Test)] {
        let tomorrow = words.clock.startOfDay(words.clock.startOfDay(now).addingTimeInterval(30 * 3600))
        let ends = [("overdue", now, true), ("hour", now.addingTimeInterval(3600), true), ("thisDay", tomorrow, false)]
        let later = InboxSection(name: "later", title: words("inbox.section.later"), until: "Infinity")
        return ends.map { name, end, slides in
            let section = InboxSection(name: name, title: words("inbox.section.\(name)"), until: String(end.milliseconds), slides: slides)
            return (section, { $0.due < end })
        } + [(later, { _ in true })]
    }

    private static func days(now: Date, words: Words) -> [(InboxSection, Test)] {
        let today = words.clock.startOfDay(now)
        let yesterday = words.clock.startOfDay(today.addingTimeInterval(-3600))
        return [("today", today), ("yesterday", yesterday), ("older", .distantPast)].map { name, start in
            let since = start == .distantPast ? "0" : String(start.milliseconds)
            return (InboxSection(name: name, title: words("inbox.section.\(name)"), since: since), { $0.moved >= start })
        }
    }
}

extension Date {
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }

    var milliseconds: Int64 { Int64(max(-3e15, min(3e15, (timeIntervalSince1970 * 1000).rounded()))) }
}
