import Foundation
import Networks
import Store

/// Takes in events one by one, inside one transaction.
struct Hearing {
    let db: Database
    let channel: Channel
    let time: Date
    var isImport = false
    var receivedAt: Date
    private var known: Known
    private var keys: NewKeys
    let calendar: BusinessCalendar
    let alarmWords: AlarmWords

    /// - Parameter messages: All that will be heard.
    init(db: Database, channel: Channel, messages: [InboundMessage], at time: Date) throws {
        self.db = db
        self.channel = channel
        self.time = time
        receivedAt = time
        known = try db.known(of: messages, on: channel)
        keys = try NewKeys(messages.count, in: db)
        calendar = try db.calendar()
        alarmWords = AlarmWords(try db.alarmWords())
        db.gather(into: ["local_name", "citizen", "conversation", "message", "message_search", "media", "alarm", "event"])
    }

    mutating func hear(_ event: Intake.Meaning.Event) throws {
        switch event {
        case .message(let heard): try hear(heard, isContext: false)
        case .removed(let localID): try remove(localID)
        case .reaction(let reaction): try count(reaction)
        }
    }

    /// - Parameter isContext: It stands above what concerns us and is shown there; it owes nobody an answer.
    mutating func hear(_ heard: Intake.Heard, isContext: Bool) throws {
        let message = heard.message
        // It waited while its writer was erased.
        if let erasedAt = known.citizens[message.author.object]?.erasedAt, receivedAt <= erasedAt {
            return try db.dropItems(of: message.object)
        }
        try db.name(message.object, message.localID, on: channel.id)
        known.places[message.localID] = nil
        guard known.news.remove(message.object) == nil else { return try admit(heard, isContext: isContext) }
        if let known = try db.row("SELECT * FROM message WHERE network = \(channel.network) AND object = \(message.object)") {
            return try revise(Message(known), to: heard)
        }
        if try db.row("SELECT 1 FROM post WHERE network = \(channel.network) AND object = \(message.object)") != nil {
            // A post that was only context is a message now that it turns out to concern us.
            guard !isContext, !message.isOurs else { return try revisePost(to: heard) }
            try db.dropPost(message.object, on: channel.network, at: time)
        }
        // Deleted before we heard of it: the journal remembers the deletion.
        if try !db.deleted([message.localID], on: channel.id).isEmpty { return try db.dropItems(of: message.object) }
        try admit(heard, isContext: isContext)
    }

    private mutating func admit(_ heard: Intake.Heard, isContext: Bool) throws {
        if heard.message.isOurs {
            try hearOurs(heard)
        } else if isContext {
            try addPost(heard)
        } else {
            try hearCitizen(heard)
        }
    }

    private mutating func hearCitizen(_ heard: Intake.Heard) throws {
        let message = heard.message
        let isStranger = known.citizens[message.author.object] == nil
        let (citizen, arrival) = (try citizen(message.author), arrival(of: message))
        let begun = isStranger ? nil : try conversation(of: citizen, for: message)
        var conversation = try begun ?? Conversation(
            keys.conversation(), on: channel.id, with: citizen, under: thread(of: message), message.visibility, at: arrival)
        let id = keys.message()
        let owedAlready = begun?.state == .open
        let wasAnswered = try isImport && begun != nil && db.hasMessage(.out, in: conversation.id, after: message.writtenAt)
        var reopens = false
        if wasAnswered {
            conversation.hearAnswered(id, at: arrival)
        } else {
            reopens = conversation.hear(id, at: arrival, heardAt: time, by: calendar)
        }
        let cry = isImport ? nil : alarmWords.first(in: heard.said)
        let isAlarming = cry != nil && conversation.becomeUrgent(at: arrival, by: calendar)
        try begun == nil ? db.insert(conversation) : db.save(conversation)
        try db.insert(
            heard, as: id, direction: .in, cameAs: isImport ? .history : owedAlready ? .addition : .question, in: conversation.id,
            citizen: citizen, channel: channel, at: arrival)
        try db.record(
            Event(
                .messageReceived, by: .citizen(citizen), at: time, channel: channel.id, conversation: conversation.id, message: id,
                citizen: citizen, detail: begun != nil && reopens ? "reopened" : nil))
        if let cry, isAlarming {
            try db.raise(cry.danger, words: cry.words, over: id, in: conversation.id, on: channel.id, by: .schalter, at: time)
        }
    }

