import Foundation
import Synchronization

/// What a server said about how much it still takes from us.
final class RateLimits: Sendable {
    /// Mastodon counts uploads and deletions apart from the rest.
    enum Budget: Hashable, Sendable { case general, media, deletions }

    private struct Left {
        var requests: Int
        var reset: Date
    }

    private let budgets = Mutex<[Budget: Left]>([:])

    /// Until when nothing may be asked; `nil` where it may.
    /// - Parameter reserve: Requests to leave for others.
    func restsUntil(_ budget: Budget, reserve: Int = 0, at now: Date) -> Date? {
        budgets.withLock { $0[budget] }.flatMap { $0.requests <= reserve && $0.reset > now ? $0.reset : nil }
    }

    func note(_ headers: [String: String], status: Int, for budget: Budget, at now: Date) {
        let remaining = status == 429 ? 0 : headers["x-ratelimit-remaining"].flatMap { Int($0) }
        guard let remaining, let reset = Self.reset(headers, at: now) ?? (status == 429 ? now + 300 : nil) else { return }
        budgets.withLock { $0[budget] = Left(requests: remaining, reset: reset) }
    }

    /// When to ask again. Mastodon writes a time (ISO 8601), others seconds since 1970 or from now; `Retry-After` comes first.
    static func reset(_ headers: [String: String], at now: Date) -> Date? {
        let texts = [headers["retry-after"], headers["x-ratelimit-reset"]].compactMap { $0?.trimmingCharacters(in: .whitespaces) }
        for text in texts {
            guard let time = time(text, at: now) else { continue }
            return min(time, now + 86_400)  // a day, should a server's clock be wild
        }
        return nil
    }

    private static func time(_ text: String, at now: Date) -> Date? {
        if let seconds = Double(text), seconds.isFinite {
            return seconds > 1_000_000_000 ? Date(timeIntervalSince1970: seconds) : now + max(0, seconds)
        }
        return networkTime(text) ?? httpDate(text)
    }

    /// `Mon, 16 Nov 2026 10:00:00 GMT`.
    private static func httpDate(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format.date(from: text)
    }
}
