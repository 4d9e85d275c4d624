import Foundation
import Testing

@testable import Store

/// An empty database of a test's own, on either engine, and gone after it.
struct Ground {
    let dialect: Dialect
    let location: Store.Location
    let schema = "t_" + UUID().uuidString.prefix(12).lowercased().replacing("-", with: "_")
    let folder = FileManager.default.temporaryDirectory.appending(path: "schalter-store-\(UUID().uuidString)")

    static let both: [Dialect] = [.sqlite, .postgres]

    init(_ dialect: Dialect) throws {
        self.dialect = dialect
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        location =
            switch dialect {
            case .sqlite: .sqlite(path: folder.appending(path: "desk.db").path)
            case .postgres: .postgres(url: try Server.url())
            }
    }

    var file: String { folder.appending(path: "desk.db").path }

    func open(connections: Int = 4) async throws -> Store {
        try await Store.open(location, schema: schema, connections: connections)
    }

    func remove() async throws {
        try? FileManager.default.removeItem(at: folder)
        guard dialect == .postgres else { return }
        try await Server.administer { db in
            try db.run("DROP SCHEMA IF EXISTS \(raw: schema) CASCADE")
            try db.run("DROP ROLE IF EXISTS \(raw: schema)")
        }
    }

    /// Runs a test on a database with this schema.
    static func with(
        _ dialect: Dialect, _ schema: String = "", test: (Store, Ground) async throws -> Void
    ) async throws {
        let ground = try Ground(dialect)
        do {
            let store = try await ground.open()
            if !schema.isEmpty { try await store.migrate([Migration(number: 1, name: "test", sql: schema)]) { _ in } }
            try await test(store, ground)
            await store.close()
        } catch {
            try? await ground.remove()
            throw error
        }
        try await ground.remove()
    }
}

/// The PostgreSQL server of the tests.
enum Server {
    static func url() throws -> String {
        guard let url = ProcessInfo.processInfo.environment["SCHALTER_TEST_POSTGRES"] else { throw Missing() }
        return url
    }

    /// As its superuser, outside every authority's schema.
    static func administer<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        let store = try await Store.open(.postgres(url: url()), schema: "public", connections: 1)
        let result = await Swift.Result<Result, any Error> { try await store.claim(body) }
        await store.close()
        return try result.get()
    }

    struct Missing: Error, CustomStringConvertible {
        let description = "SCHALTER_TEST_POSTGRES names no PostgreSQL server: run bin/test, which starts one."
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
