import Foundation
import Store

/// Removed means removed: at once unreachable for program and search, out of our files with the next compaction.
public struct Erasure: Sendable {
    let store: Store

    /// Erases everything a citizen wrote to us: texts, earlier texts, media, what the journal holds, and what colleagues drafted and noted
    /// in their conversations. Our public answers stay. The journal keeps the names of what is gone, so that no reconcile brings it back.
    /// - Throws: `Refusal.reasonMissing`, `.notAllowed` for anyone but an admin.
    public func erase(_ citizen: ID<Citizen>, because reason: String, by colleague: ID<Colleague>, at time: Date) async throws {
        let reason = reason.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !reason.isEmpty else { throw Refusal.reasonMissing }
        try await store.write { db in
            try db.demand(.admin, of: .colleague(colleague))
            guard let row = try db.row("SELECT network, account FROM citizen WHERE id = \(citizen)") else { throw Refusal.notFound }
            try db.eraseMessages(of: citizen, at: time)
            try db.erasePosts(of: citizen, at: time)
            let account: String = try row["account"]
            try db.run("UPDATE item SET bytes = NULL WHERE verb IN (\("favourite:" + account), \("reblog:" + account))")
            try db.run(
                "UPDATE citizen SET handle = '', display_name = '', profile_url = NULL, erased_at = \(time) WHERE id = \(citizen)")
            try db.record(Event(.citizenErased, by: .colleague(colleague), at: time, citizen: citizen, reason: reason))
        }
    }
}

extension Database {
    fileprivate func eraseMessages(of citizen: ID<Citizen>, at time: Date) throws {
        let messages = try rows(
            """
            SELECT id, object FROM message WHERE citizen_id = \(citizen)
                OR (direction = 'note' AND conversation_id IN (SELECT id FROM conversation WHERE citizen_id = \(citizen)))
            """)
        for message in messages {
            if let object: String = try message["object"] { try dropItems(of: object) }
            try strip(message["id"], by: .erasure, at: time)
        }
        let conversations = try rows("SELECT * FROM conversation WHERE citizen_id = \(citizen)").map(Conversation.init)
        for var conversation in conversations {
            try run("DELETE FROM draft WHERE conversation_id = \(conversation.id)")
            try dropMedia(of: "draft_in = \(conversation.id)", sweepAt: time)
            conversation.forget()
            try save(conversation)
            try record(Event(.messageRemoved, by: .schalter, at: time, conversation: conversation.id, citizen: citizen))
        }
    }

    fileprivate func erasePosts(of citizen: ID<Citizen>, at time: Date) throws {
        for post in try rows("SELECT id, object FROM post WHERE citizen_id = \(citizen)") {
            try dropItems(of: post["object"])
            let id: ID<Post> = try post["id"]
            try dropMedia(of: "post_id = \(id)", sweepAt: time)
            try run("UPDATE post SET text = '', warning = NULL, poll = NULL, removed_at = \(time) WHERE id = \(id)")
        }
    }
}
