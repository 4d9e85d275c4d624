import Store

extension Record {
    /// A sealed event, as far as the live feed needs it.
    public struct News: Sendable, Equatable {
        public let number: Int64
        /// `nil` where it concerns no conversation.
        public let conversation: ID<Conversation>?
        public let verb: Verb
    }

    /// What was sealed after an event, in order.
    public func news(after number: Int64, limit: Int) async throws -> [News] {
        try await store.read { db in
            try db.rows(
                "SELECT number, conversation_id, verb FROM event WHERE number > \(number) ORDER BY number LIMIT \(limit)"
            ).map { News(number: try $0["number"], conversation: try $0["conversation_id"], verb: try $0["verb"]) }
        }
    }
}
