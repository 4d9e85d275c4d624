import Foundation
import Store

/// Small reads for the pages: what belongs where, and how much there is.
extension Conversations {
    /// - Throws: `Refusal.notFound`.
    public func message(_ id: ID<Message>) async throws -> Message {
        try await store.read { db in try db.message(id) }
    }

    /// - Throws: `Refusal.notFound`.
    public func delivery(_ id: ID<Delivery>) async throws -> Delivery {
        try await store.read { db in try db.delivery(id) }
    }

    /// Who closed a conversation last, and when; `nil` where nobody did.
    public func lastClosing(of id: ID<Conversation>) async throws -> (name: String?, at: Date)? {
        try await store.read { db in
            try db.row(
                """
                SELECT event.at, colleague.name FROM event LEFT JOIN colleague ON colleague.id = event.actor_id
                WHERE event.conversation_id = \(id) AND event.verb = \(Verb.conversationClosed) ORDER BY event.id DESC LIMIT 1
                """
            ).map { (try $0["name"], try $0["at"]) }
        }
    }

    /// How much an erasure of this citizen's messages would take away.
    public func extent(of citizen: ID<Citizen>) async throws -> (messages: Int, conversations: Int) {
        try await store.read { db in
            (
                try db.value("SELECT count(*) FROM message WHERE citizen_id = \(citizen) AND removed_at IS NULL") ?? 0,
                try db.value("SELECT count(*) FROM conversation WHERE citizen_id = \(citizen)") ?? 0
            )
        }
    }
}
