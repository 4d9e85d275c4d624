import Foundation
import Networks
import Store

extension Hearing {
    /// Another version of a message we have. The newer text counts, whichever came first; the older one is kept beside it.
    func revise(_ known: Message, to heard: Intake.Heard) throws {
        let message = heard.message
        guard known.removedAt == nil else { return try db.dropItems(of: message.object) }
        let text = known.direction == .out && known.colleague != nil ? Echo.withoutMentions(message.text) : message.text
        let isSame = known.text == text && known.warning == message.warning
            || known.direction == .out && Echo.isSame(known.text, as: message.text)
        let (knownAt, heardAt) = (known.editedAt ?? known.writtenAt, message.editedAt ?? message.writtenAt)
        // An edit may change the pictures alone.
        let hasNewMedia = try known.direction == .in && heardAt > knownAt && db.sources(of: known.id) != message.media.map(\.url)
        guard !isSame || hasNewMedia else { return try refresh(known, from: message, text: nil) }
        if heardAt < knownAt {
            return try db.keepEarlier(text, warning: message.warning, writtenAt: heardAt, of: known.id)
        }
        if !isSame { try db.keepEarlier(known.text, warning: known.warning, writtenAt: knownAt, of: known.id) }
        try refresh(known, from: message, text: text)
        try db.dialect.index(message: known.id.rawValue, tokens: heard.tokens, into: db)
        try db.record(
            Event(
                .messageEdited, by: known.citizen.map(Event.Actor.citizen) ?? .network, at: time, channel: channel.id,
                conversation: known.conversation, message: known.id))
        try reopen(after: known)
        try raiseAlarm(over: known, by: heard)
    }

    /// Once for a message, however often it is edited.
    private func raiseAlarm(over known: Message, by heard: Intake.Heard) throws {
        guard !isImport, known.direction == .in, let cry = alarmWords.first(in: heard.said) else { return }
        guard try db.row("SELECT 1 FROM alarm WHERE message_id = \(known.id)") == nil else { return }
        var conversation = try db.conversation(known.conversation)
        guard conversation.becomeUrgent(at: time, by: calendar) else { return }
        try db.save(conversation)
        try db.raise(cry.danger, words: cry.words, over: known.id, in: conversation.id, on: channel.id, by: .schalter, at: time)
    }

    /// Takes over what may change without an edit; with a text, the edit too.
    private func refresh(_ known: Message, from message: InboundMessage, text: String?) throws {
        try db.run(
            """
            UPDATE message SET likes = \(message.likes), shares = \(message.shares), poll = \(message.poll?.stored),
                is_sensitive = \(message.isSensitive)
            WHERE id = \(known.id)
            """)
        guard let text else { return }
        try db.run(
            """
            UPDATE message SET text = \(text), warning = \(message.warning), edited_at = \(message.editedAt ?? time),
                revision = revision + 1
            WHERE id = \(known.id)
            """)
        try db.dropMedia(of: "message_id = \(known.id) AND kind = 'emoji'", sweepAt: time + MediaFiles.keptUnused)
        try db.insert(emoji: message.emoji, in: text, message: known.id, at: time)
        guard known.direction == .in, try db.sources(of: known.id) != message.media.map(\.url) else { return }
        try db.dropMedia(of: "message_id = \(known.id) AND kind <> 'emoji'", sweepAt: time + MediaFiles.keptUnused)
        try db.insert(message.media, message: known.id, post: nil, at: time)
    }

    /// A question that changes after it was answered is a new question.
    private func reopen(after known: Message) throws {
        guard known.direction == .in else { return }
        var conversation = try db.conversation(known.conversation)
        guard conversation.state == .answered || conversation.state == .closed, conversation.lastMessage == known.id else { return }
        _ = conversation.hear(known.id, at: time, heardAt: time, by: calendar)
        try db.save(conversation)
    }

    func revisePost(to heard: Intake.Heard) throws {
        let message = heard.message
        try db.run(
            """
            UPDATE post SET text = \(message.text), warning = \(message.warning), poll = \(heard.poll), likes = \(message.likes),
                shares = \(message.shares), edited_at = \(message.editedAt)
            WHERE network = \(channel.network) AND object = \(message.object) AND removed_at IS NULL
            """)
    }

    /// A post that conversations stand under.
    mutating func addPost(_ heard: Intake.Heard) throws {
        let message = heard.message
        let place = try place(above: message)
        let citizen = message.isOurs ? nil : try citizen(message.author)
        let id: ID<Post>? = try db.value(
            """
            INSERT INTO post (channel_id, network, object, local_id, parent_local_id, thread, is_ours, citizen_id, text, warning,
                              visibility, url, poll, likes, shares, written_at, edited_at)
            VALUES (\(channel.id), \(channel.network), \(message.object), \(message.localID), \(message.parentLocalID),
                    \(place?.thread ?? message.object), \(message.isOurs), \(citizen), \(message.text), \(message.warning),
                    \(message.visibility), \(message.url),
                    \(heard.poll), \(message.likes), \(message.shares), \(message.writtenAt), \(message.editedAt))
            RETURNING id
            """)
        try db.insert(message.media, message: nil, post: id, at: time)
    }
}
