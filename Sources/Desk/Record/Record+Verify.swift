import Foundation
import Store

extension Record {
    /// What `schalter record verify` found.
    public struct Verdict: Sendable, Equatable {
        public enum Fault: Sendable, Equatable {
            /// A number is missing: something was cut out.
            case gap(after: Int64)
            /// The entry is not what it was when it was sealed.
            case changed(number: Int64)
            /// A reason's text is not what it was.
            case reasonChanged(number: Int64)
            /// The head says something else than the last entry: something was cut off, or added by hand.
            case headDiffers
        }
        public var entries: Int64 = 0
        /// Written but not numbered yet, because no server runs or it is at it just now.
        public var unsealed: Int64 = 0
        /// Reasons that were erased, as they may be; with the time.
        public var erasedReasons: [Date] = []
        public var head = Data()
        /// The first thing that is wrong; `nil` means that the record is whole.
        public var fault: Fault?
    }

    /// Checks every entry from the first to the head, in pages.
    public func verify() async throws -> Verdict {
        var verdict = Verdict()
        while verdict.fault == nil, try await verifyPage(&verdict) {}
        guard verdict.fault == nil else { return verdict }
        let (head, unsealed) = try await store.read { db in
            (
                try db.row("SELECT number, hash FROM record_head WHERE id = 1").map { (try $0["number"] as Int64, try $0["hash"] as Data) },
                try db.value("SELECT count(*) FROM event WHERE number IS NULL") as Int64? ?? 0
            )
        }
        verdict.unsealed = unsealed
        // A server may have sealed more between the last page and this look; only a head that lies behind, or differs, is wrong.
        if let head, head.0 < verdict.entries || (head.0 == verdict.entries && head.1 != verdict.head) { verdict.fault = .headDiffers }
        if head == nil, verdict.entries > 0 { verdict.fault = .headDiffers }
        if let head, head.0 > verdict.entries {
            while verdict.fault == nil, try await verifyPage(&verdict) {}
            if verdict.fault == nil, verdict.entries < head.0 { verdict.fault = .headDiffers }
        }
        return verdict
    }

    /// - Returns: Whether there may be more.
    private func verifyPage(_ verdict: inout Verdict) async throws -> Bool {
        let after = verdict.entries
        let page = try await store.read { db in
            try db.rows(
                """
                SELECT \(sql: Record.columns), reason.salt, reason.text, reason.erased_at
                FROM event LEFT JOIN reason ON reason.id = event.reason_id
                WHERE event.number > \(after) ORDER BY event.number LIMIT 1000
                """)
        }
        for entry in page {
            let number: Int64 = try entry["number"]
            guard number == verdict.entries + 1 else {
                verdict.fault = .gap(after: verdict.entries)
                return false
            }
            let hash = try Self.hash(entry, number: number, after: verdict.head)
            guard try hash == entry["hash"] else {
                verdict.fault = .changed(number: number)
                return false
            }
            verdict.fault = try reasonFault(of: entry, number: number, &verdict)
            guard verdict.fault == nil else { return false }
            verdict.entries = number
            verdict.head = hash
        }
        return page.count == 1000
    }

    private func reasonFault(of entry: Row, number: Int64, _ verdict: inout Verdict) throws -> Verdict.Fault? {
        guard let digest: Data = try entry["reason_digest"] else { return nil }
        if let erasedAt: Date = try entry["erased_at"] {
            verdict.erasedReasons.append(erasedAt)
            return nil
        }
        guard let salt: Data = try entry["salt"], let text: String = try entry["text"] else { return .reasonChanged(number: number) }
        return Self.digest(of: text, salt: salt) == digest ? nil : .reasonChanged(number: number)
    }
}
