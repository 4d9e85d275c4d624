import Foundation
import Store

extension Desk {
    /// Several nodes share one folder for media.
    /// - Returns: The mark that the folder should have; `nil` where it has it.
    public func missingMediaFolder() async throws -> String? {
        let mark = try files.mark()
        let kept: String? = try await store.write { db in
            try db.run("INSERT INTO media_folder (id, mark) VALUES (1, \(mark)) ON CONFLICT DO NOTHING")
            return try db.value("SELECT mark FROM media_folder")
        }
        return kept == mark ? nil : kept
    }

    /// A file and what it is, for a colleague's browser. A file of a draft is shown to its writer only.
    /// - Throws: `Refusal.notFound` where no row names it any more, or its bytes are not here.
    public func media(_ id: ID<Media>, for colleague: ID<Colleague>) async throws -> (media: Media, bytes: Data) {
        let media = try await store.read { db in
            try Media(
                try db.row(
                    """
                    SELECT * FROM media WHERE id = \(id)
                        AND (message_id IS NOT NULL OR post_id IS NOT NULL OR draft_of = \(colleague))
                    """
                ).orNotFound())
        }
        let bytes = media.digest.flatMap(files.bytes(of:))
        return (media, try bytes.orNotFound())
    }
}
