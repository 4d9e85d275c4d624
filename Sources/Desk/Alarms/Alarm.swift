import Foundation
import Networks
import Store

/// An emergency that may stand in a message. A safety net: a word that is not on the list raises none.
public struct Alarm: Sendable, Equatable {
    public let id: ID<Alarm>
    public let conversation: ID<Conversation>
    public let danger: Danger
    /// The words of the list that were found; `nil` where a colleague marked it by hand.
    public let words: String?
    public let raisedAt: Date
    /// Who marked it by hand.
    public let raisedBy: String?
    /// `nil` until somebody does.
    public let takenBy: String?

    init(_ row: Row) throws {
        id = try row["id"]
        conversation = try row["conversation_id"]
        danger = try row["danger"]
        words = try row["words"]
        raisedAt = try row["raised_at"]
        raisedBy = try row["raised_by_name"]
        takenBy = try row["taken_by_name"]
    }

    /// With the message that raised it.
    public struct Call: Sendable, Equatable {
        public let alarm: Alarm
        public let who: String
        public let network: String
        public let audience: Audience
        /// `nil` where it was removed since.
        public let text: String?

        init(_ row: Row) throws {
            alarm = try Alarm(row)
            let (name, handle, ours): (String, String, String) = (try row["display_name"], try row["handle"], try row["channel_handle"])
            who = name.isEmpty ? handle : name
            network = try row["network"]
            audience = try Audience(row["network_visibility"], on: network)
            let (text, removedAt): (String, Date?) = (try row["text"], try row["removed_at"])
            self.text = removedAt == nil ? String(text.withoutUs(ours).prefix(240)) : nil
        }
    }
}

/// Raised by the word list or by hand; stands over every page until somebody takes it over.
public struct Alarms: Sendable {
    let store: Store

    /// Those that nobody has taken over, the newest first. One whose conversation is answered or closed is none any more.
    public func calls() async throws -> [Alarm.Call] {
        try await store.read { db in
            try db.calls(
                """
                alarm.taken_at IS NULL AND conversation.urgent_since IS NOT NULL AND conversation.state = 'open'
                AND alarm.id = (SELECT max(id) FROM alarm AS newer WHERE newer.conversation_id = conversation.id)
                """)
        }
    }

    /// After such an event there may be one more or less.
    public static func concerns(_ verb: Verb) -> Bool {
        switch verb {
        case .alarmRaised, .alarmTaken, .alarmDismissed, .conversationClosed, .conversationReopened, .replySent, .redirectSent, .answeredElsewhere,
            .deliveryWithdrawn, .deliveryFailed, .followUpSet, .messageRemoved, .messageEdited, .citizenErased: true
        default: false
        }
    }

    /// What was raised last, whatever became of it.
    public func latest() async throws -> [Alarm.Call] {
        try await store.read { db in try db.calls("1 = 1") }
    }

    /// Where an alarm was raised.
    /// - Throws: `Refusal.notFound`.
    public func conversation(of id: ID<Alarm>) async throws -> ID<Conversation> {
        try await store.read { db in try db.row("SELECT conversation_id FROM alarm WHERE id = \(id)").orNotFound()["conversation_id"] }
    }

    /// A colleague marks a conversation by hand.
    /// - Throws: `Refusal.messageGone` where nothing of the citizen's stands there any more.
    public func raise(_ danger: Danger, in id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            var conversation = try db.conversation(id)
            guard let message = conversation.lastMessage else { throw Refusal.messageGone }
            guard conversation.becomeUrgent(at: time, by: try db.calendar()) else { return }
            try db.save(conversation)
            try db.raise(danger, words: nil, over: message, in: id, on: conversation.channel, by: .colleague(colleague), at: time)
        }
    }

    /// „Ich übernehme“: the conversation is theirs, and the lease on answering it, too.
    /// - Throws: `Refusal.alarmTaken` where a colleague was quicker.
    public func takeOver(_ id: ID<Alarm>, by colleague: ID<Colleague>, at time: Date) async throws {
        let conversation = try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            let row = try db.row(
                """
                SELECT alarm.conversation_id, alarm.taken_by, taker.name FROM alarm LEFT JOIN colleague AS taker ON taker.id = alarm.taken_by
                WHERE alarm.id = \(id)
                """
            ).orNotFound()
            let (home, taker): (ID<Conversation>, ID<Colleague>?) = (try row["conversation_id"], try row["taken_by"])
            guard taker == nil || taker == colleague else { throw Refusal.alarmTaken(by: try row["name"]) }
            guard taker == nil else { return home }
            try db.run("UPDATE alarm SET taken_by = \(colleague), taken_at = \(time) WHERE id = \(id)")
            try db.record(Event(.alarmTaken, by: .colleague(colleague), at: time, conversation: home))
            try db.assign(try db.conversation(home), to: .colleague(colleague), by: colleague, at: time)
            try db.takeOverLease(on: home, by: colleague, at: time)
            return home
        }
        try await store.notify("row:\(conversation)")
    }

    /// It was none: the conversation is due as any other.
    public func dismiss(in id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            var conversation = try db.conversation(id)
            guard conversation.calmDown(by: try db.calendar()) else { return }
            try db.save(conversation)
            try db.run("UPDATE alarm SET dismissed_at = \(time) WHERE conversation_id = \(id) AND dismissed_at IS NULL")
            try db.record(Event(.alarmDismissed, by: .colleague(colleague), at: time, conversation: id))
        }
    }
}

