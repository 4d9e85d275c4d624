import Desk
import Synchronization

/// The name on the door. Read until the desk is set up; it doesn't change afterwards.
final class Plate: Sendable {
    private let team: Team
    private let known = Mutex<Authority?>(nil)

    init(team: Team) { self.team = team }

    /// - Returns: `nil` before the set-up.
    func authority() async throws -> Authority? {
        if let lastKnown { return lastKnown }
        let authority = try await team.authority()
        known.withLock { $0 = authority }
        return authority
    }

    /// Without asking the database: for pages that explain why it doesn't answer.
    var lastKnown: Authority? { known.withLock { $0 } }
}
