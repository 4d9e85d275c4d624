import Desk
import Foundation
import Networks

@testable import Web

extension SampleTown {
    var inboxes: [Sample] {
        [
            page("inbox-open", list(rows: rows, older: true)),
            page("inbox-airy", list(rows: rows), isAiry: true),
            page("inbox-empty", list(rows: [], empty: EmptyList("open", words: words))),
            page("inbox-new", list(rows: [], empty: EmptyList("noChannel", path: "/channels/connect/mastodon", words: words), health: nil)),
            page("inbox-saved", list(rows: found, view: .all, isSaved: true)),
            Sample(name: "saved-views", view: "saved/page", value: SavedViewsPage(frame: frame(.inbox), views: savedViews)),
            Sample(name: "saved-views-none", view: "saved/page", value: SavedViewsPage(frame: frame(.inbox), views: [])),
            page("inbox-search", list(rows: found, search: "Südbrücke", view: .all)),
            Sample(name: "row", view: "inbox/row", value: rows[1]),
            Sample(name: "section", view: "inbox/section", value: renderedSection),
            Sample(name: "list", view: "inbox/list", value: list(rows: rows)),
        ]
    }

    private func page(_ name: String, _ list: InboxList, isAiry: Bool = false) -> Sample {
        let flashes = name == "inbox-open" ? [Flash(.done, words("done.closedWithoutAnswer"), undo: "/closures/beispiel/removal")] : []
        return Sample(name: name, view: "inbox/page", value: InboxPage(frame: frame(.inbox, isAiry: isAiry, flashes: flashes), list: list))
    }

    func list(
        rows: [ConversationRow], empty: EmptyList? = nil, search: String = "", view: InboxList.View = .open, older: Bool = false,
        isUnderPost: Bool = false, isSaved: Bool = false, health: ChannelHealth? = ChannelHealth(isFine: false, text: "1 Kanal")
    ) -> InboxList {
        let counts = [InboxList.View.open: 14, .mine: 5, .team: 2]
        let filter = filter(in: view, isOn: !search.isEmpty || isSaved, isUnderPost: isUnderPost, canSave: search.isEmpty)
        var list = InboxList(
            view: view, search: search, filter: filter,
            sections: InboxSection.sections(of: rows, in: view, now: now, words: words), olderPath: older ? "/inbox?view=open&before=1" : nil, empty: empty ?? EmptyList("open", words: words),
            health: rows.isEmpty ? health.map { _ in fine } : health.map { _ in troubled },
            gone: isSaved ? words("filter.disconnected", ["channel": "stadt@musterstadt.example"]) : nil,
            selection: Selection(query: "?view=open", token: "beispiel-beispiel", asOf: now, canHaveAll: search.isEmpty), colleague: "7", teams: ["3"], live: "481", madeAt: now)
        let current: InboxList.View? = isSaved ? nil : view
        list.views = InboxViews(
            tabs: tabs([.open, .mine, .team, .unassigned, .waiting], counts, current), others: tabs([.answered, .closed, .all], counts, current),
            saved: isSaved || older ? saved(isSaved) : [], filter: filter)
        return list
    }

    private func saved(_ isCurrent: Bool) -> [SavedTab] {
        [
            SavedTab(name: "Bilder der Woche", path: "/inbox?view=all&photo=yes", owner: nil, isCurrent: isCurrent),
            SavedTab(name: "Privates für den " + String(repeating: "Bereitschaftsdienst", count: 4), path: "/inbox?view=open&scope=private", owner: "Jonas Bremer", isCurrent: false),
        ]
    }

    private var savedViews: [SavedViewLine] {
        [
            SavedViewLine(
                id: "1", name: "Bilder der Woche", path: "/inbox?view=all&photo=yes", what: "Alle, nur mit Bild", isShared: true, owner: nil,
                canChange: true, canShare: true),
            SavedViewLine(
                id: "2", name: "Mein Kanal", path: "/inbox?view=open&channel=1", what: "Offen, stadt@musterstadt.example", isShared: false,
                owner: nil, canChange: true, canShare: false),
            SavedViewLine(
                id: "3", name: "Privates für den " + String(repeating: "Bereitschaftsdienst", count: 4), path: "/inbox?view=open&scope=private",
                what: "Offen, nicht öffentlich", isShared: true, owner: "Jonas Bremer", canChange: false, canShare: true),
        ]
    }

    private func filter(in view: InboxList.View, isOn: Bool, isUnderPost: Bool, canSave: Bool) -> FilterForm {
        var filter = InboxFilter()
        if isUnderPost { filter.post = ID(rawValue: 3) }
        if isOn {
            filter.channel = ID(rawValue: 1)
            filter.citizen = ID(rawValue: 5)
            filter.visibility = .private
            (filter.from, filter.until, filter.hasPhoto) = (CivilDay(2026, 11, 1), CivilDay(2026, 11, 24), true)
        }
        return FilterForm(
            filter, in: view, channels: [Choice("1", "stadt@musterstadt.example", isChosen: isOn)], postBeginning: "Freibad Mulde: Die Rutsche ist wieder offen.", exportPath: "/inbox/export?view=open",
            saving: canSave ? .init(query: "view=open", canShare: true) : nil)
    }

