import Desk
import Foundation

/// What changed, as server-sent events, written once in every language.
struct LiveFrames: Sendable {
    /// The number of the newest event it covers.
    let last: Int64
    private let texts: [Language: String]

    /// - Parameters:
    ///   - calls: All emergencies that nobody has taken over, where one came or went.
    ///   - rows: In the order of their events. The number is that of the conversation's newest event: who reconnects goes on from it.
    init(last: Int64, calls: [Alarm.Call]? = nil, rows: [(number: Int64?, row: InboxRow)], pages: Pages) {
        self.last = last
        let now = pages.clock.now()
        texts = pages.catalogues.mapValues { words in
            let alarms = calls.map { calls in
                let value = AlarmCalls(calls, canTakeOver: true, pages: pages, words: words)
                return Self.frame("alarms", id: last, pages.views.render("alarm/calls", value, in: words.language))
            }
            guard !rows.isEmpty else { return alarms ?? Self.heartbeat(last) }
            // At the end: who reconnects goes on from the number of the last frame.
            return rows.map { number, row in
                let value = ConversationRow(row, now: now, words: words)
                let html = pages.views.render("inbox/row", value, in: words.language)
                let news = number.map { Self.frame("conversation", id: number, #"{"id":"\#(row.id)","version":"\#($0)"}"#) } ?? ""
                return news + Self.frame("row", id: number, html)
            }.joined() + (alarms ?? "")
        }
    }

    /// Nothing but a sign of life, with the number that the feed has come to.
    init(heartbeat last: Int64, pages: Pages) {
        self.init(last: last, rows: [], pages: pages)
    }

    /// Who is where; it has no number, because it is nothing to catch up with.
    init(presence: String, last: Int64) {
        self.last = last
        texts = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, Self.frame("presence", id: nil, presence)) })
    }

    subscript(language: Language) -> String { texts[language] ?? "" }

    static func heartbeat(_ last: Int64) -> String { frame("heartbeat", id: last, "") }

    /// How soon a browser comes back after the line broke: its own three seconds are more than a colleague should wait.
    static let hurry = "retry: 1000\n\n"

    /// Too much happened to tell it all: the page is to be made anew.
    static func reload(_ last: Int64) -> String { frame("reload", id: last, "") }

    private static func frame(_ name: String, id: Int64?, _ data: String) -> String {
        let lines = data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "data: \($0)\n" }.joined()
        return "event: \(name)\n" + (id.map { "id: \($0)\n" } ?? "") + lines + "\n"
    }
}
