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

    /// The first act of an answer, by its form's token.
    /// - Throws: `Refusal.notFound`.
    public func delivery(letter: String) async throws -> Delivery {
        try await store.read { db in
            try Delivery(db.row("SELECT * FROM delivery WHERE letter = \(letter) AND act = 'reply' ORDER BY id LIMIT 1").orNotFound())
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
