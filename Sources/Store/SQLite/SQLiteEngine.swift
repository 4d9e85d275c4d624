import Foundation
import GRDB
import Synchronization

/// One file: a writer, and readers that never wait for it.
final class SQLiteEngine: Engine {
    static let limit = Duration.seconds(10)

    let path: String
    let pool: DatabasePool
    private let bell = Bell()
    private let appender: Appender
    private let foreignCommits: ForeignCommits
    private let isClosed = Atomic(false)
    private let ownership = Mutex<FileLock?>(nil)

    private init(path: String, pool: DatabasePool) {
        self.path = path
        self.pool = pool
        appender = Appender(pool: pool, bell: bell)
        foreignCommits = ForeignCommits(pool: pool, bell: bell)
    }

    static func open(path: String, readers: Int) async throws -> SQLiteEngine {
        try createFile(at: path)
        var configuration = Configuration()
        configuration.maximumReaderCount = max(1, readers)
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            guard !db.configuration.readonly else { return }
            try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")  // has effect before the first table only
            try db.execute(sql: "PRAGMA secure_delete = ON")  // freed bytes are zeroed: removed means removed
        }
        let pool = try translatingSQLite { try DatabasePool(path: path, configuration: configuration) }
        let engine = SQLiteEngine(path: path, pool: pool)
        try await engine.onWriter { try $0.makeDurable() }
        return engine
    }

    /// Readable by nobody else from the first byte on; SQLite gives the files beside it the same rights.
    private static func createFile(at path: String) throws {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError.open("\(path): \(String(cString: strerror(errno)))") }
        Glibc.close(file)
    }

    // MARK: - Blocks

    func perform<Result: Sendable>(
        _ access: Access, _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        try checkOpen()
        switch access {
        case .read: return try await read(body)
        case .write, .claim: return try await write(body, rings: true)
        case .renew: return try await write(body, rings: false)
        case .append: return try await appender.append(body)
        }
    }

    private func read<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { access in
                continuation.resume(
                    with: Swift.Result {
                        let db = try translatingSQLite { try access.get() }
                        return try db.lend(for: Self.limit, to: body).result
                    })
            }
        }
    }

    private func write<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result, rings: Bool
    ) async throws -> Result {
        let (result, changes) = try await onWriter { db in
            try db.transact { try db.lend(for: Self.limit, to: body) }
        }
        if changes > 0, rings { bell.ring(.changed) }
        return result
    }

    /// The writer's connection, outside a transaction, when it is our turn.
    func onWriter<Result: Sendable>(_ work: @escaping @Sendable (GRDB.Database) throws -> Result) async throws -> Result {
        try checkOpen()
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { db in
                continuation.resume(with: Swift.Result { try work(db) })
            }
        }
    }

    // MARK: - Hints

    func hints() -> AsyncStream<Hint> {
        foreignCommits.watch()
        return bell.listen()
    }

    func notify(_ text: String) async throws {
        bell.ring(.notified(text))
    }

    func ring(_ hint: Hint) {
        bell.ring(hint)
    }

    // MARK: - Owning and closing

    func own() async throws {
        try ownership.withLock { lock in
            if lock == nil { lock = try FileLock(beside: path) }
        }
    }

    private func checkOpen() throws {
        if isClosed.load(ordering: .relaxed) { throw StoreError.closed }
    }

    func close() async {
        isClosed.store(true, ordering: .relaxed)
        foreignCommits.stop()
        await withCheckedContinuation { continuation in
            // Behind the blocks that still run, and not on a thread that others need.
            DispatchQueue.global().async { [pool] in
                // All into the file: who copies that alone has everything.
                _ = try? pool.writeWithoutTransaction { try $0.emptyLog() }
                try? pool.close()
                continuation.resume()
            }
        }
        ownership.withLock { $0 = nil }
        bell.fallSilent()
    }
}

extension GRDB.Database {
    /// GRDB sets NORMAL when it switches the log on, whatever was asked before: a power failure would then take acknowledged commits.
    fileprivate func makeDurable() throws {
        try translatingSQLite { try execute(sql: "PRAGMA synchronous = FULL") }
        let level = try translatingSQLite { try Int.fetchOne(self, sql: "PRAGMA synchronous") }
        let journal = try translatingSQLite { try String.fetchOne(self, sql: "PRAGMA journal_mode") }
        guard level == 2 else { throw StoreError.unsafe("SQLite's synchronous is not FULL") }
        guard journal == "wal" else { throw StoreError.unsafe("SQLite can't keep a write-ahead log here") }
    }
}
