import Store
import Synchronization

/// How many conversations the views of an inbox hold, and which views are saved. Nothing changes that without an entry in the record, so it
/// is read once for every head of it: a thousand open ones take PostgreSQL longer to count than the fifty that are shown.
final class InboxCounts: Sendable {
    private struct Known {
        var head: Int64 = -1
        var counts: [InboxView: Int] = [:]
        var teams: [ID<Colleague>: [ID<NamedTeam>]] = [:]
        var savedViews: [SavedView]?
    }

    private let known = Mutex(Known())

    /// - Parameter head: Of the record as a snapshot has it; `nil` where entries still wait for their number, and nothing can be told by it.
    func count(_ view: InboxView, at head: Int64?, _ count: () throws -> Int) rethrows -> Int {
        try once(\.counts[view], at: head, count)
    }

    /// Who is in which teams stands in the record too.
    func teams(of colleague: ID<Colleague>, at head: Int64?, _ teams: () throws -> [ID<NamedTeam>]) rethrows -> [ID<NamedTeam>] {
        try once(\.teams[colleague], at: head, teams)
    }

    /// Everybody's.
    func savedViews(at head: Int64?, _ read: () throws -> [SavedView]) rethrows -> [SavedView] {
        try once(\.savedViews, at: head, read)
    }

    private func once<Value: Sendable>(
        _ place: WritableKeyPath<Known, Value?> & Sendable, at head: Int64?, _ read: () throws -> Value
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
