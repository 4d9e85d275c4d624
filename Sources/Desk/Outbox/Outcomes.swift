import Foundation
import Networks
import Store

/// What an outcome changes, each inside one transaction.
extension Database {
    func deliver(_ delivery: Delivery, as published: Published?, at time: Date) throws {
        let message = try message(delivery.message)
        switch delivery.act {
        case .reply:
            guard try adopt(published, as: message) else { return try leaveUnclear(delivery, at: time) }
            // What was in doubt, or had failed, is owed no more.
            if delivery.state != .sending { try answer(with: message, letter: delivery.letter, at: time) }
        case .edit: try rewrite(message, to: delivery.text ?? message.text, at: time)
        case .delete:
            if let object = message.object { try dropItems(of: object) }
            try strip([message.id], by: .colleague, at: time)
            try oweAgain(after: delivery, at: time)
        case .like, .unlike: break
        }
        try end(delivery, .delivered, at: time)
        try recordEnd(of: delivery, .deliveryDelivered, at: time)
    }

    func fail(_ delivery: Delivery, _ failure: DeliveryFailure, at time: Date) throws {
        try failAlone(delivery, failure, at: time)
        if failure == .notOffered, let ability = delivery.act.ability { try lack(ability, on: delivery.channel) }
        if failure == .mediaNotOffered { try lack(.media, on: delivery.channel) }
        switch delivery.act {
        case .reply:
            // The rest of a long answer makes no sense without this part.
            for part in try parts(of: delivery, in: .waiting) { try failAlone(part, failure, at: time) }
            try oweAgain(after: delivery, at: time)
        case .edit, .delete: try oweAgain(after: delivery, at: time)
        case .like, .unlike: try run("UPDATE message SET is_liked = \(delivery.act == .unlike) WHERE id = \(delivery.message)")
        }
    }

    /// A server turned out not to offer this: nobody is led to press it again, until the channel is connected anew.
    private func lack(_ ability: Capabilities.Ability, on id: ID<Channel>) throws {
        let lacks = try channel(id).lacks.union([ability]).map(\.rawValue).sorted().joined(separator: " ")
        try run("UPDATE channel SET lacks = \(lacks) WHERE id = \(id)")
    }

    private func failAlone(_ delivery: Delivery, _ failure: DeliveryFailure, at time: Date) throws {
        try run(
            """
            UPDATE delivery SET state = 'failed', claim = NULL, failure = \(failure.name), failure_detail = \(failure.detail),
                ended_at = \(time)
            WHERE id = \(delivery.id)
            """)
        try recordEnd(of: delivery, .deliveryFailed, detail: failure.name, at: time)
    }

    /// - Parameter isFirst: No earlier try is unanswered: what the network says now is certain, and the act may be taken back.
    /// - Parameter connectedAt: When the connection began over which it was tried.
    func postpone(_ delivery: Delivery, _ postponement: Postponement, isFirst: Bool, connectedAt: Date, at time: Date) throws {
        var due = time + .seconds(min(600, 5 << min(delivery.tries, 7)))
        switch postponement {
        case .rateLimited(let until):
            due = max(until, time + .seconds(1))
            try run("UPDATE channel SET rests_until = \(due) WHERE id = \(delivery.channel)")
        case .tokenExpired:
            // Rests with its channel until somebody reconnects that.
            due = time
            try expire(delivery.channel, connectedAt: connectedAt, at: time)
        case .unreachable, .unanswered: break
        }
        try run("UPDATE delivery SET state = 'waiting', claim = NULL, due_at = \(due) WHERE id = \(delivery.id)")
        if postponement != .unanswered, isFirst { try run("UPDATE delivery SET first_sent_at = NULL WHERE id = \(delivery.id)") }
        // Once, so that who watches learns of it; a week's outage is not a thousand entries.
        if delivery.tries <= 1 { try recordEnd(of: delivery, .deliveryPostponed, at: time) }
    }

    /// Somebody has to look, so the conversation is open again.
    func leaveUnclear(_ delivery: Delivery, at time: Date) throws {
        try end(delivery, .unclear, at: nil)
        if delivery.act != .like, delivery.act != .unlike { try oweAgain(after: delivery, at: time) }
        try recordEnd(of: delivery, .deliveryUnclear, at: time)
    }

