import Foundation

/// The left pane: search, views, and the conversations of the chosen one by day.
public struct InboxList: PageValue {
    /// Which conversations it shows.
    public enum View: String, Sendable, CaseIterable { case open, mine, answered, closed, all }

    let view: View
    /// What is searched for; empty where nothing is.
    let search: String
    /// Where the same list is to be had alone.
    let path: String
    /// What was found, or an older page: nothing new comes into it.
    let isFixed: Bool
    let tabs: [InboxTab]
    let sections: [InboxSection]
    /// The way to the next page; `nil` on the last.
    let olderPath: String?
    /// Shown while there are no rows, also when the last one leaves.
    let empty: EmptyList
    let health: ChannelHealth?
    /// Whose „mine“ it is: the live list needs it to judge what comes in.
    let colleague: String
    /// The number of the last live event this list already shows.
    let live: String

    public init(
        view: View, search: String, before: String = "", tabs: [InboxTab], sections: [InboxSection], olderPath: String?, empty: EmptyList,
        health: ChannelHealth?, colleague: String, live: String
    ) {
        self.view = view
        self.search = search
        path = "/inbox/list?view=\(view.rawValue)" + (search.isEmpty ? "" : "&q=\(Query.escaped(search))")
            + (before.isEmpty ? "" : "&before=\(before)")
        isFixed = !search.isEmpty || !before.isEmpty
        self.tabs = tabs
        self.sections = sections
        self.olderPath = olderPath
        self.empty = empty
        self.health = health
        self.colleague = colleague
        self.live = live
    }

    public static let fields: Fields<InboxList> = [
        "view": \.view.rawValue, "search": \.search, "path": \.path, "isFixed": \.isFixed, "isSearch": { !$0.search.isEmpty },
        "tabs": \.tabs, "sections": \.sections,
        "olderPath": \.olderPath, "empty": \.empty, "hasRows": { $0.sections.contains { !$0.isEmpty } }, "health": \.health,
        "colleague": \.colleague, "live": \.live,
    ]
}

/// One view of the inbox, with how much is in it.
public struct InboxTab: PageValue {
    let view: InboxList.View
    let label: String
    /// „14“ or „999+“; `nil` where nobody counts.
    let count: String?
    let isCurrent: Bool

    /// - Parameter count: Counting may stop at 1000.
    public init(_ view: InboxList.View, count: Int?, isCurrent: Bool, words: Words) {
        self.view = view
        self.label = words("inbox.view.\(view.rawValue)")
        self.count = count.map(words.capped)
        self.isCurrent = isCurrent
    }

    public static let fields: Fields<InboxTab> = [
        "view": \.view.rawValue, "label": \.label, "count": \.count, "isCurrent": \.isCurrent,
    ]
}

/// The conversations of one day or time.
public struct InboxSection: PageValue {
    let name: String
    let title: String
    /// Milliseconds since 1970: what happened since belongs here. The live list sorts by it.
    let since: String
    /// As values, or as the HTML that was made of them.
    var rows: [ConversationRow] = []
    var rendered = Markup()

    var isEmpty: Bool { rows.isEmpty && rendered.text.isEmpty }

    public static let fields: Fields<InboxSection> = [
        "name": \.name, "title": \.title, "since": \.since, "rows": \.rows, "isEmpty": \.isEmpty, "rendered": \.rendered,
    ]
}

extension InboxSection {
    public static func byDay(_ rows: [ConversationRow], now: Date, words: Words) -> [InboxSection] {
        byDay(rows, \.at, now: now, words: words) { $0.rows = $1 }
    }

    /// What a search found, in the order of what was found: a conversation's last message may be much newer.
    static func found(words: Words) -> InboxSection {
        InboxSection(name: "found", title: words("inbox.section.found"), since: "0")
    }

    /// Cuts one page of rows, newest first, into today, yesterday and before. Today is always there: what comes in live goes there.
    static func byDay<Row>(
        _ rows: [Row], _ at: (Row) -> Date, now: Date, words: Words, fill: (inout InboxSection, [Row]) -> Void
    ) -> [InboxSection] {
        let today = words.clock.startOfDay(now)
        let yesterday = words.clock.startOfDay(today.addingTimeInterval(-3600))
        let starts = [("today", today), ("yesterday", yesterday), ("older", .distantPast)]
        var rest = rows[...]
        return starts.compactMap { name, start in
            let mine = rest.prefix { at($0) >= start }
            rest = rest.dropFirst(mine.count)
            guard name == "today" || !mine.isEmpty else { return nil }
            let since = start == .distantPast ? "0" : String(start.milliseconds)
            var section = InboxSection(name: name, title: words("inbox.section.\(name)"), since: since)
            fill(&section, Array(mine))
            return section
        }
    }
}

extension Date {
    var milliseconds: Int64 { Int64(max(-3e15, min(3e15, (timeIntervalSince1970 * 1000).rounded()))) }
}
