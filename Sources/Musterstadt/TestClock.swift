import Desk
import Foundation
import Synchronization

/// A clock that tests move forward. It runs like the real one in between, and sleeps are twenty times as short as asked for, so that
/// nobody waits for a poll.
public final class TestClock: Sendable {
    private let ahead = Mutex(Duration.zero)

    public init() {}

    /// To the millisecond, as the database keeps it.
    public func now() -> Date {
        Clock.system.now() + ahead.withLock { $0 }
    }

    public func advance(by duration: Duration) {
        ahead.withLock { $0 += duration }
    }

    /// As the desk takes it.
    public var clock: Clock {
        Clock(
            now: { self.now() },
            sleep: { try await Task.sleep(for: max(.milliseconds(5), $0 / 20)) })
    }
}
