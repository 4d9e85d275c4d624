import Foundation
import Networks
import Store

/// What can be done to what is public already. Each writes to the outbox.
extension Replies {
    /// Edits a reply of ours on its network.
    /// - Parameter revision: Of the text that the colleague saw.
    /// - Throws: `Refusal.textChanged` where it is another by now, or a change of it is on its way.
    public func edit(
        _ id: ID<Message>, revision: Int, to text: String, by colleague: ID<Colleague>, token: String, at time: Date
    ) async throws {
        let text = text.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw Refusal.emptyText }
        let can = try await capability(.editOwn, for: id, of: colleague)
        let excess = can.network.length(of: can.reply(text)) - can.network.capabilities.maxLength
        guard excess <= 0 else { throw Refusal.tooLong(by: excess) }
        try await store.write { db in
            let message = try db.own(id)
            guard try db.isNew(token) else { return }
            guard message.revision == revision, try !db.isChanging(id) else { throw Refusal.textChanged }
            try db.enqueue(
                .edit, of: message, text: text, letter: token, by: colleague, due: time + Self.grace, verb: .replyEdited, at: time)
        }
    }

    /// Deletes a reply of ours on its network. The answer is owed again.
    public func delete(_ id: ID<Message>, by colleague: ID<Colleague>, token: String, at time: Date) async throws {
        _ = try await capability(.deleteOwn, for: id, of: colleague)
        try await store.write { db in
            let message = try db.own(id)
            guard try db.isNew(token) else { return }
            guard try !db.isChanging(id) else { throw Refusal.textChanged }
            try db.enqueue(.delete, of: message, letter: token, by: colleague, due: time + Self.grace, verb: .replyDeleted, at: time)
        }
    }

    /// Likes a citizen's message, or takes that back.
    public func like(_ id: ID<Message>, _ isLiked: Bool = true, by colleague: ID<Colleague>, token: String, at time: Date) async throws {
        _ = try await capability(.like, for: id, of: colleague)
        try await store.write { db in
            let message = try db.message(id)
            guard message.removedAt == nil, message.localID != nil else { throw Refusal.messageGone }
            guard message.isLiked != isLiked, try db.isNew(token) else { return }
            try db.run("UPDATE message SET is_liked = \(isLiked) WHERE id = \(id)")
            try db.enqueue(
                isLiked ? .like : .unlike, of: message, letter: token, by: colleague, due: time,
                verb: isLiked ? .messageLiked : .messageUnliked, at: time)
        }
    }

    /// Likes many. What can't be liked is left alone.
    /// - Parameter token: Of the deed: with it ``takeBackLikes(of:in:by:at:)`` finds them again.
    public func like(
        _ ids: [ID<Message>], token: String, by colleague: ID<Colleague>, at time: Date
    ) async throws -> Conversations.Tally {
        var tally = Conversations.Tally()
        for id in ids {
            do {
                try await like(id, by: colleague, token: Self.letter(token, id), at: time)
                tally.done += 1
            } catch let refusal as Refusal where refusal != .notAllowed {
                tally.left += 1
            }
        }
        return tally
    }

    /// Takes back the likes that a deed gave beside its closing.
    public func takeBackLikes(
        of token: String, in conversations: [ID<Conversation>], by colleague: ID<Colleague>, at time: Date
    ) async throws {
        let liked: [ID<Message>] = try await store.read { db in
            try db.rows("SELECT last_message_id FROM conversation WHERE id \(in: conversations) AND last_message_id IS NOT NULL")
                .map { try $0["last_message_id"] }
                .filter { try !db.isNew(Self.letter(token, $0)) }
        }
        for id in liked { try await like(id, false, by: colleague, token: Token.make(), at: time) }
    }

    private static func letter(_ token: String, _ id: ID<Message>) -> String { "\(token)-like-\(id)" }

    private struct Able: Sendable {
        let network: any Network
        let handle: String
        let message: Message

        func reply(_ text: String) -> Reply {
            Reply(
                text: text, parentLocalID: message.parentLocalID ?? "", to: handle, networkVisibility: message.networkVisibility,
                warning: message.warning)
        }
    }

    /// - Throws: `Refusal.channelNotConnected`, or `.notEditable` where this channel can't.
    private func capability(
        _ ability: Capabilities.Ability, for id: ID<Message>, of colleague: ID<Colleague>
    ) async throws -> Able {
        let (message, channel, handle) = try await store.read { db in
            try db.demand(.editor, of: .colleague(colleague))
            let message = try db.message(id)
            let handle: String? = try db.value(
                """
                SELECT citizen.handle FROM conversation JOIN citizen ON citizen.id = conversation.citizen_id
                WHERE conversation.id = \(message.conversation)
                """)
            return (message, try db.channel(message.channel), handle ?? "")
        }
        guard channel.state == .connected, let network = try await channels.network(of: channel) else { throw Refusal.channelNotConnected }
        guard network.capabilities.can(ability), !channel.lacks.contains(ability) else { throw Refusal.notEditable }
        return Able(network: network, handle: handle, message: message)
    }
}

extension Database {
    /// A reply of ours that is public.
    fileprivate func own(_ id: ID<Message>) throws -> Message {
        let message = try message(id)
        guard message.direction == .out, message.localID != nil, message.removedAt == nil else { throw Refusal.notEditable }
        return message
    }

    /// Whether an edit or a deletion of it is on its way, or its fate is unclear.
    fileprivate func isChanging(_ id: ID<Message>) throws -> Bool {
        try row(
            """
            SELECT 1 FROM delivery WHERE message_id = \(id) AND act IN ('edit', 'delete')
                AND state IN ('waiting', 'claimed', 'sending', 'unclear') LIMIT 1
            """) != nil
    }
}
