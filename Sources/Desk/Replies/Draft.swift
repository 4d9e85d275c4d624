import Foundation
import Store

/// What a colleague is writing; kept on the server and touched by nobody else.
public struct Draft: Sendable, Equatable {
    public var text: String
    public var warning: String?
    public var savedAt: Date
    public var media: [Media]
}

extension Replies {
    /// Saves what was written so far; an empty text is no draft. Leaves no trace in the record.
    /// - Parameter token: The form's. Where its answer was sent already, this save was overtaken and must not bring the draft back.
    /// - Returns: `false` where it was overtaken.
    @discardableResult
    public func save(
        _ text: String, warning: String? = nil, in id: ID<Conversation>, token: String? = nil, by colleague: ID<Colleague>, at time: Date
    ) async throws -> Bool {
        let (text, warning) = (text.withoutNUL, warning?.withoutNUL.nilIfEmpty)
        return try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            _ = try db.conversation(id)
            if let token, try !db.isNew(token), try !db.wasTakenBack(token) { return false }
            if text.isEmpty {
                try db.run("DELETE FROM draft WHERE conversation_id = \(id) AND colleague_id = \(colleague)")
            } else {
                try db.keep(draft: text, warning: warning, in: id, by: colleague, at: time)
            }
            return true
        }
    }

    /// - Returns: `nil` where there is none.
    public func draft(in id: ID<Conversation>, by colleague: ID<Colleague>) async throws -> Draft? {
        try await store.read { db in try db.draft(in: id, by: colleague) }
    }

    /// Lays a picture beside the draft; the same one with the same description only once, and none any more once the form with this token was sent.
    /// - Throws: `Refusal.altTextMissing`, `.mediaKind`, `.mediaTooLarge`, `.tooManyMedia`, by what the channel takes.
    public func attach(
        _ bytes: Data, name: String, type: String, altText: String, to id: ID<Conversation>, token: String? = nil, by colleague: ID<Colleague>,
        at time: Date
    ) async throws {
        let altText = altText.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !altText.isEmpty else { throw Refusal.altTextMissing }
        let channel = try await store.read { db in
            try db.demand(.editor, of: .colleague(colleague))
            return try db.channel(db.conversation(id).channel)
        }
        guard let can = try await channels.capabilities(of: channel), can.can(.media) else { throw Refusal.channelNotConnected }
        guard can.mediaTypes.contains(type), type.hasPrefix("image/") else { throw Refusal.mediaKind }
        guard bytes.count <= can.maxImageSize else { throw Refusal.mediaTooLarge(limit: can.maxImageSize) }
        let digest = try files.keep(bytes)
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            if let token, try !db.isNew(token) { return }
            let there = try db.rows("SELECT * FROM media WHERE draft_in = \(id) AND draft_of = \(colleague)").map(Media.init)
            guard !there.contains(where: { $0.digest == digest && $0.altText == altText }) else { return }
            guard there.count < can.maxMedia else { throw Refusal.tooManyMedia(limit: can.maxMedia) }
            try db.run(
                """
                INSERT INTO media (draft_of, draft_in, kind, alt_text, name, type, digest, size, state, due_at)
                VALUES (\(colleague), \(id), 'image', \(altText), \(name.withoutNUL), \(type), \(digest), \(bytes.count), 'stored', \(time))
                """)
            try db.run("DELETE FROM unused_file WHERE digest = \(digest)")
        }
    }

    public func detach(_ media: ID<Media>, from id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.editor, of: .colleague(colleague))
            try db.dropMedia(
                of: "id = \(media) AND draft_in = \(id) AND draft_of = \(colleague)", sweepAt: time + MediaFiles.keptUnused)
        }
    }
}

extension Database {
    func draft(in id: ID<Conversation>, by colleague: ID<Colleague>) throws -> Draft? {
        let media = try rows("SELECT * FROM media WHERE draft_in = \(id) AND draft_of = \(colleague) ORDER BY id").map(Media.init)
        let row = try row("SELECT text, warning, saved_at FROM draft WHERE conversation_id = \(id) AND colleague_id = \(colleague)")
        guard let row else { return media.isEmpty ? nil : Draft(text: "", warning: nil, savedAt: .distantPast, media: media) }
        return Draft(text: try row["text"], warning: try row["warning"], savedAt: try row["saved_at"], media: media)
    }

    func keep(draft text: String, warning: String?, in id: ID<Conversation>, by colleague: ID<Colleague>, at time: Date) throws {
        try run(
            """
            INSERT INTO draft (conversation_id, colleague_id, text, warning, saved_at)
            VALUES (\(id), \(colleague), \(text), \(warning), \(time))
            ON CONFLICT (conversation_id, colleague_id) DO UPDATE SET text = excluded.text, warning = excluded.warning,
                saved_at = excluded.saved_at
            """)
    }
}

extension String {
    /// Foreign text loses NUL when it is made: PostgreSQL can't hold it.
    var withoutNUL: String { contains("\0") ? replacing("\0", with: "") : self }
}
