import Foundation
import Networks
import Store

/// What a colleague does about a delivery.
extension Outbox {
    /// Takes back what has not left yet. The text returns as a draft.
    /// - Throws: `Refusal.tooLateToTakeBack` from the first byte on.
    public func withdraw(_ id: ID<Delivery>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let delivery = try db.delivery(id)
            guard delivery.state == .waiting || delivery.state == .claimed else { throw Refusal.tooLateToTakeBack }
            // What had left before and was put off is not known to be unsent for good; but the network said that it took nothing.
            try db.end(delivery, .withdrawn, at: time)
            switch delivery.act {
            case .reply: try db.returnToDraft(delivery, for: colleague, at: time)
            case .like, .unlike:
                try db.run("UPDATE message SET is_liked = \(delivery.act == .unlike) WHERE id = \(delivery.message)")
            case .edit, .delete: break
            }
            try db.recordEnd(of: delivery, .deliveryWithdrawn, by: .colleague(colleague), at: time)
        }
    }

    /// A colleague looked: it is there.
    /// - Parameter link: Where it stands, as the browser shows it; `nil` where they did not copy it.
    public func confirm(_ id: ID<Delivery>, at link: String?, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            let delivery = try db.unclear(id, by: colleague)
            try db.end(delivery, .delivered, at: time)
            if let link = link?.withoutNUL.nilIfEmpty, delivery.act == .reply {
                try db.run("UPDATE message SET url = \(link) WHERE id = \(delivery.message)")
            }
            if delivery.act == .edit, let text = delivery.text {
                try db.run(
                    "UPDATE message SET text = \(text), edited_at = \(time), revision = revision + 1 WHERE id = \(delivery.message)")
            }
            try db.recordEnd(of: delivery, .deliveryConfirmed, by: .colleague(colleague), at: time)
        }
    }

    /// Sends again, by a colleague's decision: what was unclear, told that it may appear twice, or what had failed.
    public func sendAgain(_ id: ID<Delivery>, by colleague: ID<Colleague>, token: String, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let delivery = try db.delivery(id)
            guard delivery.state == .unclear || delivery.state == .failed else { throw Refusal.alreadySettled }
            // A new key: under the old one a server may give back what it refused or never finished.
            try db.run(
                """
                UPDATE delivery SET state = 'waiting', claim = NULL, failure = NULL, failure_detail = NULL, ended_at = NULL,
                    first_sent_at = NULL, tries = 0, key = \(token), due_at = \(time)
                WHERE id = \(id)
                """)
            if delivery.act == .reply {
                var conversation = try db.conversation(delivery.conversation)
                conversation.answer()
                try db.save(conversation)
            }
            try db.recordEnd(of: delivery, .deliveryRepeated, by: .colleague(colleague), at: time)
        }
    }

    /// A failed reply goes back to the draft, to be written differently.
    public func rewrite(_ id: ID<Delivery>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let delivery = try db.delivery(id)
            guard delivery.state == .failed, delivery.act == .reply else { throw Refusal.alreadySettled }
            try db.end(delivery, .withdrawn, at: time)
            try db.returnToDraft(delivery, for: colleague, at: time)
            try db.recordEnd(of: delivery, .deliveryWithdrawn, by: .colleague(colleague), at: time)
        }
    }
}

extension Database {
    fileprivate func unclear(_ id: ID<Delivery>, by colleague: ID<Colleague>) throws -> Delivery {
        try demand(.editor, of: .colleague(colleague))
        let delivery = try delivery(id)
        guard delivery.state == .unclear else { throw Refusal.alreadySettled }
        return delivery
    }

    /// The text of a reply that did not leave becomes the colleague's draft again, before what they have written since.
    fileprivate func returnToDraft(_ delivery: Delivery, for colleague: ID<Colleague>, at time: Date) throws {
        let message = try message(delivery.message)
        let written: String? = try value(
            "SELECT text FROM draft WHERE conversation_id = \(delivery.conversation) AND colleague_id = \(colleague)")
        let text = [message.text, written].compactMap(\.self).joined(separator: "\n\n")
        try keep(draft: text, warning: message.warning, in: delivery.conversation, by: colleague, at: time)
        try run(
            """
            UPDATE media SET draft_in = \(delivery.conversation), draft_of = \(colleague), message_id = NULL
            WHERE message_id = \(message.id)
            """)
        try strip(message.id, by: .withdrawal, at: time)
        try oweAgain(delivery.conversation)
    }
}
