import Foundation

/// Threads that each own a connection and take jobs from one queue: libpq blocks, and must not block the threads of Swift's tasks.
///
/// `@unchecked Sendable`: every stored variable is read and written only while `condition` is locked.
final class PostgresPool: @unchecked Sendable {
    typealias Job = @Sendable (PostgresWorker) -> Void

    private let url: String
    private let size: Int
    private let condition = NSCondition()
    private var jobs: [Job] = []
    private var threads = 0
    private var idle = 0
    private var isClosed = false
    private var whenClosed: [CheckedContinuation<Void, Never>] = []

    init(url: String, size: Int) {
        self.url = url
        self.size = max(1, size)
    }

    /// - Returns: False where the pool is closed and the job will never run.
    func add(_ job: @escaping Job) -> Bool {
        condition.withLock {
            guard !isClosed else { return false }
            jobs.append(job)
            if idle < jobs.count && threads < size {
                threads += 1
                Thread.detachNewThread { [self] in work() }
            } else {
                condition.signal()
            }
            return true
        }
    }

    /// Waits for the jobs that are there.
    func close() async {
        await withCheckedContinuation { continuation in
            let isDone = condition.withLock {
                isClosed = true
                condition.broadcast()
                if threads > 0 { whenClosed.append(continuation) }
                return threads == 0
            }
            if isDone { continuation.resume() }
        }
    }

    private func work() {
        let worker = PostgresWorker(url: url)
        while let job = next() {
            job(worker)
        }
        worker.hangUp()
        let waiting = condition.withLock {
            threads -= 1
            return threads == 0 ? whenClosed : []
        }
        for continuation in waiting { continuation.resume() }
    }

    private func next() -> Job? {
        condition.withLock {
            idle += 1
            defer { idle -= 1 }
            while jobs.isEmpty && !isClosed { condition.wait() }
            return jobs.isEmpty ? nil : jobs.removeFirst()
        }
    }
}

/// One thread's connection, opened anew where it broke.
final class PostgresWorker {
    private let url: String
    private var current: PostgresConnection?

    init(url: String) {
        self.url = url
    }

    /// - Throws: `StoreError.unreachable`, or `.unsafe` after a fail-over to a careless server.
    func connection() throws -> PostgresConnection {
        if let current, current.tidy() { return current }
        current = nil
        let fresh = try PostgresConnection(url: url)
        current = fresh
        return fresh
    }

    /// Never leaves a transaction open until the next job.
    func tidy() {
        if current?.tidy() == false { hangUp() }
    }

    func hangUp() {
        current = nil
    }
}
