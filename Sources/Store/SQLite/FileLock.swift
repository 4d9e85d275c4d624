import Foundation

/// Says that a process serves a file: kept in `PATH.lock` by the system, which forgets it when the process dies.
package final class FileLock: Sendable {
    private let file: Int32

    /// - Throws: `StoreError.inUse` where another has it.
    package init(beside path: String) throws {
        file = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.open("\(path).lock: \(String(cString: strerror(errno)))") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw StoreError.inUse(path: path)
        }
    }

    deinit {
        close(file)
    }
}