// MARK: - What raises it

extension Alarms {
    public func words() async throws -> [AlarmWord] {
        try await store.read { db in try db.alarmWords() }
    }

    /// - Throws: `Refusal.alarmWordInvalid` for less than two letters and for what is too long, `.tooManyAlarmWords`.
    public func add(_ words: String, danger: Danger, by colleague: ID<Colleague>, at time: Date) async throws {
        let words = words.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard words.count <= AlarmWord.longest, SearchWords.tokens(of: [words]).joined().count >= 2 else { throw Refusal.alarmWordInvalid }
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            guard try db.row("SELECT 1 FROM alarm_word WHERE words = \(words)") == nil else { return }
            guard try db.value("SELECT count(*) FROM alarm_word") ?? 0 < AlarmWord.most else { throw Refusal.tooManyAlarmWords }
            try db.run("INSERT INTO alarm_word (words, danger, colleague_id, added_at) VALUES (\(words), \(danger), \(colleague), \(time))")
            try db.record(Event(.alarmWordsChanged, by: .colleague(colleague), at: time, detail: "added"))
        }
    }

    public func remove(_ id: ID<AlarmWord>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            guard try db.run("DELETE FROM alarm_word WHERE id = \(id)") == 1 else { return }
            try db.record(Event(.alarmWordsChanged, by: .colleague(colleague), at: time, detail: "removed"))
        }
    }
}

extension Database {
    /// - Parameter words: Of the list; `nil` by hand.
    func raise(
        _ danger: Danger, words: String?, over message: ID<Message>, in conversation: ID<Conversation>, on channel: ID<Channel>,
        by actor: Event.Actor, at time: Date
    ) throws {
        let raiser: ID<Colleague>? = if case .colleague(let id) = actor { id } else { nil }
        try add(
            Insert(
                "alarm", "conversation_id, message_id, danger, words, raised_by, raised_at",
                "\(conversation), \(message), \(danger), \(words), \(raiser), \(time)"))
        try record(
            Event(.alarmRaised, by: actor, at: time, channel: channel, conversation: conversation, message: message, detail: danger.rawValue))
    }

    /// The alarm that a conversation is urgent by.
    func alarm(of id: ID<Conversation>) throws -> Alarm? {
        try calls("alarm.conversation_id = \(id) AND alarm.dismissed_at IS NULL").first?.alarm
    }

    fileprivate func calls(_ condition: SQL) throws -> [Alarm.Call] {
        try rows(
            """
            SELECT alarm.id, alarm.conversation_id, alarm.danger, alarm.words, alarm.raised_at, raiser.name AS raised_by_name,
                taker.name AS taken_by_name, citizen.display_name, citizen.handle, channel.network, channel.handle AS channel_handle,
                message.network_visibility, message.text, message.removed_at
            FROM alarm JOIN conversation ON conversation.id = alarm.conversation_id JOIN message ON message.id = alarm.message_id
                JOIN channel ON channel.id = conversation.channel_id JOIN citizen ON citizen.id = conversation.citizen_id
                LEFT JOIN colleague AS raiser ON raiser.id = alarm.raised_by LEFT JOIN colleague AS taker ON taker.id = alarm.taken_by
            WHERE \(sql: condition) ORDER BY alarm.id DESC LIMIT 20
            """
        ).map(Alarm.Call.init)
    }
}
