import Dispatch
import GRDB
import Synchronization

/// Notices what other processes commit to the file, by a look once a second while somebody listens.
final class ForeignCommits: Sendable {
    private let pool: DatabasePool
    private let bell: Bell
    private let state = Mutex(State())

    private struct State {
        var isWatching = false
        var isStopped = false
        var seen: Int?
    }

    init(pool: DatabasePool, bell: Bell) {
        self.pool = pool
        self.bell = bell
    }

    /// Begins to look, once.
    func watch() {
        let starts = state.withLock { state in
            defer { state.isWatching = true }
            return !state.isWatching
        }
        if starts { look() }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
    }

    private func look() {
        pool.asyncWriteWithoutTransaction { [self] db in
            // On the writer's own connection the number moves only with commits that are not ours.
            let version = try? Int.fetchOne(db, sql: "PRAGMA data_version")
            let isNews = state.withLock { state in
                defer { state.seen = version ?? state.seen }
                return state.seen != nil && version != nil && state.seen != version
            }
            if isNews { bell.ring(.changed) }
            lookAgain()
        }
    }

    private func lookAgain() {
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
            guard let self, !state.withLock({ $0.isStopped }) else { return }
            look()
        }
    }
}
