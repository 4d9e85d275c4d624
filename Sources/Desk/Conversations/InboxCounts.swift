import Store
import Synchronization

/// How many conversations the views of an inbox hold, and which views are saved. Nothing changes that without an entry in the record, so it
/// is read once for every head of it: a thousand open ones take PostgreSQL longer to count than the fifty that are shown.
final class InboxCounts: Sendable {
    private struct Known {
        var head: Int64 = -1
        var counts: [InboxView: Int] = [:]
        var savedViews: [SavedView]?
    }

    private let known = Mutex(Known())

    /// - Parameter head: Of the record as a snapshot has it; `nil` where entries still wait for their number, and nothing can be told by it.
    func count(_ view: InboxView, at head: Int64?, _ count: () throws -> Int) rethrows -> Int {
        try value(\.counts[view], at: head, count)
    }

    /// Everybody's.
    func savedViews(at head: Int64?, _ read: () throws -> [SavedView]) rethrows -> [SavedView] {
        try value(\.savedViews, at: head, read)
    }

    private func value<Value: Sendable>(
        _ place: WritableKeyPath<Known, Value?>, at head: Int64?, _ read: () throws -> Value
    ) rethrows -> Value {
        guard let head else { return try read() }
        if let value = known.withLock({ $0.head == head ? $0[keyPath: place] : nil }) { return value }
        let value = try read()
        known.withLock { known in
            if known.head != head { known = Known(head: head) }
            known[keyPath: place] = value
        }
        return value
    }
}
