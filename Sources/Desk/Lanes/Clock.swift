import Foundation

/// The time, handed in at the edge: rules get it as a value, and tests hold it still.
public struct Clock: Sendable {
    public var now: @Sendable () -> Date
    /// Returns early only by throwing, when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// To the millisecond, as the database keeps it.
    public static let system = Clock(
        now: { Date(timeIntervalSince1970: (Date().timeIntervalSince1970 * 1000).rounded(.down) / 1000) },
        sleep: { try await Task.sleep(for: $0) })
}

extension Date {
    public static func + (date: Date, duration: Duration) -> Date { date.addingTimeInterval(duration / .seconds(1)) }
    public static func - (date: Date, duration: Duration) -> Date { date.addingTimeInterval(-(duration / .seconds(1))) }
}
