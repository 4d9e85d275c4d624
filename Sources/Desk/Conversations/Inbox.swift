import Foundation
import Networks
import Store

/// Which conversations a list shows.
public enum InboxView: Sendable, Hashable {
    case open, unassigned, waiting, answered, closed, all
    case mine(ID<Colleague>)
    /// Given to a team of this colleague's, and nobody of it has it yet.
    case team(ID<Colleague>)

    /// What is due first stands first, and of that what came last; the others have what was touched last first.
    public var isByDue: Bool {
        switch self {
        case .open, .mine, .team, .unassigned, .waiting: true
        case .answered, .closed, .all: false
        }
    }
}

/// Where the next page of a list goes on.
public struct InboxPosition: Sendable, Equatable {
    /// `nil` in a list that is not by due time.
    public let dueAt: Date?
    public let at: Date
    public let id: ID<Conversation>

    public init(dueAt: Date?, at: Date, id: ID<Conversation>) {
        self.dueAt = dueAt
        self.at = at
        self.id = id
    }

    public init(_ row: InboxRow, in view: InboxView) {
        self.init(dueAt: view.isByDue ? row.dueAt : nil, at: view.isByDue ? row.lastAt : row.movedAt, id: row.id)
    }
}

/// The inbox as one look sees it.
public struct Inbox: Sendable {
    public let rows: [InboxRow]
    /// How many are open, counted up to 1,000.
    public let open: Int
    /// How many of them this colleague has, counted up to 1,000.
    public let mine: Int
    /// How many are with their teams and nobody's yet, counted up to 1,000.
    public let team: Int
    /// The teams this colleague is in.
    public let teams: [ID<NamedTeam>]
    public let unassigned: Int
    public let waiting: Int
    public let channels: [Channel]
    /// What this colleague can come back to: their own, then those that others share.
    public let savedViews: [SavedView]
    /// The record's head: the live feed goes on from here.
    public let head: Int64

    public enum Page: Sendable {
        /// In the view's order, after the last row of the page before.
        case view(InboxView, InboxFilter = InboxFilter(), after: InboxPosition?, limit: Int)
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
                case .view(let view, let filter, let position, let limit): try db.list(view, filter, after: position, limit: limit)
                case .these(let ids): try db.list(ids)
                }
            let teams = try counts.teams(of: colleague, at: waits ? nil : head) { try db.teams(of: colleague) }
            return Inbox(
                rows: rows, open: try count(.open), mine: try count(.mine(colleague)),
                team: teams.isEmpty ? 0 : try count(.team(colleague)), teams: teams, unassigned: try count(.unassigned),
                waiting: try count(.waiting), channels: try db.channels(),
                savedViews: try counts.savedViews(at: waits ? nil : head) { try db.savedViews() }.seen(by: colleague), head: head)
        }
    }

    /// A page of a list, in the view's order.
    /// - Parameter position: The last row of the page before.
    public func list(
        _ view: InboxView, _ filter: InboxFilter = InboxFilter(), after position: InboxPosition? = nil, limit: Int = 50
    ) async throws -> [InboxRow] {
        try await store.read { db in try db.list(view, filter, after: position, limit: limit) }
    }

    /// The one after this in a list, wherever this one is now; the list's first where it was the last.
    /// - Returns: `nil` where there is no other.
    public func next(
        after id: ID<Conversation>, in view: InboxView, _ filter: InboxFilter = InboxFilter()
    ) async throws -> ID<Conversation>? {
        try await store.read { db in
            guard let row = try db.list([id]).first else { return nil }
            let next = try db.list(view, filter, after: InboxPosition(row, in: view), limit: 1).first
            return try next?.id ?? db.list(view, filter, after: nil, limit: 2).first { $0.id != id }?.id
        }
    }

    /// The rows of these conversations, for the live feed; in no order.
    public func rows(_ ids: [ID<Conversation>]) async throws -> [InboxRow] {
        try await store.read { db in try db.list(ids) }
    }
}

extension Database {
    /// Read by an index that ends in its sort key.
    fileprivate func list(_ view: InboxView, _ filter: InboxFilter, after position: InboxPosition?, limit: Int) throws -> [InboxRow] {
        func rows(_ condition: SQL, by order: SQL, limit: Int) throws -> [InboxRow] {
            try self.rows(of: view, filter.isEmpty ? condition : condition + " AND " + filter.condition, by: order, limit: limit)
        }
        guard view.isByDue else {
            let (at, id) = (position?.at ?? Self.never, position?.id ?? ID(rawValue: .max))
            return try rows("(moved_at, id) < (\(at), \(id))", by: "conversation.moved_at DESC, conversation.id DESC", limit: limit)
        }
        let order: SQL = "conversation.due_at, conversation.last_at DESC, conversation.id DESC"
        guard let position, let dueAt = position.dueAt else { return try rows("1 = 1", by: order, limit: limit) }
        // Two looks, because an index can't be entered at a place that is given by keys of different directions.
        let same = try rows("due_at = \(dueAt) AND (last_at, id) < (\(position.at), \(position.id))", by: order, limit: limit)
        guard same.count < limit else { return same }
        return same + (try rows("due_at > \(dueAt)", by: order, limit: limit - same.count))
    }

