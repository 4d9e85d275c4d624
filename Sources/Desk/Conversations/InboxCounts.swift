import Store
import Synchronization

/// How many conversations the views of an inbox hold. Nothing changes that without an entry in the record, so it is counted once for
/// every head of it: a thousand open ones take PostgreSQL longer than the fifty that are shown.
final class InboxCounts: Sendable {
    private struct Known {
        var head: Int64 = -1
        var counts: [InboxView: Int] = [:]
    }

    private let known = Mutex(Known())

    /// - Parameter head: Of the record as a snapshot has it; `nil` where entries still wait for their number, and nothing can be told by it.
    func count(_ view: InboxView, at head: Int64?, _ count: () throws -> Int) rethrows -> Int {
        guard let head else { return try count() }
        if let count = known.withLock({ $0.head == head ? $0.counts[view] : nil }) { return count }
        let count = try count()
        known.withLock { known in
            if known.head != head { known = Known(head: head) }
            known.counts[view] = count
        }
        return count
    }
}
