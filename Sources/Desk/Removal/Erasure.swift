import Foundation
import Store

/// Removed means removed: at once unreachable for program and search, out of our files with the next compaction.
public struct Erasure: Sendable {
    let store: Store

    /// Erases everything a citizen wrote to us: texts, earlier texts, media, what the journal holds, and what colleagues drafted, noted and
    /// answered in private in their conversations. Our public answers stay; what has not left yet leaves no more. The journal keeps the
    /// names of what is gone, so that no reconcile brings it back.
    /// - Throws: `Refusal.reasonMissing`, `.notAllowed` for anyone but an admin.
    public func erase(_ citizen: ID<Citizen>, because reason: String, by colleague: ID<Colleague>, at time: Date) async throws {
        let reason = reason.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw Refusal.reasonMissing }
        // Of one who wrote thousands some at a time, before all the rest is done at once: whoever is interrupted begins again.
        var begun = Event(
            .citizenErased, by: .colleague(colleague), at: time, citizen: citizen, detail: "begun", reason: reason) as Event?
        while try await store.write({ [begun] db in
            try db.demand(.admin, of: .colleague(colleague))
            guard try db.stripSome(of: citizen, at: time) else { return false }
            if let begun { try db.record(begun) }
            return true
        }) { begun = nil }
        try await forgetItems(naming: citizen)
        try await store.write { db in
            try db.demand(.admin, of: .colleague(colleague))
            guard let row = try db.row("SELECT network, account, handle FROM citizen WHERE id = \(citizen)") else { throw Refusal.notFound }
            try db.eraseMessages(of: citizen, at: time)
            try db.erasePosts(of: citizen, at: time)
            let account: String = try row["account"]
            // Of reactions only those hold bytes that were not counted yet.
            try db.run(
                """
                UPDATE item SET bytes = NULL
                WHERE state = 'waiting' AND verb IN (\("favourite:" + account), \("reblog:" + account))
                """)
            try db.run(
                "UPDATE citizen SET handle = '', display_name = '', profile_url = NULL, erased_at = \(time) WHERE id = \(citizen)")
            try db.record(Event(.citizenErased, by: .colleague(colleague), at: time, citizen: citizen, reason: reason))
        }
    }
}

extension Erasure {
    private static let itemsAtOnce: Int64 = 5000

    /// What the journal holds of others may quote the citizen, and nobody knows who wrote what was not understood: whatever names them
    /// goes. Nothing is lost by it that the desk shows.
    private func forgetItems(naming citizen: ID<Citizen>) async throws {
        let (names, newest) = try await store.read { db in
            let row = try db.row("SELECT account, handle FROM citizen WHERE id = \(citizen)").orNotFound()
            let (account, handle): (String, String) = (try row["account"], try row["handle"])
            let names = [account, account.replacing("/", with: "\\/"), handle].filter { !$0.isEmpty }
            return (names.map { Data($0.utf8) }, try db.value("SELECT max(id) FROM item") as Int64? ?? 0)
        }
        for first in stride(from: 0, through: newest, by: Int(Self.itemsAtOnce)) {
            try await store.write { db in
                for name in names {
                    try db.run(
                        """
                        UPDATE item SET bytes = NULL, why = NULL,
                            state = CASE state WHEN 'not_understood' THEN 'removed' ELSE state END
                        WHERE id > \(first) AND id <= \(first + Self.itemsAtOnce) AND bytes IS NOT NULL
                            AND state IN ('taken_in', 'not_understood') AND \(sql: db.dialect.holds("bytes", name))
                        """)
                }
            }
        }
    }
}

extension Database {
    fileprivate func eraseMessages(of citizen: ID<Citizen>, at time: Date) throws {
        try withdrawActs(to: citizen, at: time)
        try strip(erasable(of: citizen), at: time)
        let conversations = try rows("SELECT * FROM conversation WHERE citizen_id = \(citizen)").map(Conversation.init)
        for var conversation in conversations {
            try run("DELETE FROM draft WHERE conversation_id = \(conversation.id)")
            try dropMedia(of: "draft_in = \(conversation.id)", sweepAt: time)
            conversation.forget(at: time)
            try endFollowUp(of: conversation.id, .dropped, at: time)
            try save(conversation)
            try record(Event(.messageRemoved, by: .schalter, at: time, conversation: conversation.id, citizen: citizen))
        }
    }

    /// - Returns: Whether there may be more; where few are left they are left for the end.
    fileprivate func stripSome(of citizen: ID<Citizen>, at time: Date) throws -> Bool {
        let messages = try erasable(of: citizen)
        guard messages.count == Self.mostAtOnce else { return false }
        try withdrawActs(to: citizen, at: time)
        try strip(messages, at: time)
        return true
    }

    /// What the citizen wrote, and what was noted and answered in private.
    private func erasable(of citizen: ID<Citizen>) throws -> [Row] {
        try rows(
            """
            SELECT id, object FROM message WHERE citizen_id = \(citizen) AND removed_at IS NULL
            UNION SELECT message.id, message.object FROM message JOIN conversation ON conversation.id = message.conversation_id
            WHERE conversation.citizen_id = \(citizen) AND message.removed_at IS NULL
                AND (message.direction = 'note' OR (message.direction = 'out' AND message.visibility = 'private'))
            LIMIT \(Self.mostAtOnce)
            """)
    }

    private func strip(_ messages: [Row], at time: Date) throws {
        try dropItems(of: messages.compactMap { try $0["object"] })
        try strip(messages.map { try $0["id"] }, by: .erasure, at: time)
    }

    private static var mostAtOnce: Int { 1000 }

    /// What waits for its network does not leave any more, and no edit keeps its text.
    private func withdrawActs(to citizen: ID<Citizen>, at time: Date) throws {
        let acts = try rows(
            """
            SELECT delivery.* FROM delivery JOIN conversation ON conversation.id = delivery.conversation_id
            WHERE conversation.citizen_id = \(citizen) AND delivery.state <> 'delivered' AND delivery.state <> 'withdrawn'
            """
        ).map(Delivery.init)
        for act in acts {
            if act.state == .waiting || act.state == .claimed {
                try end(act, .withdrawn, at: time)
                if act.act == .reply { try strip([act.message], by: .withdrawal, at: time) }
            }
            try run("UPDATE delivery SET text = NULL WHERE id = \(act.id)")
        }
    }

    fileprivate func erasePosts(of citizen: ID<Citizen>, at time: Date) throws {
        for post in try rows("SELECT id, object FROM post WHERE citizen_id = \(citizen)") {
            try strip(try post["id"], object: try post["object"], at: time, sweepAt: time)
        }
    }
}
