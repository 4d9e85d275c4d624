import Networks
import Store

/// What the desk knows already of what a batch of items speaks of, read at once, and keys for what is new in it: so a message that comes
/// for the first time waits for no answer of the database.
struct Known {
    /// Objects that are neither message nor post, and whose deletion nobody told us of.
    var news: Set<String>
    /// By account.
    var citizens: [String: Citizen]
    /// What messages answer, by its local name.
    var places: [String: Place]
}

/// Keys for new rows, at most one of each kind for a message.
struct NewKeys {
    private var citizens: [ID<Citizen>]
    private var conversations: [ID<Conversation>]
    private var messages: [ID<Message>]

    init(_ count: Int, in db: Database) throws {
        citizens = try db.newKeys(count, for: "citizen")
        conversations = try db.newKeys(count, for: "conversation")
        messages = try db.newKeys(count, for: "message")
    }

    mutating func citizen() -> ID<Citizen> { citizens.removeLast() }
    mutating func conversation() -> ID<Conversation> { conversations.removeLast() }
    mutating func message() -> ID<Message> { messages.removeLast() }
}

extension Database {
    func known(of messages: [InboundMessage], on channel: Channel) throws -> Known {
        let deleted = Set(try deleted(messages.map(\.localID), on: channel.id))
        let news = Set(messages.filter { !deleted.contains($0.localID) }.map(\.object))
        return Known(
            news: news.subtracting(try standing(messages.map(\.object), on: channel.network)),
            citizens: try citizens(Set(messages.map(\.author.object)), on: channel.network),
            places: try places(Set(messages.compactMap(\.parentLocalID)), on: channel))
    }

    /// Which of these are a message or a post.
    private func standing(_ objects: [String], on network: String) throws -> [String] {
        try rows(
            """
            SELECT object FROM message WHERE network = \(network) AND object \(in: objects)
            UNION ALL SELECT object FROM post WHERE network = \(network) AND object \(in: objects)
            """
        ).map { try $0["object"] }
    }

    /// Of which of these the journal holds a deletion. COALESCE: by their names, and not through the index of all deletions.
    func deleted(_ localIDs: [String], on channel: ID<Channel>) throws -> [String] {
        try rows(
            """
            SELECT object FROM item
            WHERE channel_id = \(channel) AND object \(in: localIDs.map { "id:" + $0 }) AND COALESCE(verb, '') = 'delete'
            """
        ).map { String(try ($0["object"] as String).dropFirst(3)) }
    }

    private func citizens(_ accounts: Set<String>, on network: String) throws -> [String: Citizen] {
        try rows("SELECT * FROM citizen WHERE network = \(network) AND account \(in: accounts.sorted())")
            .reduce(into: [:]) { $0[try $1["account"]] = try Citizen($1) }
    }

    /// Descending, so that the last is the first.
    fileprivate func newKeys<Of>(_ count: Int, for table: String) throws -> [ID<Of>] {
        guard count > 0 else { return [] }
        return try rows(dialect.newKeys(count, for: table)).map { try $0["id"] }.reversed()
    }
}

extension Array {
    /// In their order, at most so many together.
    func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
