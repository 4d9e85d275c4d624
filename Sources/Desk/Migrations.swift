import Foundation
import Store

extension Desk {
    /// Brings a database to this program's shape. Adding a file to `Migrations/` registers it.
    /// - Parameter progress: Told one sentence a step.
    public static func migrate(_ store: Store, progress: @escaping @Sendable (String) -> Void = { _ in }) async throws {
        try await store.migrate(try migrations(for: store.dialect), progress: progress)
    }

    /// The version of the shape that this program knows.
    public static func newestVersion(for dialect: Dialect) throws -> Int {
        try migrations(for: dialect).last?.number ?? 0
    }

    private static func migrations(for dialect: Dialect) throws -> [Migration] {
        try (dialect == .sqlite ? sqlite : postgres).get()
    }

    /// They lie beside the program and don't change while it runs.
    private static let sqlite = Result { try load(for: .sqlite) }
    private static let postgres = Result { try load(for: .postgres) }

    private static func load(for dialect: Dialect) throws -> [Migration] {
        guard let folder = Bundle.module.url(forResource: "Migrations", withExtension: nil) else {
            throw StoreError.migration("the folder with the migrations is missing beside the program")
        }
        return try Migration.load(from: folder, for: dialect)
    }
}