    private func rows(of view: InboxView, _ condition: SQL, by order: SQL, limit: Int) throws -> [InboxRow] {
        try rows(
            """
            SELECT \(sql: Self.columns) FROM (
                \(sql: try page(of: view, condition, by: order, limit: limit))
            ) AS conversation \(sql: joins) ORDER BY \(sql: order)
            """
        ).map(InboxRow.init)
    }

    /// Of each team a page of its own, because an index that ends in the sort key begins with one team alone.
    private func page(of view: InboxView, _ condition: SQL, by order: SQL, limit: Int) throws -> SQL {
        func page(_ view: SQL) -> SQL {
            "SELECT * FROM conversation WHERE \(sql: view) AND \(sql: condition) ORDER BY \(sql: order) LIMIT \(limit)"
        }
        guard case .team(let colleague) = view else { return page(Self.condition(view)) }
        let teams = try teams(of: colleague)
        guard let first = teams.first else { return page("1 = 0") }
        let pages = teams.dropFirst().reduce(into: "SELECT * FROM (\(sql: page(Self.isWaiting(in: first)))) AS part" as SQL) { pages, team in
            pages += " UNION ALL SELECT * FROM (\(sql: page(Self.isWaiting(in: team)))) AS part"
        }
        return "SELECT * FROM (\(sql: pages)) AS conversation ORDER BY \(sql: order) LIMIT \(limit)"
    }

    private static func isWaiting(in team: ID<NamedTeam>) -> SQL {
        "team_id = \(team) AND state = 'open' AND assignee_id IS NULL"
    }

    private static var never: Date { Date(timeIntervalSince1970: 1e11) }

    func list(_ ids: [ID<Conversation>]) throws -> [InboxRow] {
        guard !ids.isEmpty else { return [] }
        return try rows("SELECT \(sql: Self.columns) FROM conversation \(sql: joins) WHERE conversation.id \(in: ids)")
            .map(InboxRow.init)
    }

    fileprivate func count(_ view: InboxView) throws -> Int {
        try value("SELECT count(*) FROM (SELECT 1 FROM conversation WHERE \(sql: Self.condition(view)) LIMIT 1000) AS counted") ?? 0
    }

    static func condition(_ view: InboxView) -> SQL {
        switch view {
        case .open: "state = 'open'"
        case .unassigned: "COALESCE(assignee_id, team_id, 0) = 0 AND state = 'open'"  // in the words of its index
        case .waiting: "state = 'waiting'"
        case .answered: "state = 'answered'"
        case .closed: "state = 'closed'"
        case .all: "1 = 1"
        case .team(let colleague):
            """
            team_id IN (SELECT team_id FROM team_member WHERE colleague_id = \(colleague)) AND team_id IS NOT NULL AND state = 'open'
                AND assignee_id IS NULL
            """
        case .mine(let colleague): "assignee_id = \(colleague) AND state = 'open'"
        }
    }

    private static var columns: SQL {
        """
        conversation.id, channel.network, channel.handle AS channel_handle, conversation.state,
        COALESCE(message.network_visibility, '') AS network_visibility,
        conversation.last_message_id, conversation.last_at, conversation.due_at, conversation.moved_at, citizen.display_name, citizen.handle, substr(message.text, 1, 240) AS excerpt,
        (message.id IS NOT NULL AND message.removed_at IS NULL) AS is_there, message.warning,
        (SELECT count(*) FROM media WHERE media.message_id = conversation.last_message_id AND media.kind <> 'emoji') AS media_count,
        CASE WHEN message.warning IS NULL AND NOT message.is_sensitive THEN (SELECT min(media.id) FROM media
            WHERE media.message_id = conversation.last_message_id AND media.kind = 'image' AND media.state = 'stored') END AS thumbnail,
        (SELECT count(*) FROM (SELECT 1 FROM message AS one WHERE one.conversation_id = conversation.id AND one.direction <> 'note'
            AND one.removed_at IS NULL LIMIT 100) AS counted) AS message_count,
        conversation.assignee_id, assignee.name AS assignee_name, conversation.team_id, team.name AS team_name,
        answerer.id AS answering_id, answerer.name AS answering, conversation.follow_up_on, conversation.follow_up_is_promised, conversation.urgent_since,
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
        LEFT JOIN team ON team.id = conversation.team_id
        LEFT JOIN answer_lease ON answer_lease.conversation_id = conversation.id AND answer_lease.until >= \(sql: dialect.clock)
        LEFT JOIN colleague AS answerer ON answerer.id = answer_lease.colleague_id
        """
    }
}