    private func tabs(_ views: [InboxList.View], _ counts: [InboxList.View: Int], _ current: InboxList.View?) -> [InboxTab] {
        views.map { InboxTab($0, count: counts[$0], isCurrent: $0 == current, words: words) }
    }

    private var renderedSection: InboxSection {
        InboxSection(name: "today", title: "", since: "0", rows: [], rendered: Markup(text: "<li></li>"))
    }

    private var fine: ChannelHealth {
        ChannelHealth(isFine: true, text: words.count("inbox.health.complete", 2, ["time": words.moment(ago(4), now: now).text]))
    }

    private var troubled: ChannelHealth { ChannelHealth(isFine: false, text: words.count("inbox.health.trouble", 1)) }

    func row(
        _ id: Int, _ who: String, _ text: String, ago minutes: Double, audience: Audience = .everybody, state: ConversationState = .open,
        assignee: String? = nil, team: String? = nil, isCurrent: Bool = false, answering: String? = nil, trouble: ConversationRow.Trouble? = nil,
        isOnItsWay: Bool = false, messages: Int = 1, media: Int = 0, thumbnail: String? = nil, mark: String? = nil, due: Double = -200,
        followUp: String? = nil, isUrgent: Bool = false
    ) -> ConversationRow {
        let marks = mark.map { text.ranges(of: $0) } ?? []
        return ConversationRow(
            id: String(id), seen: "\(id)", place: .init(due: ago(due), last: ago(minutes), moved: ago(minutes)), now: now, state: state, assigneeID: assignee == nil ? nil : "8", assignee: assignee,
            teamID: team == nil ? nil : "3", team: team, query: "?view=open", isCurrent: isCurrent, network: mastodon, who: who, audience: audience,
            excerpt: TextPiece.excerpt(of: text, marks: marks), answering: answering, followUp: followUp, isUrgent: isUrgent, trouble: trouble, isOnItsWay: isOnItsWay,
            messages: messages, media: media, thumbnail: thumbnail, words: words)
    }

    var rows: [ConversationRow] {
        [
            row(
                1, "Miriam Okafor", "Fährt die S3 heute überhaupt noch? Stehe seit 40 min in Harburg 😤", ago: 3, isCurrent: true,
                messages: 3, due: 70),
            row(2, "steffi.k", "aufzug am bahnhof kaputt, wie komm ich mit rolli hoch??", ago: 14, media: 1, thumbnail: picture, due: -25, isUrgent: true),
            row(
                3, "Hans-Peter Lüttgen", "Und wieder kein Wort zur Sperrung der Südbrücke. Macht ihr auch mal was?", ago: 41,
                answering: "Jonas B."),
            row(
                4, "nadja.liest", "Brauche ich für den Anwohnerparkausweis einen Termin?", ago: 62, audience: .named, assignee: "Jonas B.", team: "Bürgeramt",
                messages: 12),
            row(5, "kiezradlerin", "Der Radweg an der Schillerstr. ist seit Wochen zugeparkt", ago: 88, team: "Verkehr", trouble: .failed, media: 2, thumbnail: picture),
            row(6, "Tom W.", "@Sabine schau mal, da müssen wir hin 😂", ago: 131, state: .answered, isOnItsWay: true),
            row(7, "Ayşe Demir", "guten tag wolte fragen ob ich hier kindergeld für mein sohn beantragn kan", ago: 190, audience: .named, followUp: words("row.promise", ["day": "morgen"])),
            row(8, "محمد الحسن", "هل مكتب التسجيل مفتوح يوم السبت؟", ago: 1400, trouble: .unclear, due: -3000),
            row(9, String(repeating: "Donaudampfschifffahrt", count: 14), String(repeating: "a", count: 300), ago: 1500, due: -3000),
            row(10, "Erika Beispiel", "Danke, das ging ja schnell!", ago: 20000, state: .closed, assignee: "Lena Krüger"),
        ]
    }

    private var found: [ConversationRow] {
        [
            row(
                3, "Hans-Peter Lüttgen", "Und wieder kein Wort zur Sperrung der Südbrücke. Macht ihr auch mal was?", ago: 41,
                mark: "Südbrücke"),
            row(
                11, "Uwe", "Ich weiß ja nicht, wie es anderen geht, aber ich stehe jeden Morgen vor der Südbrücke.", ago: 4000,
                state: .closed,
                mark: "Südbrücke"),
        ]
    }
}
