import Foundation
import Networks
import Store

/// What a network told us becomes messages in conversations: once, in whatever order it comes.
public struct Intake: Sendable {
    let store: Store
    public let journal: Journal
    let fate: Fate

    /// Which of the messages in these events answer something the desk does not know, so that what stands above them must be fetched.
    func orphans(in events: [InboundEvent], on channel: Channel) async throws -> [InboundMessage] {
        let answers = events.compactMap { event in
            if case .message(let message) = event, message.parentLocalID != nil { message } else { nil }
        }
        guard !answers.isEmpty else { return [] }
        return try await store.read { db in
            let known = try db.known(of: answers, on: channel)
            return answers.filter { known.news.contains($0.object) && known.places[$0.parentLocalID ?? ""] == nil }
        }
    }

    /// Takes in what items mean, all in one transaction.
    func take(_ meanings: [Meaning], on channel: Channel, at time: Date) async throws {
        try await store.write { db in
            let settled = try db.settle(meanings)
            let messages = meanings.flatMap(\.messages).map(\.message)
            var hearing = try Hearing(db: db, channel: channel, messages: messages, at: time)
            for meaning in meanings where settled.contains(meaning.item) {
                hearing.isImport = meaning.isImport
                hearing.receivedAt = meaning.receivedAt
                let answered = meaning.answered
                for message in meaning.context {
                    try hearing.hear(message, isContext: !answered.contains(message.message.localID))
                }
                for event in meaning.events { try hearing.hear(event) }
            }
        }
        fate(.messageTakenIn)
    }

    /// An item, and what it means.
    struct Meaning: Sendable {
        let item: ID<Item>
        let receivedAt: Date
        let events: [Event]
        /// What stands above a message that answers something unknown, from the root down.
        let context: [Heard]
        /// History: it is as old as it says, and what was answered then owes no answer now.
        let isImport: Bool

        enum Event: Sendable {
            case message(Heard)
            case removed(localID: String)
            case reaction(Reaction)
        }

        init(of item: Journal.Waiting, _ events: [InboundEvent], under context: [InboundMessage] = []) {
            self.item = item.id
            receivedAt = item.receivedAt
            isImport = item.origin == .import
            self.events = events.map { event in
                switch event {
                case .message(let message): .message(Heard(message))
                case .removed(let localID): .removed(localID: localID)
                case .reaction(let reaction): .reaction(reaction)
                }
            }
            self.context = context.map(Heard.init)
        }

        /// What we answered ourselves: a conversation, though nobody told us of the question.
        var answered: Set<String> {
            Set(messages.filter(\.message.isOurs).compactMap(\.message.parentLocalID))
        }

        var messages: [Heard] {
            context + events.compactMap { if case .message(let heard) = $0 { heard } else { nil } }
        }

        /// A reaction is counted and then says nothing more than who gave it.
        var keepsBytes: Bool {
            events.contains { if case .message = $0 { true } else { false } }
        }
    }

    /// A message with what takes time to work out, made before the transaction.
    struct Heard: Sendable {
        let message: InboundMessage
        let tokens: [String]
        /// Of what the citizen wrote, for the words that raise an alarm.
        let said: ArraySlice<String>
        let poll: String?

        init(_ message: InboundMessage) {
            self.message = message
            let said = SearchWords.tokens(of: [message.warning, message.text])
            tokens = said + SearchWords.tokens(of: [message.author.displayName, message.author.handle])
            self.said = tokens.prefix(said.count)
            poll = message.poll?.stored
        }
    }
}
