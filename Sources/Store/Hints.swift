import Synchronization

/// A nudge to look, never the news itself: hints may be merged, lost and repeated. Whoever hears nothing for some seconds looks anyway.
public enum Hint: Sendable, Equatable {
    /// Somebody committed something.
    case changed
    /// Somebody called `notify` with this text.
    case notified(String)
}

/// Passes hints on to whoever listens in this process. Ringing never waits.
final class Bell: Sendable {
    private let listeners = Mutex<[Listening]>([])

    func ring(_ hint: Hint) {
        let present = listeners.withLock { list in
            list.removeAll { $0.ear == nil }
            return list.compactMap(\.ear)
        }
        for ear in present { ear.put(hint) }
    }

    func listen() -> AsyncStream<Hint> {
        let ear = Ear()
        listeners.withLock { $0.append(Listening(ear: ear)) }
        return AsyncStream { await ear.next() }
    }

    /// Ends every stream.
    func fallSilent() {
        for listening in listeners.withLock({ $0 }) { listening.ear?.close() }
    }

    private struct Listening {
        weak var ear: Ear?
    }
}

/// What one listener hasn't heard yet. A thousand commits are one `changed`; of the notes the newest are kept, each once.
private final class Ear: Sendable {
    private static let mostNotes = 64

    private struct Unheard {
        var changed = false
        var notes: [String] = []
    }

    private let unheard = Mutex(Unheard())
    private let signal = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    func put(_ hint: Hint) {
        unheard.withLock { unheard in
            switch hint {
            case .changed: unheard.changed = true
            case .notified(let note):
                unheard.notes.removeAll { $0 == note }
                unheard.notes = unheard.notes.suffix(Self.mostNotes - 1) + [note]
            }
        }
        signal.continuation.yield()
    }

    func next() async -> Hint? {
        if let hint = take() { return hint }
        for await _ in signal.stream {
            if let hint = take() { return hint }
        }
        return nil
    }

    func close() {
        signal.continuation.finish()
    }

    private func take() -> Hint? {
        unheard.withLock { unheard in
            if unheard.changed {
                unheard.changed = false
                return .changed
            }
            return unheard.notes.isEmpty ? nil : .notified(unheard.notes.removeFirst())
        }
    }
}
