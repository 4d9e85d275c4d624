import Foundation
import Networks
import Store

/// Assign, close, reopen.
public struct Conversations: Sendable {
    let store: Store
    let counts = InboxCounts()

    /// Closes the conversation; the next message from outside opens it again.
    /// - Parameters:
    ///   - seen: The citizen's newest message that the colleague saw: what came since is not closed unread.
    ///   - token: Undoes it, with ``undoClosing(_:by:at:)``.
    /// - Throws: `Refusal.wroteMeanwhile`.
    public func close(
        _ id: ID<Conversation>, _ closing: Conversation.Closing, seen: ID<Message>?, token: String = Token.make(),
        by colleague: ID<Colleague>, at time: Date
    ) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            var conversation = try db.conversation(id)
            guard conversation.lastMessage == seen else { throw Refusal.wroteMeanwhile }
            try conversation.close(closing, by: token, at: time)
            try db.save(conversation)
            try db.keepFollowUp(of: id, by: token, at: time)
            try db.record(
                Event(.conversationClosed, by: .colleague(colleague), at: time, conversation: id, detail: closing.rawValue))
        }
    }

    public func reopen(_ id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            var conversation = try db.conversation(id)
            // Of what waits the day is given up.
            try db.endFollowUp(of: id, .dropped, at: time)
            try conversation.reopen(at: time, by: try db.calendar())
            try db.save(conversation)
            try db.record(Event(.conversationReopened, by: .colleague(colleague), at: time, conversation: id))
        }
    }

    /// - Throws: `Refusal.notAllowed` for somebody who can't answer, `.teamEmpty`.
    public func assign(_ id: ID<Conversation>, to assignee: Assignee, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            try db.demandSomebody(assignee)
            try db.assign(db.conversation(id), to: assignee, by: colleague, at: time)
        }
    }

    /// - Parameter assignee: `nil` gives it back to all.
    public func assign(
        _ id: ID<Conversation>, to assignee: ID<Colleague>?, by colleague: ID<Colleague>, at time: Date
    ) async throws {
        try await assign(id, to: Assignee(assignee), by: colleague, at: time)
    }
}
