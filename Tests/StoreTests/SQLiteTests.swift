import Foundation
import Testing

@testable import Store

@Suite struct SQLiteTests {
    @Test func `every commit is synced, and what is removed is overwritten`() async throws {
        try await Ground.with(.sqlite) { store, _ in
            let settings = try await store.write { db in
                try ["synchronous", "secure_delete", "auto_vacuum", "foreign_keys"].map { try db.value("PRAGMA \(raw: $0)") as Int? }
            }
            #expect(settings == [2, 1, 2, 1])
        }
    }

    @Test func `nobody else may read the files`() async throws {
        try await Ground.with(.sqlite, "CREATE TABLE thing (a BIGINT)") { store, ground in
            for suffix in ["", "-wal", "-shm"] {
                let rights = try FileManager.default.attributesOfItem(atPath: ground.file + suffix)[.posixPermissions] as? Int
                #expect(rights == 0o600, "\(suffix)")
            }
            #expect(try await store.version() == 1)
        }
    }

    @Test func `a file is served by one process`() async throws {
        try await Ground.with(.sqlite) { store, ground in
            try await store.own()
            try await store.own()
            let other = try await ground.open()
            await #expect(throws: StoreError.inUse(path: ground.file)) { try await other.own() }
            #expect(try await other.version() == 0, "commands beside it work")
            await store.close()
            try await other.own()
            await other.close()
        }
    }

    @Test func `a path that can't be is named`() async throws {
        let error = await #expect(throws: StoreError.self) { try await Store.open(.sqlite(path: "/nowhere/desk.db")) }
        #expect("\(try #require(error))" == "The database can't be opened: /nowhere/desk.db: No such file or directory.")
    }

    @Test func `a file that is no database is refused`() async throws {
        let ground = try Ground(.sqlite)
        try Data(repeating: 7, count: 8192).write(to: URL(filePath: ground.file))
        let error = await #expect(throws: StoreError.self) { try await ground.open() }
        guard case .open = error else { return #expect(Bool(false), "\(String(describing: error))") }
        try await ground.remove()
    }

    @Test(.enabled(if: geteuid() == 0, "Only root can mount a small disk."))
    func `a full disk is told, loses nothing acknowledged, and heals by itself`() async throws {
        let ground = try Ground(.sqlite)
        try await Self.run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", ground.folder.path])
        do {
            try await Self.fillAndHeal(ground)
        } catch {
            try await Self.run("/usr/bin/umount", ["-l", ground.folder.path])
            throw error
        }
        try await Self.run("/usr/bin/umount", ["-l", ground.folder.path])
        try await ground.remove()
    }

    private static func fillAndHeal(_ ground: Ground) async throws {
        let store = try await ground.open()
        try await store.migrate([Migration(number: 1, name: "test", sql: "CREATE TABLE item (bytes BLOB NOT NULL)")]) { _ in }
        let ballast = ground.folder.appending(path: "ballast")
        try Data(count: 1_000_000).write(to: ballast)
        var (stored, refusal) = (0, nil as StoreError?)
        while refusal == nil && stored < 1000 {
            do {
                let bytes = Data(repeating: 1, count: 30_000)
                let insert: @Sendable (Database) throws -> Int = { try $0.run("INSERT INTO item VALUES (\(bytes))") }
                _ = try await stored.isMultiple(of: 2) ? store.append(insert) : store.write(insert)
                stored += 1
            } catch let error as StoreError {
                refusal = error
            }
        }
        guard case .full = refusal else { return #expect(Bool(false), "\(String(describing: refusal))") }
        #expect(stored > 10)
        let kept: Int? = try await store.read { try $0.value("SELECT count(*) FROM item") }
        #expect(kept == stored, "reading goes on")

        try FileManager.default.removeItem(at: ballast)
        _ = try await store.append { try $0.run("INSERT INTO item VALUES (\(Data([1])))") }
        _ = try await store.write { try $0.run("INSERT INTO item VALUES (\(Data([1])))") }
        let after: Int? = try await store.read { try $0.value("SELECT count(*) FROM item") }
        #expect(after == stored + 2)
        await store.close()
    }

    private static func run(_ program: String, _ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        #expect(status == 0, "\(program) \(arguments)")
    }
}
