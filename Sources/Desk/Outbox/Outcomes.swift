import Foundation
import Networks
import Store

/// What an outcome changes, each inside one transaction.
extension Database {
    func deliver(_ delivery: Delivery, as published: Published?, at time: Date) throws {
        try end(delivery, .delivered, at: time)
        let message = try message(delivery.message)
        switch delivery.act {
        case .reply:
            if let published {
                try dropTwin(of: message, object: published.object)
                try run(
                    """
                    UPDATE message SET object = \(published.object), local_id = \(published.localID), url = \(published.url)
                    WHERE id = \(message.id)
                    """)
            }
        case .edit:
            let text = delivery.text ?? message.text
            // The network's own report of the edit may have been quicker.
            guard text != message.text else { break }
            try keepEarlier(message.text, warning: message.warning, writtenAt: message.editedAt ?? message.writtenAt, of: message.id)
            try run(
                "UPDATE message SET text = \(text), edited_at = \(time), revision = revision + 1 WHERE id = \(message.id)")
            try dialect.index(message: message.id.rawValue, tokens: SearchWords.tokens(of: [text]), into: self)
        case .delete:
            if let object = message.object { try dropItems(of: object) }
            try strip(message.id, by: .colleague, at: time)
            try oweAgain(message.conversation)
        case .like, .unlike: break
        }
        try recordEnd(of: delivery, .deliveryDelivered, at: time)
    }

    func fail(_ delivery: Delivery, _ failure: DeliveryFailure, at time: Date) throws {
        try run(
            """
            UPDATE delivery SET state = 'failed', claim = NULL, failure = \(failure.name), failure_detail = \(failure.detail),
                ended_at = \(time)
            WHERE id = \(delivery.id)
            """)
        if delivery.act == .reply { try oweAgain(delivery.conversation) }
        if delivery.act == .like || delivery.act == .unlike {
            try run("UPDATE message SET is_liked = \(delivery.act == .unlike) WHERE id = \(delivery.message)")
        }
        try recordEnd(of: delivery, .deliveryFailed, detail: failure.name, at: time)
    }

    func postpone(_ delivery: Delivery, _ postponement: Postponement, at time: Date) throws {
        var due = time + .seconds(min(600, 5 << min(delivery.tries, 7)))
        switch postponement {
        case .rateLimited(let until):
            due = max(until, time + .seconds(1))
            try run("UPDATE channel SET rests_until = \(due) WHERE id = \(delivery.channel)")
        case .tokenExpired:
            // Rests with its channel until somebody reconnects that.
            due = time
            let changed = try run(
                """
                UPDATE channel SET state = 'token_expired', trouble = \(Channel.Trouble.tokenExpired), trouble_since = \(time)
                WHERE id = \(delivery.channel) AND state = 'connected'
                """)
            if changed == 1 { try record(Event(.channelTokenExpired, by: .network, at: time, channel: delivery.channel)) }
        case .unreachable: break
        }
        try run("UPDATE delivery SET state = 'waiting', claim = NULL, due_at = \(due) WHERE id = \(delivery.id)")
    }

    func leaveUnclear(_ delivery: Delivery, _ why: String, at time: Date) throws {
        try end(delivery, .unclear, at: nil)
        try recordEnd(of: delivery, .deliveryUnclear, at: time)
    }

    func end(_ delivery: Delivery, _ state: Delivery.State, at time: Date?) throws {
        try run(
            """
            UPDATE delivery SET state = \(state), claim = NULL, failure = NULL, failure_detail = NULL, ended_at = \(time)
            WHERE id = \(delivery.id)
            """)
    }

    func oweAgain(_ id: ID<Conversation>) throws {
        var conversation = try conversation(id)
        guard conversation.state == .answered else { return }
        conversation.oweAgain()
        try save(conversation)
    }

    func recordEnd(
        of delivery: Delivery, _ verb: Verb, by actor: Event.Actor = .network, detail: String? = nil, at time: Date
    ) throws {
        try record(
            Event(
                verb, by: actor, at: time, channel: delivery.channel, conversation: delivery.conversation, message: delivery.message,
                delivery: delivery.id, detail: detail ?? delivery.act.rawValue))
    }

    /// The network's report of our reply may have come before its answer to us, and not have been recognised: one reply, one row.
    private func dropTwin(of message: Message, object: String) throws {
        guard
            let twin: ID<Message> = try value(
                """
                SELECT id FROM message WHERE network = (SELECT network FROM message WHERE id = \(message.id)) AND object = \(object)
                    AND id <> \(message.id) AND colleague_id IS NULL AND direction = 'out'
                """)
        else { return }
        try run("DELETE FROM earlier_text WHERE message_id = \(twin)")
        try dialect.unindex(message: twin.rawValue, from: self)
        try run("DELETE FROM media WHERE message_id = \(twin)")
        try run("DELETE FROM message WHERE id = \(twin)")
    }
}
