import Foundation
import Store

/// A list that somebody narrowed and wants to come back to.
public struct SavedView: Sendable, Hashable {
    public let id: ID<SavedView>
    public let name: String
    /// What the filter made of it, as a path has it: `view=open&channel=1`. The desk keeps it and does not read it.
    public let query: String
    /// Everybody of the team has it in their menu.
    public let isShared: Bool
    public let owner: ID<Colleague>
    public let ownerName: String

    init(_ row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        query = try row["query"]
        isShared = try row["is_shared"]
        owner = try row["colleague_id"]
        ownerName = try row["owner_name"]
    }

    public func isSeen(by colleague: ID<Colleague>) -> Bool { isShared || owner == colleague }
}

/// The team's saved views. Each belongs to who saved it; a shared one can be changed by an admin, too.
public struct SavedViews: Sendable {
    let store: Store

    /// Longer than any filter makes one.
    static let longestQuery = 500

    /// By name: their own, then those that others share.
    public func all(of colleague: ID<Colleague>) async throws -> [SavedView] {
        try await store.read { db in try db.savedViews() }.seen(by: colleague)
    }

    /// - Throws: `Refusal.nameMissing`, `.notFound` for a query that no filter makes, `.notAllowed` where a reader would share it.
    public func save(
        _ query: String, as name: String, isShared: Bool, by colleague: ID<Colleague>, at time: Date
    ) async throws {
        let name = try Team.checked(name: name)
        guard query.utf8.count <= Self.longestQuery, !query.utf8.contains(0) else { throw Refusal.notFound }
        try await store.write { db in
            try db.demand(isShared ? .editor : .reader, of: .colleague(colleague))
            try db.run(
                "INSERT INTO saved_view (colleague_id, name, query, is_shared) VALUES (\(colleague), \(name), \(query), \(isShared))")
            try db.record(Event(.savedViewChanged, by: .colleague(colleague), at: time, detail: "added"))
        }
    }

    /// - Throws: `Refusal.nameMissing`, `.notFound` where it isn't there for this colleague, `.notAllowed`.
    public func change(
        _ id: ID<SavedView>, name: String, isShared: Bool, by colleague: ID<Colleague>, at time: Date
    ) async throws {
        let name = try Team.checked(name: name)
        try await store.write { db in
            try db.demandSavedView(id, by: colleague)
            try db.demand(isShared ? .editor : .reader, of: .colleague(colleague))
            try db.run("UPDATE saved_view SET name = \(name), is_shared = \(isShared) WHERE id = \(id)")
            try db.record(Event(.savedViewChanged, by: .colleague(colleague), at: time))
        }
    }

    public func remove(_ id: ID<SavedView>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demandSavedView(id, by: colleague)
            try db.run("DELETE FROM saved_view WHERE id = \(id)")
            try db.record(Event(.savedViewChanged, by: .colleague(colleague), at: time, detail: "removed"))
        }
    }
}

extension [SavedView] {
    /// Their own, then those that others share.
    func seen(by colleague: ID<Colleague>) -> [SavedView] {
        filter { $0.owner == colleague } + filter { $0.isShared && $0.owner != colleague }
    }
}

extension Database {
    /// Everybody's, by name.
    func savedViews() throws -> [SavedView] {
        try rows(
            """
            SELECT saved_view.*, colleague.name AS owner_name FROM saved_view JOIN colleague ON colleague.id = saved_view.colleague_id
            ORDER BY saved_view.name, saved_view.id LIMIT 2000
            """
        ).map(SavedView.init)
    }

    /// - Throws: `Refusal.notFound` where they don't see it, `.notAllowed` where it is another's and they are no admin.
    fileprivate func demandSavedView(_ id: ID<SavedView>, by colleague: ID<Colleague>) throws {
        let row = try row("SELECT colleague_id, is_shared FROM saved_view WHERE id = \(id)").orNotFound()
        let (owner, isShared): (ID<Colleague>, Bool) = (try row["colleague_id"], try row["is_shared"])
        guard owner != colleague else { return try demand(.reader, of: .colleague(colleague)) }
        guard isShared else { throw Refusal.notFound }
        try demand(.admin, of: .colleague(colleague))
    }
}
