import Crypto
import Foundation
import Store

/// What happened: append-only, numbered without gaps, each entry hashed with the one before.
public struct Record: Sendable {
    let store: Store

    static func digest(of reason: String, salt: Data) -> Data {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: Data(reason.utf8))
        return Data(hash.finalize())
    }

    /// The hash of an entry: over the hash before, its number, its format and its columns as stored, in this order, one a line.
    static func hash(_ entry: Row, number: Int64, after previous: Data) throws -> Data {
        var lines = [String(number), String(try entry["format"] as Int64)]
        lines.append(try entry["verb"])
        lines.append(try entry["actor"])
        for column in ["actor_id", "at", "channel_id", "conversation_id", "message_id", "delivery_id", "citizen_id", "colleague_id"] {
            let value: Int64? = try entry[column]
            lines.append(value.map(String.init) ?? "-")
        }
        let detail: String? = try entry["detail"]
        lines.append(detail ?? "-")
        let digest: Data? = try entry["reason_digest"]
        lines.append(digest.map { $0.map { String($0, radix: 16) }.joined(separator: ".") } ?? "-")
        var hash = SHA256()
        hash.update(data: previous)
        hash.update(data: Data(lines.joined(separator: "\n").utf8))
        return Data(hash.finalize())
    }

    static let columns: SQL = """
        event.id, event.number, event.hash, event.format, event.verb, event.actor, event.actor_id, event.at, event.channel_id, event.conversation_id,
        event.message_id, event.delivery_id, event.citizen_id, event.colleague_id, event.detail, event.reason_id, event.reason_digest
        """

    /// The newest sealed entry's number and hash, for the log: a record that was cut off and sealed anew ends otherwise.
    func headForLog() async throws -> (number: Int64, hash: String)? {
        try await store.read { db in
            try db.row("SELECT number, hash FROM record_head WHERE id = 1").map {
                (try $0["number"], (try $0["hash"] as Data).base64EncodedString())
            }
        }
    }

    /// The number of the newest sealed entry; 0 while there is none.
    public func head() async throws -> Int64 {
        try await store.read { db in try db.head() }
    }
}

extension Database {
    func head() throws -> Int64 { try value("SELECT number FROM record_head") ?? 0 }

    /// Whether something happened that the head doesn't count yet.
    func hasUnsealed() throws -> Bool { try value("SELECT EXISTS (SELECT 1 FROM event WHERE number IS NULL)") ?? false }
}
