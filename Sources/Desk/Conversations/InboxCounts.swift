import Store
import Synchronization

/// How many conversations the views of an inbox hold. Nothing changes that without an entry in the record, so it is counted once for
/// every state of the record: a thousand open ones take PostgreSQL longer than the fifty that are shown.
final class InboxCounts: Sendable {
    /// What a snapshot holds of the record: its head, and how many entries wait for their number. While the head stays, they only grow.
    struct Version: Hashable, Sendable {
        let head: Int64
        let unsealed: Int
    }

    private struct Known {
        var version = Version(head: -1, unsealed: 0)
        var counts: [InboxView: Int] = [:]
    }

    private let known = Mutex(Known())

    func count(_ view: InboxView, at version: Version, _ count: () throws -> Int) rethrows -> Int {
        if let count = known.withLock({ $0.version == version ? $0.counts[view] : nil }) { return count }
        let count = try count()
        known.withLock { known in
            if known.version != version { known = Known(version: version) }
            known.counts[view] = count
        }
        return count
    }
}

extension Database {
    func recordVersion() throws -> InboxCounts.Version {
        let unsealed: Int = try value("SELECT count(*) FROM event WHERE number IS NULL") ?? 0
        return InboxCounts.Version(head: try head(), unsealed: unsealed)
    }
}
