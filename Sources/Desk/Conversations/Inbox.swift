import Foundation
import Networks
import Store

/// One line of the inbox.
public struct InboxRow: Sendable, Hashable {
    public let id: ID<Conversation>
    public let network: String
    public let state: Conversation.State
    /// Who reads the citizen's newest words.
    public let audience: Audience
    public let lastAt: Date
    public let citizenName: String
    public let citizenHandle: String
    /// The citizen's newest words; `nil` where they were removed or erased.
    public let excerpt: String?
    /// The content warning that hides the words; `nil` where there is none.
    public let warning: String?
    public let mediaCount: Int
    /// Messages in both directions; counting stops at 100.
    public let messageCount: Int
    public let assignee: ID<Colleague>?
    public let assigneeName: String?
    /// Who is answering just now.
    public let answering: String?
    public let answeringID: ID<Colleague>?
    /// The most troubled delivery: failed or unclear; or one on its way.
    public let delivery: Delivery.State?

    init(_ row: Row) throws {
        id = try row["id"]
        network = try row["network"]
        audience = try Audience(row["network_visibility"], on: network)
        state = try row["state"]
        lastAt = try row["last_at"]
        citizenName = try row["display_name"]
        citizenHandle = try row["handle"]
        let isThere: Bool = try row["is_there"]
        let text: String? = try row["excerpt"]
        let handle: String = try row["channel_handle"]
        excerpt = isThere ? text?.withoutUs(handle) : nil
        warning = isThere ? try row["warning"] : nil
        mediaCount = try row["media_count"]
        messageCount = try row["message_count"]
        assignee = try row["assignee_id"]
        assigneeName = try row["assignee_name"]
        answering = try row["answering"]
        answeringID = try row["answering_id"]
        delivery = try row["delivery_state"]
    }
}

extension String {
    /// Who writes to us names us first; there is better use for the room.
    /// - Parameter handle: Our account's.
    public func withoutUs(_ handle: String) -> String {
        guard first == "@", prefix(handle.count + 1).dropFirst().lowercased() == handle.lowercased() else { return self }
        let said = dropFirst(handle.count + 1)
        guard said.first?.isWhitespace ?? true else { return self }
        let rest = said.drop(while: \.isWhitespace)
        return rest.isEmpty ? self : String(rest)
    }
}

/// Which conversations a list shows.
public enum InboxView: Sendable, Hashable {
    case open, answered, closed, all
    case mine(ID<Colleague>)
}

/// Where the next page of a list goes on.
public struct InboxPosition: Sendable, Equatable {
    public let lastAt: Date
    public let id: ID<Conversation>

    public init(lastAt: Date, id: ID<Conversation>) {
        self.lastAt = lastAt
        self.id = id
    }
}

/// The inbox as one look sees it.
public struct Inbox: Sendable {
    public let rows: [InboxRow]
    /// How many are open, counted up to 1,000.
    public let open: Int
    /// How many of them this colleague has, counted up to 1,000.
    public let mine: Int
    public let channels: [Channel]
    /// The record's head: the live feed goes on from here.
    public let head: Int64

    public enum Page: Sendable {
        /// Newest first, after the last row of the page before.
        case view(InboxView, after: InboxPosition?, limit: Int)
        /// In no order.
        case these([ID<Conversation>])
    }
}

extension Conversations {
    public func inbox(_ page: Inbox.Page, of colleague: ID<Colleague>) async throws -> Inbox {
        try await store.read { [counts] db in
            let (head, waits) = (try db.head(), try db.hasUnsealed())
            func count(_ view: InboxView) throws -> Int { try counts.count(view, at: waits ? nil : head) { try db.count(view) } }
            let rows =
                switch page {
                case .view(let view, let position, let limit): try db.list(view, after: position, limit: limit)
                case .these(let ids): try db.list(ids)
                }
            return Inbox(
                rows: rows, open: try count(.open), mine: try count(.mine(colleague)), channels: try db.channels(), head: head)
        }
    }

