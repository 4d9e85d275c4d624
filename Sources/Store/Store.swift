import Synchronization

/// One authority's database: a file on SQLite, a schema on PostgreSQL. Blocks inside are synchronous: SQL and rules of microseconds.
///
/// A block may run again (a conflict, a lost connection) and changes nothing outside the database; times and tokens are made before it.
/// A statement in a block takes at most ten seconds, and so does a block.
public struct Store: Sendable {
    public let location: Location
    public var dialect: Dialect { location.dialect }
    let engine: any Engine
    private let room = Room()

    /// Whether the last write failed because the disk is full.
    public var isFull: Bool { room.isFull }

    /// - Parameter schema: On PostgreSQL the schema, and the role that owns it; made if missing. Lower-case letters, digits and `_`.
    /// - Throws: `StoreError.unsafe` where the database wouldn't keep what it acknowledges, `StoreError.open` and `.location`.
    public static func open(
        _ location: Location, schema: String = "schalter", connections: Int = 10
    ) async throws -> Store {
        let engine: any Engine =
            switch location {
            case .sqlite(let path): try await SQLiteEngine.open(path: path, readers: connections)
            case .postgres(let url): try await PostgresEngine.open(url: url, schema: schema, connections: connections)
            }
        return Store(location: location, engine: engine)
    }

    /// Waits for the blocks that run; later ones throw `StoreError.closed`. Ends the streams of `hints`.
    public func close() async {
        await engine.close()
    }

    /// Reads one consistent snapshot and ends after ten seconds with `StoreError.timeout`: read long lists in pages.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await engine.perform(.read, body)
    }

    /// One serialisable transaction: as if nobody else wrote meanwhile. What the block throws passes through, and nothing is kept.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await room.watch { try await engine.perform(.write, body) }
    }

    /// For taking work from a queue with `skipLocked`, or for a block whose first statement locks what it changes: READ COMMITTED on
    /// PostgreSQL, where serialisable claims mostly collide.
    public func claim<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await room.watch { try await engine.perform(.claim, body) }
    }

    /// Like ``claim(_:)``, for signs of life that nobody has to hear of: it rings no hint.
    public func renew<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await room.watch { try await engine.perform(.renew, body) }
    }

    /// For rows that stand alone, many at once: blocks that arrive while the last commit syncs share the next one. Each is answered
    /// after the commit, and one that fails costs its neighbours nothing.
    public func append<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await room.watch { try await engine.perform(.append, body) }
    }

    /// Hints from now on. `changed` comes at once for commits of this process; on SQLite within a second for those of others, on
    /// PostgreSQL others are heard of through `notify` only (and `changed` comes when the line was broken: something may have been missed).
    public func hints() -> AsyncStream<Hint> {
        engine.hints()
    }

    /// Sends a hint to all who listen: on PostgreSQL on every node, on SQLite in this process. At most 7,999 bytes.
    public func notify(_ text: String) async throws {
        try await engine.notify(text)
    }

    /// Claims the database for a process that serves. Several nodes may serve one PostgreSQL; a file is served by one process.
    /// - Throws: `StoreError.inUse`.
    public func own() async throws {
        try await engine.own()
    }

    /// One short step towards removed data leaving the files: to be repeated, with pauses, until it returns `false`.
    ///
    /// On SQLite `optimizeSearch` comes first; then this returns free pages and empties the write-ahead log (which waits for open reads
    /// without making anyone wait). On PostgreSQL each step vacuums one table and rebuilds its indexes beside their use.
    /// - Returns: Whether there is more to do.
    public func compact() async throws -> Bool {
        try await engine.compact()
    }
}

/// Remembers whether there was room for the last write.
private final class Room: Sendable {
    private let full = Atomic(false)
    var isFull: Bool { full.load(ordering: .relaxed) }

    func watch<Result>(_ write: () async throws -> Result) async throws -> Result {
        do {
            let result = try await write()
            full.store(false, ordering: .relaxed)
            return result
        } catch let error as StoreError {
            if case .full = error { full.store(true, ordering: .relaxed) }
            throw error
        }
    }
}

/// What a `Store` asks of SQLite and of PostgreSQL.
protocol Engine: Sendable {
    func perform<Result: Sendable>(
        _ access: Access, _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result
    func hints() -> AsyncStream<Hint>
    func notify(_ text: String) async throws
    func migrate(_ migrations: [Migration], progress: @escaping @Sendable (String) -> Void) async throws
    func own() async throws
    func compact() async throws -> Bool
    func close() async
}

enum Access: Sendable {
    case read, write, claim, renew, append
}
