import Musterstadt
import Store
import Testing

@testable import Desk

@Suite struct DeskTableTests {
    @Test func `both engines end up with the same tables`() async throws {
        var tables: [[Table]] = []
        for engine in Engine.allCases {
            try await engine.withStore { store in
                try await Desk.migrate(store)
                tables.append(try await store.tables())
            }
        }
        #expect(tables[0].count > 15)
        #expect(tables[0] == tables[1])
    }
}
