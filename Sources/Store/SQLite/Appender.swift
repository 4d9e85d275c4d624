import GRDB
import Synchronization

/// Group commit: while one commit syncs, the next ones gather, and go in together.
final class Appender: Sendable {
    private struct Queue {
        var waiting: [any Entry] = []
        var isBusy = false
    }

    /// A group as large as this takes some milliseconds; more would keep other writers waiting.
    private static let largestGroup = 512

    private let pool: DatabasePool
    private let bell: Bell
    private let queue = Mutex(Queue())

    init(pool: DatabasePool, bell: Bell) {
        self.pool = pool
        self.bell = bell
    }

    func append<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let starts = queue.withLock { queue in
                queue.waiting.append(Block(body: body, continuation: continuation))
                defer { queue.isBusy = true }
                return !queue.isBusy
            }
            if starts { commitNext() }
        }
    }

    private func commitNext() {
        pool.asyncWriteWithoutTransaction { [self] db in
            let group = queue.withLock { queue in
                let group = Array(queue.waiting.prefix(Self.largestGroup))
                queue.waiting.removeFirst(group.count)
                return group
            }
            commit(group, on: db)
            let goesOn = queue.withLock { queue in
                queue.isBusy = !queue.waiting.isEmpty
                return queue.isBusy
            }
            if goesOn { commitNext() }
        }
    }

    private func commit(_ group: [any Entry], on db: GRDB.Database) {
        do {
            let changes = try db.transact { try group.reduce(0) { try $0 + $1.run(on: db) } }
            for entry in group { entry.answer(nil) }
            if changes > 0 { bell.ring(.changed) }
        } catch {
            for entry in group { entry.answer(error) }
        }
    }
}

private protocol Entry: Sendable {
    /// - Returns: The number of rows changed.
    /// - Throws: Only what spoils the whole group.
    func run(on db: GRDB.Database) throws -> Int
    /// With the error that kept the group from being committed, if there was one.
    func answer(_ error: (any Error)?)
}

private final class Block<Outcome: Sendable>: Entry {
    private let body: @Sendable (Database) throws -> Outcome
    private let continuation: CheckedContinuation<Outcome, any Error>
    private let outcome = Mutex<Result<Outcome, any Error>?>(nil)

    init(body: @escaping @Sendable (Database) throws -> Outcome, continuation: CheckedContinuation<Outcome, any Error>) {
        self.body = body
        self.continuation = continuation
    }

    func run(on db: GRDB.Database) throws -> Int {
        try translatingSQLite { try db.execute(sql: "SAVEPOINT entry") }
        do {
            let (result, changes) = try db.lend(for: SQLiteEngine.limit, to: body)
            try translatingSQLite { try db.execute(sql: "RELEASE entry") }
            outcome.withLock { $0 = .success(result) }
            return changes
        } catch {
            // A full disk may end the whole transaction, and then there is nothing to go back to.
            guard db.isInsideTransaction else { throw error }
            try translatingSQLite { try db.execute(sql: "ROLLBACK TO entry; RELEASE entry") }
            outcome.withLock { $0 = .failure(error) }
            return 0
        }
    }

    func answer(_ error: (any Error)?) {
        let own = outcome.withLock { $0 }
        switch (own, error) {
        case (.failure(let failure), _): continuation.resume(throwing: failure)
        case (_, let error?): continuation.resume(throwing: error)
        case (.success(let result), nil): continuation.resume(returning: result)
        case (nil, nil): continuation.resume(throwing: StoreError.closed)
        }
    }
}
