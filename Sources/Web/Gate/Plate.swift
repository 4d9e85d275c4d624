import Desk
import Synchronization

/// The name on the door. It hardly ever changes, and then shows everywhere within seconds.
final class Plate: Sendable {
    private let team: Team
    private let known = Mutex<(authority: Authority, at: ContinuousClock.Instant)?>(nil)

    init(team: Team) { self.team = team }

    /// - Returns: `nil` before the set-up.
    func authority() async throws -> Authority? {
        if let (authority, readAt) = known.withLock({ $0 }), .now - readAt < .seconds(10) { return authority }
        let authority = try await team.authority()
        known.withLock { $0 = authority.map { ($0, .now) } }
        return authority
    }

    /// Without asking the database: for pages that explain why it doesn't answer.
    var lastKnown: Authority? { known.withLock { $0?.authority } }

    /// It was changed just now.
    func forget() { known.withLock { $0 = nil } }
}
