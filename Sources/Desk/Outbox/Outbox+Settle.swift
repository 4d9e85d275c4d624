import Foundation
import Networks
import Store

/// What a colleague does about a delivery.
extension Outbox {
    /// Takes back what has not left yet, of a long answer all parts. The text returns as a draft.
    /// - Throws: `Refusal.tooLateToTakeBack` from the first byte on, also while an act waits whose first try nobody answered.
    public func withdraw(_ id: ID<Delivery>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let delivery = try db.delivery(id)
            guard delivery.state == .waiting || delivery.state == .claimed, delivery.firstSentAt == nil else {
                throw Refusal.tooLateToTakeBack
            }
            if delivery.act == .reply { return try db.takeBack(delivery, from: [.waiting, .claimed], by: colleague, at: time) }
            try db.end(delivery, .withdrawn, at: time)
            switch delivery.act {
            case .like, .unlike:
                try db.run("UPDATE message SET is_liked = \(delivery.act == .unlike) WHERE id = \(delivery.message)")
            case .reply, .edit, .delete: break
            }
            try db.recordEnd(of: delivery, .deliveryWithdrawn, by: .colleague(colleague), at: time)
        }
    }

    /// A colleague looked: it is there.
    /// - Parameter link: Where it stands, as the browser shows it; `nil` where they did not copy it.
    public func confirm(_ id: ID<Delivery>, at link: String?, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            let delivery = try db.unclear(id, by: colleague)
            let message = try db.message(delivery.message)
            if delivery.act == .reply {
                if let link = link?.withoutNUL.nilIfEmpty { try db.run("UPDATE message SET url = \(link) WHERE id = \(message.id)") }
                try db.answer(with: message, letter: delivery.letter, at: time)
            }
            if delivery.act == .edit, let text = delivery.text { try db.rewrite(message, to: text, at: time) }
            try db.end(delivery, .delivered, at: time)
            try db.recordEnd(of: delivery, .deliveryConfirmed, by: .colleague(colleague), at: time)
        }
    }

    /// Sends again, by a colleague's decision: what was unclear, told that it may appear twice, or what had failed.
    public func sendAgain(_ id: ID<Delivery>, by colleague: ID<Colleague>, token: String, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let delivery = try db.delivery(id)
            guard delivery.state == .unclear || delivery.state == .failed else { throw Refusal.alreadySettled }
            // Of a long answer that was refused all parts, in their order.
            let parts = delivery.state == .failed && delivery.act == .reply ? try db.parts(of: delivery, in: .failed) : [delivery]
            for (position, part) in parts.enumerated() {
                // A new key: under the old one a server may give back what it refused or never finished.
                let key = position == 0 ? token : "\(token)-\(position + 1)"
                try db.run(
                    """
                    UPDATE delivery SET state = 'waiting', claim = NULL, failure = NULL, failure_detail = NULL, ended_at = NULL,
                        first_sent_at = NULL, tries = 0, key = \(key), letter = \(token), due_at = \(time)
                    WHERE id = \(part.id)
                    """)
                try db.recordEnd(of: part, .deliveryRepeated, by: .colleague(colleague), at: time)
            }
            switch delivery.act {
            case .reply: try db.answer(with: try db.message(delivery.message), letter: token, at: time)
            case .like, .unlike: try db.run("UPDATE message SET is_liked = \(delivery.act == .like) WHERE id = \(delivery.message)")
            case .edit, .delete: break
            }
        }
    }

    /// A failed reply goes back to the draft, to be written differently.
    public func rewrite(_ id: ID<Delivery>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let delivery = try db.delivery(id)
            guard delivery.state == .failed, delivery.act == .reply else { throw Refusal.alreadySettled }
            try db.takeBack(delivery, from: [.failed], by: colleague, at: time)
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

    /// Takes back an answer with all its parts that stand so. Its text becomes the colleague's draft again, before what they have written
    /// since.
    fileprivate func takeBack(
        _ delivery: Delivery, from states: [Delivery.State], by colleague: ID<Colleague>, at time: Date
    ) throws {
        var parts: [Delivery] = []
        for state in states { parts += try self.parts(of: delivery, in: state) }
        parts.removeAll { $0.state != .failed && $0.firstSentAt != nil }
        parts.sort { $0.id.rawValue < $1.id.rawValue }
        let messages = try parts.map { try message($0.message) }
        let written: String? = try value(
            "SELECT text FROM draft WHERE conversation_id = \(delivery.conversation) AND colleague_id = \(colleague)")
        let sent = messages.count == 1 ? messages[0].text : messages.map { Self.withoutCount($0.text) }.joined(separator: " ")
        // It is added again when the draft is sent.
        let text = sent.unsigned(by: try self.colleague(delivery.colleague).preferences.signature)
        try keep(
            draft: [text, written].compactMap(\.self).joined(separator: "\n\n"), warning: messages.first?.warning,
            in: delivery.conversation, by: colleague, at: time)
        for (part, message) in zip(parts, messages) {
            try end(part, .withdrawn, at: time)
            try run(
                """
                UPDATE media SET draft_in = \(delivery.conversation), draft_of = \(colleague), message_id = NULL
                WHERE message_id = \(message.id)
                """)
            try strip([message.id], by: .withdrawal, at: time)
            try recordEnd(of: part, .deliveryWithdrawn, by: .colleague(colleague), at: time)
        }
        try oweAgain(after: delivery, at: time)
    }

    /// The parts of a long answer are counted at their ends: `(2/3)`.
    private static func withoutCount(_ text: String) -> String {
        String(text.prefixMatch(of: /([\s\S]*?)\s*\(\d+\/\d+\)$/)?.output.1 ?? text[...])
    }
}
