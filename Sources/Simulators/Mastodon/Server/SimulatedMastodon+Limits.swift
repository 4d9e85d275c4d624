import Foundation

/// How many requests somebody has made in the present window.
struct RequestWindow: Sendable {
    var began: Date
    var count: Int
}

struct RateLimit: Sendable {
    var limit: Int
    var remaining: Int
    var reset: Date
    /// This very request is beyond the limit.
    var exceeded: Bool
}

extension SimulatedMastodon {
    private static let window = 300.0
    private static let longWindow = 1800.0

    /// Counts a request. Media and deletions have a limit of their own, 30 in half an hour.
    /// - Returns: `nil` where this server has no limits.
    func count(method: String, path: String, by caller: String) -> RateLimit? {
        guard let requestLimit = world.requestLimit else { return nil }
        let isMedia = method == "POST" && path.hasPrefix("/api/") && path.contains("/media")
        let isDeletion = method == "DELETE" && path.hasPrefix("/api/v1/statuses/")
        let general = count("all " + caller, limit: requestLimit, seconds: SimulatedMastodon.window)
        guard isMedia || isDeletion, !general.exceeded else { return general }
        return count((isMedia ? "media " : "delete ") + caller, limit: 30, seconds: SimulatedMastodon.longWindow)
    }

    private func count(_ key: String, limit: Int, seconds: Double) -> RateLimit {
        var window = spent[key] ?? RequestWindow(began: now, count: 0)
        if now.timeIntervalSince(window.began) >= seconds { window = RequestWindow(began: now, count: 0) }
        window.count += 1
        spent[key] = window
        // Told in the time of the caller's clock, which nobody moved forward.
        let reset = window.began.addingTimeInterval(seconds - state.advancedSeconds)
        return RateLimit(
            limit: limit, remaining: max(0, limit - window.count), reset: reset,
            exceeded: window.count > limit)
    }

    /// The request log keeps the last ten thousand.
    func record(_ record: RequestRecord) {
        records.append(record)
        if records.count > 10_000 { records.removeFirst(1_000) }
    }

    /// What the server was asked, oldest first.
    public var requests: [RequestRecord] { records }
}
