import Foundation
import Networks
import Store

/// The smallest thing that came in, went out, or was noted.
public struct Message: Sendable, Equatable {
    public enum Direction: String, Sendable, SQLValueConvertible { case `in`, out, note }
    /// As what a citizen's message came: it made us owe an answer, one was owed already, or it was fetched from before we listened.
    enum Arrival: String, SQLValueConvertible { case question, addition, history }
    /// Who took its text away.
    public enum Remover: String, Sendable, SQLValueConvertible { case network, colleague, erasure, withdrawal }

    public let id: ID<Message>
    public let conversation: ID<Conversation>
    public let channel: ID<Channel>
    let network: String
    public let direction: Direction
    /// The network's global name; `nil` for a note, and for a reply until its network took it.
    public let object: String?
    public let localID: String?
    public let citizen: ID<Citizen>?
    /// `nil` for a citizen's message, and where a colleague answered in the network's own app.
    public let colleague: ID<Colleague>?
    public let text: String
    public let warning: String?
    public let language: String?
    public let visibility: Visibility
    public let networkVisibility: String
    public let parentLocalID: String?
    public let url: String?
    public let poll: Poll?
    public let likes: Int
    public let shares: Int
    public let isLiked: Bool
    /// Counts up with each edit, so that an answer can say which text it answers.
    public let revision: Int
    public let receivedAt: Date
    public let writtenAt: Date
    public let editedAt: Date?
    public let removedAt: Date?
    public let removedBy: Remover?
    /// A note that says how the citizen got their answer elsewhere; `nil` for all others.
    public let answeredBy: OtherAnswer.Means?

    public var audience: Audience { Audience(networkVisibility, on: network) }

    init(_ row: Row) throws {
        id = try row["id"]
        conversation = try row["conversation_id"]
        channel = try row["channel_id"]
        network = try row["network"]
        direction = try row["direction"]
        object = try row["object"]
        localID = try row["local_id"]
        citizen = try row["citizen_id"]
        colleague = try row["colleague_id"]
        text = try row["text"]
        warning = try row["warning"]
        language = try row["language"]
        visibility = try row["visibility"]
        networkVisibility = try row["network_visibility"]
        parentLocalID = try row["parent_local_id"]
        url = try row["url"]
        poll = try (row["poll"] as String?).flatMap(Poll.init(stored:))
        likes = try row["likes"]
        shares = try row["shares"]
        isLiked = try row["is_liked"]
        revision = try row["revision"]
        receivedAt = try row["received_at"]
        writtenAt = try row["written_at"]
        editedAt = try row["edited_at"]
        removedAt = try row["removed_at"]
        removedBy = try row["removed_by"]
        answeredBy = try row["answered_by"]
    }
}

extension Message {
    var localName: LocalName? { localID.map { LocalName(channel: channel, localID: $0) } }
    /// What it answers.
    var parent: LocalName? { parentLocalID.map { LocalName(channel: channel, localID: $0) } }
}

extension Poll {
    init?(stored: String) {
        guard let poll = try? JSONDecoder().decode(Poll.self, from: Data(stored.utf8)) else { return nil }
        self = poll
    }

    /// As it lies in the database.
    var stored: String? { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } }
}

extension Database {
    /// - Throws: `Refusal.notFound`.
    func message(_ id: ID<Message>) throws -> Message {
        try Message(try row("SELECT * FROM message WHERE id = \(id)").orNotFound())
    }

    /// Takes messages' texts away, here and in search, with their earlier texts and their media.
    func strip(_ ids: [ID<Message>], by remover: Message.Remover, at time: Date) throws {
        try run(
            """
            UPDATE message SET text = '', warning = NULL, poll = NULL, url = NULL, removed_at = \(time), removed_by = \(remover),
                revision = revision + 1
            WHERE id \(in: ids) AND removed_at IS NULL
            """)
        try run("DELETE FROM earlier_text WHERE message_id \(in: ids)")
        try dialect.unindex(messages: ids.map(\.rawValue), from: self)
        try dropMedia(of: "message_id \(in: ids)", sweepAt: time)
    }
}