    /// The text of an edit leaves with it: the message has it now, or nobody wants it any more.
    func end(_ delivery: Delivery, _ state: Delivery.State, at time: Date?) throws {
        try run(
            """
            UPDATE delivery SET state = \(state), claim = NULL, failure = NULL, failure_detail = NULL, ended_at = \(time),
                text = \(state == .unclear ? delivery.text : nil)
            WHERE id = \(delivery.id)
            """)
    }

    /// The acts of the same long answer that are in this state, in order.
    func parts(of delivery: Delivery, in state: Delivery.State) throws -> [Delivery] {
        try rows("SELECT * FROM delivery WHERE letter = \(delivery.letter) AND state = \(state) ORDER BY id").map(Delivery.init)
    }

    /// What an act said, or was to say, is not there: the answer is owed again, and what it promised or settled is as before.
    func oweAgain(after delivery: Delivery, at time: Date) throws {
        let id = delivery.conversation
        var conversation = try conversation(id)
        if try withdrawFollowUp(of: id, promisedBy: delivery.letter, at: time) { conversation.withdrawFollowUp() }
        try resumeFollowUp(of: id, endedBy: delivery.letter)
        if conversation.state != .open { conversation.oweAgain(at: time) }
        try save(conversation)
    }

    /// Our reply ends the waiting for one, unless the citizen wrote again after what it answers.
    /// - Parameter letter: The token of its form.
    func answer(with reply: Message, letter: String, at time: Date) throws {
        let news = try row(
            """
            SELECT 1 FROM message WHERE conversation_id = \(reply.conversation) AND direction = 'in' AND removed_at IS NULL
                AND id > (SELECT max(id) FROM message WHERE channel_id = \(reply.channel) AND local_id = \(reply.parentLocalID)) LIMIT 1
            """)
        guard news == nil else { return }
        var conversation = try conversation(reply.conversation)
        conversation.answer(at: time)
        try save(conversation)
        try keepFollowUp(of: conversation.id, by: letter, at: time)
    }

    /// A reply of ours says something else now.
    func rewrite(_ message: Message, to text: String, at time: Date) throws {
        // The network's own report of the edit may have been quicker.
        guard text != message.text else { return }
        try keepEarlier(message.text, warning: message.warning, writtenAt: message.editedAt ?? message.writtenAt, of: message.id)
        try run("UPDATE message SET text = \(text), edited_at = \(time), revision = revision + 1 WHERE id = \(message.id)")
        try dialect.index(message: message.id.rawValue, tokens: SearchWords.tokens(of: [message.warning, text]), into: self)
    }

    func recordEnd(
        of delivery: Delivery, _ verb: Verb, by actor: Event.Actor = .network, detail: String? = nil, at time: Date
    ) throws {
        try record(
            Event(
                verb, by: actor, at: time, channel: delivery.channel, conversation: delivery.conversation, message: delivery.message,
                delivery: delivery.id, detail: detail ?? delivery.act.rawValue))
    }

    /// Gives a reply its name on the network.
    ///
    /// The network's report of it may have come before its answer to us, and not have been recognised: one reply, one row.
    /// - Returns: `false` where another reply of ours has that name: this one is not it.
    @discardableResult
    func adopt(_ published: Published?, as message: Message) throws -> Bool {
        guard let published else { return true }
        let other = try row(
            """
            SELECT id, colleague_id FROM message
            WHERE network = \(message.network) AND object = \(published.object) AND id <> \(message.id)
            """)
        if let other {
            guard try other["colleague_id"] as ID<Colleague>? == nil else { return false }
            try dropTwin(other["id"], of: message.id)
        }
        try run(
            """
            UPDATE message SET object = \(published.object), local_id = \(published.localID), url = \(published.url)
            WHERE id = \(message.id)
            """)
        try name(published.object, published.localID, on: message.channel)
        return true
    }

    private func dropTwin(_ twin: ID<Message>, of message: ID<Message>) throws {
        try run("UPDATE delivery SET message_id = \(message) WHERE message_id = \(twin)")
        try run("DELETE FROM earlier_text WHERE message_id = \(twin)")
        try dialect.unindex(messages: [twin.rawValue], from: self)
        try run("DELETE FROM media WHERE message_id = \(twin)")
        try run("DELETE FROM message WHERE id = \(twin)")
    }
}
