import Desk
import Foundation
import Networks
import Store

/// As many people as one likes, each with a conversation, on a desk that has none yet: for measuring. Their words are invented, and as
/// unevenly common as words are.
public struct Crowd: Sendable {
    private let desk: Desk
    private let channel: ID<Channel>

    public init(desk: Desk, channel: ID<Channel>) {
        self.desk = desk
        self.channel = channel
    }

    /// Writes the conversations of everybody, the newest last: one in a hundred is open, most are closed.
    public func gather(_ count: Int, now: Date, progress: (Int) -> Void = { _ in }) async throws {
        for first in stride(from: 0, to: count, by: Self.batch) {
            let calendar = BusinessCalendar(land: "NW")
            let numbers = Array(first..<min(first + Self.batch, count))
            let said = numbers.map { (number: $0, text: Self.words(of: $0).joined(separator: " "), at: now - .seconds(60 * (count - $0))) }
            try await desk.store.write { [channel] db in
                let citizens = try db.insert(
                    "citizen (network, account, handle, display_name)",
                    said.map { "(\("mastodon"), \("https://menge.example/\($0.number)"), \("m\($0.number)@menge.example"), \("Einwohner \($0.number)"))" })
                let conversations = try db.insert(
                    "conversation (channel_id, citizen_id, thread, visibility, state, closed_because, last_at, owed_since, due_at, due_by, moved_at)",
                    zip(said, citizens).map { one, citizen in
                        let (state, reason) = Self.state(of: one.number)
                        return "(\(channel), \(citizen), \(Self.object(one.number)), \("public"), \(state), \(reason), \(one.at), \(one.at), \(calendar.due(for: one.at)), \(1), \(one.at))"
                    })
                let messages = try db.insert(
                    """
                    message (conversation_id, channel_id, network, direction, object, local_id, citizen_id, text, language, visibility,
                        network_visibility, received_at, written_at, came_as)
                    """,
                    zip(said, zip(conversations, citizens)).map { one, ids in
                        """
                        (\(ids.0), \(channel), \("mastodon"), \("in"), \(Self.object(one.number)), \("m\(one.number)"), \(ids.1), \(one.text),
                        \("de"), \("public"), \("public"), \(one.at), \(one.at), \("question"))
                        """
                    })
                _ = try db.insert(
                    "item (channel_id, object, verb, version, origin, received_at, due_at, state)",
                    said.map { "(\(channel), \(Self.object($0.number)), \("status"), \(""), \("stream"), \($0.at), \($0.at), \("taken_in"))" })
                for (one, message) in zip(said, messages) {
                    try db.dialect.index(message: message, tokens: Self.tokens(of: one.number), into: db)
                }
                guard let oldest = conversations.first, let newest = conversations.last else { return }
                try db.run(
                    """
                    UPDATE conversation SET last_message_id = (SELECT max(id) FROM message WHERE conversation_id = conversation.id)
                    WHERE id >= \(oldest) AND id <= \(newest)
                    """)
            }
            progress(numbers.count)
        }
    }

    /// Gives the conversation that was written last a past of so many messages.
    /// - Returns: The conversation.
    public func prolong(to count: Int, now: Date) async throws -> ID<Conversation> {
        try await desk.store.write { [channel] db in
            guard let row = try db.row("SELECT id, citizen_id FROM conversation ORDER BY id DESC LIMIT 1") else { throw Empty() }
            let (id, citizen): (ID<Conversation>, ID<Citizen>) = (try row["id"], try row["citizen_id"])
            for number in 1..<count {
                let text = Self.words(of: number).joined(separator: " ")
                try db.run(
                    """
                    INSERT INTO message (conversation_id, channel_id, network, direction, object, local_id, citizen_id, text, language,
                        visibility, network_visibility, received_at, written_at)
                    VALUES (\(id), \(channel), 'mastodon', 'in', \("https://menge.example/lang/\(number)"), \("lang\(number)"), \(citizen),
                        \(text), 'de', 'public', 'public', \(now), \(now))
                    """)
            }
            return id
        }
    }

    struct Empty: Error {}

    private static let batch = 500

    private static func object(_ number: Int) -> String { "https://menge.example/posts/\(number)" }

    private static func state(of number: Int) -> (String, String?) {
        switch number % 100 {
        case 0: ("open", nil)
        case 1...9: ("answered", nil)
        default: ("closed", "no_reply_needed")
        }
    }
}

extension Crowd {
    /// What the n-th of them says, always the same.
    public static func words(of number: Int) -> [String] { ranks(of: number).map { vocabulary[$0] } }

    private static func tokens(of number: Int) -> [String] { ranks(of: number).map { stems[$0] } }

    private static func ranks(of number: Int) -> [Int] {
        var chance = Chance(seed: UInt64(number))
        return (0..<14).map { _ in
            // Evenly spread over the logarithm: the first word is said as often as all between the thousandth and the two-thousandth.
            let share = Double(chance.next() >> 11) / Double(1 << 53)
            return Int(pow(Double(vocabulary.count), share)) - 1
        }
    }

    private static let vocabulary: [String] = {
        let beginnings = ["Bau", "Stra", "Müll", "Kin", "Rat", "Bus", "Park", "Schu", "Was", "Wald", "Markt", "Grün", "Brü", "Haus", "Licht"]
        let middles = ["ber", "den", "gel", "haf", "kel", "lin", "mun", "ner", "rat", "sel", "tor", "ver", "wen", "zig", "fahr", "hol"]
        let ends = ["", "amt", "dorf", "er", "feld", "gang", "heim", "ung", "keit", "platz", "ring", "stelle", "tag", "weg", "zeit", "werk"]
        return ends.flatMap { end in middles.flatMap { middle in beginnings.map { $0 + middle + end } } }
    }()

    private static let stems: [String] = vocabulary.map { Search.tokens(of: $0).first ?? $0 }

    private struct Chance: RandomNumberGenerator {
        private var state: UInt64
        init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 }

        /// SplitMix64.
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }
}

extension Database {
    /// Inserts many rows at once.
    /// - Returns: Their ids, in order.
    fileprivate func insert(_ columns: String, _ values: [SQL]) throws -> [Int64] {
        // SQLite's time for binding grows with the square of a statement's values.
        var ids: [Int64] = []
        for start in stride(from: 0, to: values.count, by: 20) {
            let some = Array(values[start..<min(start + 20, values.count)])
            for row in try rows("INSERT INTO \(raw: columns) VALUES \(rows: some) RETURNING id") { ids.append(try row["id"]) }
        }
        return ids
    }
}
