import Foundation
import Networks
import Store

/// Assign, close, reopen.
public struct Conversations: Sendable {
    let store: Store
    let counts = InboxCounts()

    /// Closes the conversation; the next message from outside opens it again.
    public func close(_ id: ID<Conversation>, _ closing: Conversation.Closing, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            var conversation = try db.conversation(id)
            try conversation.close(closing, at: time)
            try db.save(conversation)
            try db.record(
                Event(.conversationClosed, by: .colleague(colleague), at: time, conversation: id, detail: closing.rawValue))
        }
    }

    public func reopen(_ id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            var conversation = try db.conversation(id)
            try conversation.reopen(at: time, by: try db.calendar())
            try db.save(conversation)
            try db.record(Event(.conversationReopened, by: .colleague(colleague), at: time, conversation: id))
        }
    }

    /// - Parameter assignee: `nil` gives it back to all.
    public func assign(
        _ id: ID<Conversation>, to assignee: ID<Colleague>?, by colleague: ID<Colleague>, at time: Date
    ) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            if let assignee { try db.demand(.editor, of: .colleague(assignee)) }
            var conversation = try db.conversation(id)
            guard conversation.assign(to: assignee) else { return }
            try db.save(conversation)
            try db.record(Event(.conversationAssigned, by: .colleague(colleague), at: time, conversation: id, colleague: assignee))
        }
    }
}
