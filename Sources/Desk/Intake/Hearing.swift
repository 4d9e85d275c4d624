import Foundation
import Networks
import Store

/// Takes in events one by one, inside one transaction.
struct Hearing {
    let db: Database
    let channel: Channel
    let time: Date
    var isImport = false

    init(db: Database, channel: Channel, at time: Date) {
        self.db = db
        self.channel = channel
        self.time = time
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
        try db.name(message.object, message.localID, on: channel.id)
        if let known = try db.row("SELECT * FROM message WHERE network = \(channel.network) AND object = \(message.object)") {
            return try revise(Message(known), to: heard)
        }
        if try db.row("SELECT 1 FROM post WHERE network = \(channel.network) AND object = \(message.object)") != nil {
            // A post that was only context is a message now that it turns out to concern us.
            guard !isContext, !message.isOurs else { return try revisePost(to: heard) }
            try db.dropPost(message.object, on: channel.network, at: time)
        }
        // Deleted before we heard of it: the journal remembers the deletion.
        if try db.wasDeleted(message.localID, on: channel.id) { return try db.dropItems(of: message.object) }
        if message.isOurs {
            try hearOurs(heard)
        } else if isContext {
            try addPost(heard)
        } else {
            try hearCitizen(heard)
        }
    }

    private func hearCitizen(_ heard: Intake.Heard) throws {
        let message = heard.message
        let citizen = try db.citizen(message.author, on: channel.network)
        var conversation = try conversation(of: citizen, for: message)
        let arrival = arrival(of: message)
        let id = try db.insert(heard, direction: .in, in: conversation.id, citizen: citizen, channel: channel, at: arrival)
        let wasAnswered = try isImport && db.hasMessage(.out, in: conversation.id, after: message.writtenAt)
        let reopens = conversation.hear(id, at: arrival)
        if wasAnswered { conversation.answer() }
        try db.save(conversation)
        try db.record(
            Event(
                .messageReceived, by: .citizen(citizen), at: time, channel: channel.id, conversation: conversation.id, message: id,
                citizen: citizen, detail: reopens ? "reopened" : nil))
    }

    /// Our own post, the echo of our own reply, or an answer that a colleague gave in the network's own app.
    private func hearOurs(_ heard: Intake.Heard) throws {
        let message = heard.message
        guard let parent = message.parentLocalID, let place = try db.place(ofParent: parent, on: channel.id, channel.network),
            let home = place.conversation
        else { return try addPost(heard) }
        if try db.recogniseEcho(of: message, in: home, at: time) { return }
        var conversation = try db.conversation(home)
        let id = try db.insert(heard, direction: .out, in: home, citizen: nil, channel: channel, at: arrival(of: message))
        // We may hear of it late: what the citizen wrote after it is owed an answer still.
        if try !db.hasMessage(.in, in: home, after: message.writtenAt) { conversation.answer() }
        try db.save(conversation)
        try db.record(
            Event(.answeredElsewhere, by: .network, at: time, channel: channel.id, conversation: home, message: id))
    }

    private func conversation(of citizen: ID<Citizen>, for message: InboundMessage) throws -> Conversation {
        let thread = try thread(of: message)
        if let row = try db.row("SELECT * FROM conversation WHERE citizen_id = \(citizen) AND thread = \(thread)") {
            return try Conversation(row)
        }
        let id: ID<Conversation>? = try db.value(
            """
            INSERT INTO conversation (channel_id, citizen_id, thread, visibility, state, last_at)
            VALUES (\(channel.id), \(citizen), \(thread), \(message.visibility), 'open', \(arrival(of: message))) RETURNING id
            """)
        return try db.conversation(id.orNotFound())
    }

    /// Now; history came when it was written.
    private func arrival(of message: InboundMessage) -> Date {
        isImport ? min(time, message.writtenAt) : time
    }

    /// The root that a message hangs under; a private correspondence hangs under its channel.
    private func thread(of message: InboundMessage) throws -> String {
        guard message.visibility == .public else { return "private:\(channel.id)" }
        guard let parent = message.parentLocalID, let place = try db.place(ofParent: parent, on: channel.id, channel.network), place.isPublic else {
            return message.object
        }
        return place.thread
    }

    private func remove(_ localID: String) throws {
        guard let object = try db.object(named: localID, on: channel.id) else { return }
        if let row = try db.row("SELECT * FROM message WHERE network = \(channel.network) AND object = \(object)") {
            let message = try Message(row)
            try db.dropItems(of: object)
            guard message.removedAt == nil else { return }
            try db.strip(message.id, by: .network, at: time)
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
