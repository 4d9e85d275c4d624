import Desk
import Foundation

/// Who has which conversation open, and who is writing there. It lies in this process's memory alone, until it passes: nothing of it is
/// stored or logged.
struct Presence: Sendable {
    /// One tab's sign of life, as nodes tell it each other.
    struct Sign: Codable, Sendable {
        enum State: String, Codable, Sendable {
            case here, writing, gone
        }

        let conversation: Int64
        let colleague: Int64
        let name: String
        /// Made up by the tab: the same colleague may have several.
        let tab: String
        let state: State

        /// How it travels from node to node.
        var notice: String { Self.prefix + ((try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "") }

        private static let prefix = "here:"

        /// - Returns: `nil` for a notice of something else.
        init?(notice: String) {
            guard notice.hasPrefix(Self.prefix),
                let sign = try? JSONDecoder().decode(Self.self, from: Data(notice.dropFirst(Self.prefix.count).utf8))
            else { return nil }
            self = sign
        }

        init(conversation: Int64, colleague: Int64, name: String, tab: String, state: State) {
            (self.conversation, self.colleague, self.name, self.tab, self.state) = (conversation, colleague, name, tab, state)
        }
    }

    /// Somebody who is there, as a page is told.
    struct Visitor: Codable, Equatable, Sendable {
        let id: String
        let name: String
        let isWriting: Bool
    }

    private struct Tab: Hashable {
        let colleague: Int64
        let tab: String
    }

    private var tabs: [Int64: [Tab: (name: String, isWriting: Bool, until: Date)]] = [:]

    /// A tab says every 25 seconds that it is there; one that crashed is gone after this.
    static let patience: TimeInterval = 60
    /// More tabs than people could have.
    private static let mostTabs = 200

    /// - Returns: Whether anybody sees something else now.
    mutating func hear(_ sign: Sign, at time: Date) -> Bool {
        let before = visitors(of: sign.conversation)
        let tab = Tab(colleague: sign.colleague, tab: sign.tab)
        if sign.state == .gone {
            tabs[sign.conversation]?[tab] = nil
        } else if tabs[sign.conversation]?[tab] != nil || tabs[sign.conversation, default: [:]].count < Self.mostTabs {
            tabs[sign.conversation, default: [:]][tab] = (sign.name, sign.state == .writing, time + Self.patience)
        }
        if tabs[sign.conversation]?.isEmpty == true { tabs[sign.conversation] = nil }
        return visitors(of: sign.conversation) != before
    }

    /// Who said nothing for long is gone.
    /// - Returns: The conversations where that was somebody.
    mutating func passTime(to time: Date) -> [Int64] {
        tabs.keys.filter { conversation in
            let before = visitors(of: conversation)
            tabs[conversation] = tabs[conversation]?.filter { $1.until > time }
            if tabs[conversation]?.isEmpty == true { tabs[conversation] = nil }
            return visitors(of: conversation) != before
        }
    }

    /// Each colleague once, by name.
    func visitors(of conversation: Int64) -> [Visitor] {
        Dictionary(grouping: tabs[conversation] ?? [:], by: \.key.colleague).map { colleague, tabs in
            Visitor(id: String(colleague), name: tabs[0].value.name, isWriting: tabs.contains { $0.value.isWriting })
        }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    /// As a page reads it.
    func told(of conversation: Int64) -> String {
        struct Told: Encodable {
            let id: String
            let here: [Visitor]
        }
        let told = Told(id: String(conversation), here: visitors(of: conversation))
        return (try? JSONEncoder().encode(told)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
