import Desk
import Foundation
import Networks

@testable import Web

extension SampleTown {
    var conversations: [Sample] {
        [
            page("conversation-public", pane(thread: publicThread, composer: composer())),
            page(
                "conversation-private",
                pane(audience: .named, thread: privateThread, composer: longComposer, notices: [words.warning("newMessage")], isUrgent: true)),
            page("conversation-leased", pane(thread: publicThread, composer: leasedComposer)),
            page("conversation-closed", closedPane),
            page("conversation-unsettled", pane(thread: unsettledThread, composer: composer(isEmpty: true))),
            page("conversation-followers", pane(audience: .followers, thread: privateThread, composer: followersComposer)),
            Sample(name: "print", view: "print/page", value: printed(withNotes: true)),
            Sample(name: "print-plain", view: "print/page", value: printed(withNotes: false)),
            Sample(name: "messages", view: "conversation/messages", value: publicThread),
            Sample(name: "messages-rendered", view: "conversation/messages", value: renderedThread),
        ]
    }

    private func page(_ name: String, _ pane: ConversationPane) -> Sample {
        let flashes = name == "conversation-leased" ? [words.flash(.answeredMeanwhile(by: "Jonas B."), now: now)] : []
        return Sample(
            name: name, view: "conversation/page",
            value: ConversationPage(frame: frame(.inbox, flashes: flashes), list: list(rows: rows), conversation: pane))
    }

    private func printed(withNotes: Bool) -> PrintPage {
        let said = publicThread.context + publicThread.messages + privateThread.messages + unsettledThread.messages
        return PrintPage(
            language: language, assets: assets, authority: "Stadt Musterstadt", id: "1", title: "Fährt die S3 heute überhaupt noch?",
            who: "Miriam Okafor", handle: withNotes ? "miri@norden.example" : nil, network: mastodon, channel: "stadt@musterstadt.example",
            state: words("state.conversation.open"), assignee: withNotes ? "Jonas Bremer" : nil,
            printed: words("print.printedBy", ["time": words.clock.full(now), "name": "Lena Krüger"]),
            link: "https://schalter.musterstadt.example/conversations/1", messages: said, hasNotes: withNotes, withNotes: withNotes,
            missing: withNotes ? nil : words.count("print.missing", 5000))
    }

    private var colleagues: [Choice] {
        [Choice("7", "Lena Krüger"), Choice("8", "Jonas Bremer", isChosen: true)]
    }

    private func pane(
        audience: Audience = .everybody, thread: MessageThread, composer: Composer, notices: [Flash] = [], isUrgent: Bool = false
    ) -> ConversationPane {
        ConversationPane(
            id: "1", me: "7", query: "?view=open", title: "Fährt die S3 heute überhaupt noch? Stehe seit 40 min in Harburg 😤", who: "Miriam Okafor",
            audience: audience, network: mastodon, channel: "@stadt@musterstadt.example", url: "https://norden.example/@miri/1",
            state: .open, closed: nil, followUp: words("conversation.promise", ["day": "Mo., 30. November 2026"]), assignee: audience == .everybody ? "Jonas Bremer" : nil,
            team: thread.conversationID == "1" && audience != .followers ? "Verkehr" : nil,
            deeds: ConversationDeeds(
                seen: "2", token: "beispiel-beispiel", canTake: true, canNeedNoAnswer: true, likeable: "2", followUp: days, canDropFollowUp: true, canClose: true,
                canReopen: false, telephone: OtherAnswerForm(office: "Bürgeramt", said: "Ja", day: "2026-11-27", time: "10:20"), canErase: true,
                nobody: Choice("", words("deed.nobody")), colleagues: colleagues,
                teams: audience == .named ? [] : [Choice("team-3", "Verkehr")]),
            notices: notices, emergency: emergency(isRaised: isUrgent, audience: audience), thread: thread, context: context, composer: composer)
    }

    private var closedPane: ConversationPane {
        ConversationPane(
            id: "1", me: "7", query: "?view=closed", title: "Danke", who: "Erika Beispiel", audience: .everybody, network: mastodon,
            channel: "@stadt@musterstadt.example", url: nil, state: .closed,
            closed: words("conversation.closed.no_reply_needed", ["name": "Lena Krüger", "time": moment(200).text]), assignee: nil,
            deeds: ConversationDeeds(
                seen: "90", token: "beispiel-beispiel", canTake: false, canNeedNoAnswer: false, likeable: nil, canClose: false, canReopen: true, canErase: false, colleagues: []),
            notices: [], thread: MessageThread(conversationID: "1", version: "3", context: [], messages: [thanks]),
            context: ConversationContext(facts: [], who: "Erika Beispiel", handle: nil, others: [], count: ""),
            composer: Composer(conversationID: "1", query: "", reply: nil, hindrance: words.hindrance("reader"), canNote: false))
    }

