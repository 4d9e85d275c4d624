import Foundation
import Synchronization

/// How long a block is tried again: some seconds from when it was asked for, with pauses that grow and differ.
final class Patience: Sendable {
    private let end = ContinuousClock.now + .seconds(5)
    private let isCancelled = Atomic(false)
    private let pauses = Atomic(0)

    func cancel() {
        isCancelled.store(true, ordering: .relaxed)
    }

    func checkCancellation() throws {
        if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
    }

    /// Waits on the pool's own thread.
    /// - Returns: False where the time is over.
    func pause() -> Bool {
        let count = pauses.add(1, ordering: .relaxed).oldValue
        let longest = min(0.5, 0.002 * pow(2, Double(min(count, 16))))
        let pause = Double.random(in: longest / 2...longest)
        guard .now + .seconds(pause) < end else { return false }
        Thread.sleep(forTimeInterval: pause)  // so that two in each other's way part; this is the pool's own thread
        return true
    }
}
