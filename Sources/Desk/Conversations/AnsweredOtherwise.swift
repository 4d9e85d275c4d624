import Foundation
import Store

/// How a citizen got an answer that was not sent from here.
public enum OtherAnswer: Sendable, Equatable {
    /// - Parameters:
    ///   - office: Who told them: an office or a person.
    ///   - said: What they were told; may be empty.
    ///   - at: When.
    case telephone(office: String, said: String, at: Date)
    /// At the network, or it turned out not to be needed any more there.
    case there

    /// As it is stored with the note.
    public enum Means: String, Sendable, SQLValueConvertible { case telephone, there }

    var means: Means {
        switch self {
        case .telephone: .telephone
        case .there: .there
        }
    }
}

extension Conversations {
    /// The citizen got their answer in another way: a note says how, and the conversation is closed by it.
    /// - Parameter seen: The citizen's newest message that the colleague saw: what came since is not closed unread.
    /// - Throws: `Refusal.sourceMissing`, `.tooLong`, `.callInFuture`, `.wroteMeanwhile`, `.alreadyClosed`.
    public func note(
        _ answer: OtherAnswer, in id: ID<Conversation>, seen: ID<Message>?, by colleague: ID<Colleague>, at time: Date
    ) async throws {
        let (text, at) = try Self.told(answer, at: time)
        let tokens = SearchWords.tokens(of: [text])
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            var conversation = try db.conversation(id)
            guard conversation.lastMessage == seen else { throw Refusal.wroteMeanwhile }
            try conversation.closeAnswered(at: time)
            try db.save(conversation)
            try db.keepFollowUp(of: id, by: nil, at: time)
            let network = try db.channel(conversation.channel).network
            let note: ID<Message>? = try db.value(
                """
                INSERT INTO message (conversation_id, channel_id, network, direction, colleague_id, text, visibility, network_visibility,
                                     received_at, written_at, answered_by)
                VALUES (\(id), \(conversation.channel), \(network), 'note', \(colleague), \(text), 'private', '', \(time), \(at),
                        \(answer.means))
                RETURNING id
                """)
            let message = try note.orNotFound()
            try db.dialect.index(message: message.rawValue, tokens: tokens, into: db)
            try db.record(
                Event(
                    .answeredOtherwise, by: .colleague(colleague), at: time, conversation: id, message: message, detail: answer.means.rawValue))
            try db.record(
                Event(
                    .conversationClosed, by: .colleague(colleague), at: time, conversation: id, detail: Conversation.Closing.answered.rawValue))
        }
    }

    private static func told(_ answer: OtherAnswer, at time: Date) throws(Refusal) -> (text: String, at: Date) {
        guard case .telephone(let typedOffice, let typedSaid, let at) = answer else { return ("", time) }
        let office = typedOffice.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        let said = typedSaid.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !office.isEmpty, office.count <= 100 else { throw .sourceMissing }
        guard said.count <= 10_000 else { throw .tooLong(by: said.count - 10_000) }
        guard at <= time else { throw .callInFuture }
        return (said.isEmpty ? office : "\(office)\n\(said)", at)
    }
}
