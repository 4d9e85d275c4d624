import Foundation
import Networks

@testable import Web

extension SampleTown {
    var publicThread: MessageThread {
        MessageThread(
            conversationID: "1", version: "7", context: [ownPost],
            messages: [other, question, note, answer(.delivered(url: "https://musterstadt.example/@stadt/2")), native, liked], hasEarlier: true)
    }

    var ownPost: MessageValue {
        MessageValue(
            id: "20", kind: .post, author: "Stadt Musterstadt", handle: "stadt@musterstadt.example", time: moment(120),
            body: TextPiece.body(of: "⚠️ S3: Wegen eines Wetterschadens fahren die Züge unregelmäßig. Aktuelles: https://bahn.example/s3."),
            audience: .everybody,
            poll: PollValue(
                options: [.init(title: "Ich warte", votes: words.count("poll.votes", 12)), .init(title: "Ich laufe", votes: nil)],
                endsAt: moment(-600), allowsMany: false),
            reactions: words.list([words.count("message.shares", 3), words.count("message.likes", 12)]),
            url: "https://musterstadt.example/@stadt/1", postPath: "/posts/20")
    }

    private var other: MessageValue {
        MessageValue(
            id: "context-19", kind: .other, author: "Otto Ohnesorge", time: moment(40), body: TextPiece.body(of: "Die S3 steht in Harburg."),
            audience: .everybody, url: "https://norden.example/@otto/1")
    }

    private var question: MessageValue {
        MessageValue(
            id: "21", kind: .inbound, author: "Miriam Okafor", handle: "miri@norden.example", time: moment(30), editedAt: moment(28),
            earlier: [EarlierVersion(time: moment(30), warning: "Ärger", body: TextPiece.body(of: "Fährt die S3 noch?"))],
            body: TextPiece.body(
                of: "Fährt die S3 heute überhaupt noch? Stehe seit 40 min in Harburg 😤\n\nund gilt mein Ticket auch im Ersatzbus? :zug:",
                emoji: ["zug": picture]),
            language: "de", audience: .everybody, media: media, url: "https://norden.example/@miri/1", deeds: MessageDeeds(canLike: true))
    }

    private var media: [MediaValue] {
        [
            MediaValue(kind: .image, state: .here(path: picture), altText: "Anzeigetafel: Zug fällt aus"),
            MediaValue(kind: .image, state: .here(path: picture), altText: nil),
            MediaValue(kind: .image, state: .loading, altText: nil), MediaValue(kind: .video, state: .tooLarge, altText: "Bahnsteig"),
            MediaValue(kind: .video, state: .here(path: "sample.mp4"), altText: "Bus fährt ab"),
            MediaValue(kind: .audio, state: .missing, altText: nil),
            MediaValue(kind: .audio, state: .here(path: "sample.ogg"), altText: "Durchsage"),
            MediaValue(kind: .file, state: .here(path: "sample.pdf"), altText: nil), MediaValue(kind: .file, state: .removed, altText: nil),
        ]
    }

    private var note: MessageValue {
        MessageValue(
            id: "23", kind: .note, author: "Jonas Bremer", time: moment(20),
            body: TextPiece.body(of: "Leitstelle am Telefon: ab 14:30 wieder im 20-Minuten-Takt."), audience: .named,
            answered: words("message.answered.telephone"))
    }

    func answer(_ state: DeliveryValue.State, id: String = "24", act: String = "reply") -> MessageValue {
        MessageValue(
            id: id, kind: .outbound, author: "Lena Krüger", time: moment(10),
            body: TextPiece.body(of: "Hallo, ab etwa 14:30 Uhr fährt die S3 wieder alle 20 Minuten. ^LK"), audience: .everybody,
            deliveries: [DeliveryValue(id: id, act: act, state: state, mayAct: true, words: words)],
            deeds: MessageDeeds(canEdit: true, canDelete: true))
    }

    private var native: MessageValue {
        MessageValue(
            id: "25", kind: .native, author: "Stadt Musterstadt", time: moment(9), warning: "Fahrplan",
            body: TextPiece.body(of: "Der Ersatzbus hält vor dem Bahnhof."), audience: .everybody)
    }

    private var liked: MessageValue {
        MessageValue(
            id: "26", kind: .inbound, author: String(repeating: "Ü", count: 300), handle: "lang@norden.example", time: moment(3),
            body: TextPiece.body(of: "Danke!! " + String(repeating: "lang", count: 90)), audience: .everybody,
            deeds: MessageDeeds(isLiked: true))
    }

    var privateThread: MessageThread {
        let poll = PollValue(options: [.init(title: "Ja", votes: nil)], endsAt: nil, allowsMany: true)
        let removed = words("message.removed.network", ["time": moment(50).text])
        return MessageThread(
            conversationID: "1", version: "2", context: [],
            messages: [
                MessageValue(
                    id: "30", kind: .inbound, author: "nadja.liest", handle: "nadja@norden.example", time: moment(90),
                    warning: "Behördenkram", body: TextPiece.body(of: "Brauche ich einen Termin?"), audience: .named, poll: poll),
                MessageValue(
                    id: "31", kind: .inbound, author: "nadja.liest", handle: "nadja@norden.example", time: moment(80), removed: removed,
                    body: [], audience: .named),
            ])
    }

    var unsettledThread: MessageThread {
        let failure = words.failure("too_long", detail: "500")
        return MessageThread(
            conversationID: "1", version: "9", context: [],
            messages: [
                question, answer(.waiting(seconds: 5), id: "41"), answer(.waiting(seconds: 0), id: "42", act: "edit"),
                answer(.postponed(why: words("postponed.rateLimited"), until: moment(-4)), id: "43"),
                answer(.sending, id: "44", act: "delete"),
                answer(.failed(why: failure.why, advice: failure.advice, canRedraft: true), id: "45"), answer(.unclear, id: "46"),
                answer(.withdrawn, id: "47"), answer(.postponed(why: words("postponed.unreachable"), until: nil), id: "48"),
            ])
    }
}