    /// A page of a list, newest first.
    /// - Parameter position: The last row of the page before.
    public func list(_ view: InboxView, after position: InboxPosition? = nil, limit: Int = 50) async throws -> [InboxRow] {
        try await store.read { db in try db.list(view, after: position, limit: limit) }
    }

    /// The rows of these conversations, for the live feed; in no order.
    public func rows(_ ids: [ID<Conversation>]) async throws -> [InboxRow] {
        try await store.read { db in try db.list(ids) }
    }
}

extension Database {
    /// Read by an index that ends in its sort key.
    fileprivate func list(_ view: InboxView, after position: InboxPosition?, limit: Int) throws -> [InboxRow] {
        let (lastAt, id) = (position?.lastAt ?? Date(timeIntervalSince1970: 1e11), position?.id ?? ID(rawValue: .max))
        return try rows(
            """
            SELECT \(sql: Self.columns) FROM (
                SELECT * FROM conversation
                WHERE \(sql: Self.condition(view)) AND (last_at, id) < (\(lastAt), \(id))
                ORDER BY last_at DESC, id DESC LIMIT \(limit)
            ) AS conversation \(sql: joins) ORDER BY conversation.last_at DESC, conversation.id DESC
            """
        ).map(InboxRow.init)
    }

    fileprivate func list(_ ids: [ID<Conversation>]) throws -> [InboxRow] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT \(sql: Self.columns) FROM conversation \(sql: joins) WHERE conversation.id \(in: ids)")
            .map(InboxRow.init)
    }

    fileprivate func count(_ view: InboxView) throws -> Int {
        try value("SELECT count(*) FROM (SELECT 1 FROM conversation WHERE \(sql: Self.condition(view)) LIMIT 1000) AS counted") ?? 0
    }

    private static func condition(_ view: InboxView) -> SQL {
        switch view {
        case .open: "state = 'open'"
        case .answered: "state = 'answered'"
        case .closed: "state = 'closed'"
        case .all: "1 = 1"
        case .mine(let colleague): "assignee_id = \(colleague) AND state = 'open'"
        }
    }

    private static var columns: SQL {
        """
        conversation.id, channel.network, channel.handle AS channel_handle, conversation.state,
        COALESCE(message.network_visibility, '') AS network_visibility,
        conversation.last_at, citizen.display_name, citizen.handle, substr(message.text, 1, 240) AS excerpt,
        (message.id IS NOT NULL AND message.removed_at IS NULL) AS is_there, message.warning,
        (SELECT count(*) FROM media WHERE media.message_id = conversation.last_message_id AND media.kind <> 'emoji') AS media_count,
        (SELECT count(*) FROM (SELECT 1 FROM message AS one WHERE one.conversation_id = conversation.id AND one.direction <> 'note'
            AND one.removed_at IS NULL LIMIT 100) AS counted) AS message_count,
        conversation.assignee_id, assignee.name AS assignee_name,
        answerer.id AS answering_id, answerer.name AS answering,
        (SELECT delivery.state FROM delivery WHERE delivery.conversation_id = conversation.id
            AND delivery.state IN ('waiting', 'claimed', 'sending', 'failed', 'unclear')
            ORDER BY CASE delivery.state WHEN 'unclear' THEN 0 WHEN 'failed' THEN 1 ELSE 2 END LIMIT 1) AS delivery_state
        """
    }

    private var joins: SQL {
        """
        JOIN channel ON channel.id = conversation.channel_id JOIN citizen ON citizen.id = conversation.citizen_id
        LEFT JOIN message ON message.id = conversation.last_message_id
        LEFT JOIN colleague AS assignee ON assignee.id = conversation.assignee_id
        LEFT JOIN answer_lease ON answer_lease.conversation_id = conversation.id AND answer_lease.until >= \(sql: dialect.clock)
        LEFT JOIN colleague AS answerer ON answerer.id = answer_lease.colleague_id
        """
    }
}