    private var context: ConversationContext {
        ConversationContext(
            facts: facts, who: "Miriam Okafor", handle: "miri@norden.example",
            others: [
                OtherConversation(
                    id: "17", query: "?view=open", excerpt: TextPiece.excerpt(of: "Danke für den Radweg!"), at: moment(20000),
                    state: words("state.conversation.closed"))
            ], count: words.count("context.others", 1))
    }

    var facts: [FactLine] {
        [
            FactLine(
                id: "1", text: "Bürgeramt Nord heute geschlossen", source: "Bürgeramt", notedBy: "Lena Krüger", noted: moment(60),
                until: moment(-300), canEnd: true),
            FactLine(
                id: "2", text: "S3 gestört, nächste Meldung 14:30", source: "Leitstelle am Telefon", notedBy: "Jonas Bremer", noted: moment(20),
                until: moment(-100), canEnd: false),
        ]
    }

    var snippets: [SnippetFolder] {
        [
            SnippetFolder(
                name: "Verweise",
                snippets: [
                    SnippetLine(id: "1", title: "Mängelmelder", beginning: "Guten Tag {Name}, bitte melden Sie das hier", expired: nil),
                    SnippetLine(
                        id: "2", title: "Sommerferien", beginning: "In den Ferien öffnen wir", expired: words("snippets.expired", ["day": "1. Sept."])),
                ])
        ]
    }

    private var days: DayChoice {
        DayChoice(first: CivilDay(2026, 11, 24), last: CivilDay(2027, 11, 24), chosen: CivilDay(2026, 11, 26))
    }

    private var thanks: MessageValue {
        MessageValue(
            id: "90", kind: .inbound, author: "Erika Beispiel", handle: "erika@netz.example", time: moment(300),
            body: TextPiece.body(of: "Danke!"),
            audience: .everybody, deeds: MessageDeeds(isLiked: true))
    }

    func composer(isEmpty: Bool = false) -> Composer {
        let text = isEmpty ? "" : "Hallo Miriam Okafor, das ist ärgerlich. Ab etwa 14:30 Uhr fährt die S3 wieder alle 20 Minuten. ^LK"
        return Composer(
            conversationID: "1", query: "?view=open", reply: reply(text: text, length: isEmpty ? 12 : 112), hindrance: nil, canNote: true,
            note: "")
    }

    private var longComposer: Composer {
        let text = String(repeating: "Ein Anwohnerparkausweis braucht keinen Termin. ", count: 12)
        let media = [
            DraftMedia(id: "4", name: "plan-südbrücke.png", path: picture, altText: "Plan der Umleitung", isImage: true),
            DraftMedia(id: "5", name: String(repeating: "lang", count: 40) + ".mp4", path: picture, altText: "", isImage: false),
        ]
        let form = reply(
            text: text, length: 575, audience: .named, warning: "Amtliches", media: media, parts: words.count("composer.parts", 2))
        return Composer(
            conversationID: "1", query: "", reply: form, hindrance: nil, canNote: true, note: "Rückruf: 0,5 h", beginsWithNote: false)
    }

    private var renderedThread: MessageThread {
        var thread = MessageThread(conversationID: "1", version: "7", context: [], messages: [])
        thread.rendered = Markup(text: "<li></li>")
        return thread
    }

    private var followersComposer: Composer {
        Composer(
            conversationID: "1", query: "", reply: reply(text: "", length: 12, audience: .followers), hindrance: nil,
            canNote: true)
    }

    private var leasedComposer: Composer {
        Composer(
            conversationID: "1", query: "", reply: nil,
            hindrance: words.hindrance("answering", ["name": "Jonas Bremer", "time": moment(4).text]),
            canTakeOver: true, keptDraft: "Guten Tag, das Amt prüft", canNote: true)
    }

    private func reply(
        text: String, length: Int, audience: Audience = .everybody, warning: String? = nil, media: [DraftMedia] = [], parts: String? = nil
    ) -> ReplyForm {
        ReplyForm(
            text: text, answering: "22", answeringVersion: "1", lastAnswer: "", audience: audience,
            network: "Mastodon", mention: "@miri@norden.example ", signature: audience == .everybody ? nil : "/LK",
            limit: 500, length: length, warning: warning, media: media,
            upload: UploadForm(accept: ["image/png", "image/jpeg"], maxBytes: 16_000_000, maxAltText: 1500, left: 3,
                altText: parts.map { _ in "Eine Laterne" }, words: words),
            parts: parts, snippets: snippets, holding: days, isHolding: text.isEmpty, saved: text.isEmpty ? nil : moment(1), token: "beispiel")
    }
}
