import Foundation
import Store

/// Both databases, for tests that run on each: `@Test(arguments: Engine.allCases)`.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// An empty database of a test's own, gone after it.
    /// - Throws: ``NoServer`` where the tests' PostgreSQL isn't there.
    public func withStore<Result>(_ body: (Store) async throws -> Result) async throws -> Result {
        switch self {
        case .sqlite: try await Self.withFile(body)
        case .postgres: try await Self.withSchema(body)
        }
    }

    private static func withFile<Result>(_ body: (Store) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "musterstadt-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try await Store.open(.sqlite(path: folder.appending(path: "desk.sqlite").path), connections: connections)
        return try await closing(store, after: body)
    }

    private static func withSchema<Result>(_ body: (Store) async throws -> Result) async throws -> Result {
        guard let url = ProcessInfo.processInfo.environment["SCHALTER_TEST_POSTGRES"] else { throw NoServer() }
        let schema = "town_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let store = try await Store.open(.postgres(url: url), schema: schema, connections: connections)
        do {
            let result = try await closing(store, after: body)
            try await drop(schema, at: url)
            return result
        } catch {
            try? await drop(schema, at: url)
            throw error
        }
    }

    /// Tests run side by side, and a server has only so many connections.
    private static let connections = 4

    private static func closing<Result>(_ store: Store, after body: (Store) async throws -> Result) async throws -> Result {
        do {
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    /// As the server's superuser, outside every authority's schema.
    private static func drop(_ schema: String, at url: String) async throws {
        let store = try await Store.open(.postgres(url: url), schema: "public", connections: 1)
        try await closing(store) { store in
            try await store.claim { db in
                try db.run("DROP SCHEMA IF EXISTS \(raw: schema) CASCADE")
                try db.run("DROP ROLE IF EXISTS \(raw: schema)")
            }
        }
    }

    /// Tests bring their PostgreSQL along.
    public struct NoServer: Error, CustomStringConvertible {
        public let description = "SCHALTER_TEST_POSTGRES names no PostgreSQL server: run bin/test, which starts one."
    }
}
