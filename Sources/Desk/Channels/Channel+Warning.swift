import Foundation

extension Channel {
    /// What a person has to know about a channel's health.
    public enum Warning: Sendable, Equatable {
        case reconnect
        /// A colleague took the access away.
        case disconnected
        /// The last looks failed, since then.
        case failing(Trouble, since: Date)
        /// Nothing was heard for this long though we listen.
        case silent(since: Date)
        /// Not everything within reach was seen lately.
        case incomplete(since: Date?)
    }

    /// - Parameter time: Now.
    public func warnings(at time: Date) -> [Warning] {
        switch state {
        case .disconnected: return [.disconnected]
        case .tokenExpired: return [.reconnect]
        case .connected: break
        }
        var warnings: [Warning] = []
        if let trouble, let troubleSince { warnings.append(.failing(trouble, since: troubleSince)) }
        let heard = max(heardAt ?? connectedAt, connectedAt)
        if time > heard + Self.silence { warnings.append(.silent(since: heard)) }
        if time > max(reconciledAt ?? connectedAt, connectedAt) + Self.incompleteness { warnings.append(.incomplete(since: reconciledAt)) }
        return warnings
    }

    /// A stream says "I am here" every few seconds, a poll asks every minute.
    static let silence: Duration = .seconds(5 * 60)
    static let incompleteness: Duration = .seconds(45 * 60)
}