    /// Our own post, the echo of our own reply, or what a colleague wrote in the network's own app: an answer, or the first word of a
    /// private correspondence.
    private mutating func hearOurs(_ heard: Intake.Heard) throws {
        let message = heard.message
        guard let home = try place(above: message)?.conversation ?? correspondence(with: message.mentions, for: message) else {
            return try addPost(heard)
        }
        if try db.recogniseEcho(of: message, in: home, at: time) { return }
        var conversation = try db.conversation(home)
        let id = keys.message()
        try db.insert(heard, as: id, direction: .out, in: home, citizen: nil, channel: channel, at: arrival(of: message))
        // We may hear of it late: what the citizen wrote after it is owed an answer still.
        if try !db.hasMessage(.in, in: home, after: message.writtenAt) {
            conversation.answer(at: arrival(of: message))
            try db.keepFollowUp(of: home, by: nil, at: time)
        }
        try db.save(conversation)
        try db.record(
            Event(.answeredElsewhere, by: .network, at: time, channel: channel.id, conversation: home, message: id))
    }

    private func conversation(of citizen: ID<Citizen>, for message: InboundMessage) throws -> Conversation? {
        try db.row("SELECT * FROM conversation WHERE citizen_id = \(citizen) AND thread = \(thread(of: message))").map(Conversation.init)
    }

    /// The private correspondence with the one whom a message names.
    private func correspondence(with handles: [String], for message: InboundMessage) throws -> ID<Conversation>? {
        guard message.visibility == .private, message.parentLocalID == nil, let handle = handles.first, handles.count == 1 else { return nil }
        return try db.value(
            """
            SELECT conversation.id FROM citizen JOIN conversation ON conversation.citizen_id = citizen.id
            WHERE citizen.network = \(channel.network) AND citizen.handle = \(handle) AND conversation.thread = \(privateThread)
            """)
    }

    /// The citizen with this account, with the name they have now.
    mutating func citizen(_ author: Author) throws -> ID<Citizen> {
        let before = known.citizens[author.object]
        if let before, before.isNamed(as: author) { return before.id }
        let citizen = Citizen(before?.id ?? keys.citizen(), author)
        try before == nil ? db.insert(citizen, author, on: channel.network) : db.rename(citizen)
        known.citizens[author.object] = citizen
        return citizen.id
    }

    /// Where that stands which a message answers; `nil` where it answers nothing that we know.
    func place(above message: InboundMessage) throws -> Place? {
        guard let parent = message.parentLocalID else { return nil }
        return try known.places[parent] ?? db.place(parent, on: channel)
    }

    /// Now; history came when it was written.
    private func arrival(of message: InboundMessage) -> Date {
        isImport ? min(time, message.writtenAt) : time
    }

    /// The root that a message hangs under; a private correspondence hangs under its channel.
    private func thread(of message: InboundMessage) throws -> String {
        guard message.visibility == .public else { return privateThread }
        guard let place = try place(above: message), place.isPublic else { return message.object }
        return place.thread
    }

    private var privateThread: String { "private:\(channel.id)" }

    private func remove(_ localID: String) throws {
        guard let object = try db.object(named: localID, on: channel.id) else { return }
        if let row = try db.row("SELECT * FROM message WHERE network = \(channel.network) AND object = \(object)") {
            let message = try Message(row)
            try db.dropItems(of: object)
            guard message.removedAt == nil else { return }
            try db.strip([message.id], by: .network, at: time)
            try db.record(
                Event(
                    .messageRemoved, by: .network, at: time, channel: channel.id, conversation: message.conversation, message: message.id))
        } else if let post: ID<Post> = try db.value(
            "SELECT id FROM post WHERE network = \(channel.network) AND object = \(object) AND removed_at IS NULL")
        {
            try db.strip(post, object: object, at: time, sweepAt: time)
            try db.record(Event(.messageRemoved, by: .network, at: time, channel: channel.id, detail: "post"))
        }
    }

    private func count(_ reaction: Reaction) throws {
        // What history's posts have of them is in their own figures already.
        guard !isImport else { return }
        let (like, share) = reaction.kind == .like ? (1, 0) : (0, 1)
        for table in ["message", "post"] {
            try db.run(
                """
                UPDATE \(raw: table) SET likes = likes + \(like), shares = shares + \(share)
                WHERE network = \(channel.network) AND object = \(reaction.object)
                """)
        }
    }
}
