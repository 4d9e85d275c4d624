import Testing

@testable import Store

@Suite struct TableTests {
    static let schema = """
        CREATE TABLE desk (
            id    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name  TEXT NOT NULL,
            share DOUBLE PRECISION,
            open  BOOLEAN NOT NULL,
            image BLOB,
            UNIQUE (name, open)
        );
        CREATE TABLE seat (
            desk_id BIGINT NOT NULL REFERENCES desk (id) ON DELETE CASCADE,
            number  BIGINT NOT NULL,
            until   BIGINT,
            PRIMARY KEY (desk_id, number)
        );
        CREATE INDEX seat_until ON seat (until DESC, number) WHERE until IS NOT NULL;
        """

    @Test func `both engines describe the same tables alike`() async throws {
        var tables: [[Table]] = []
        for dialect in Ground.both {
            try await Ground.with(dialect, Self.schema) { store, _ in tables.append(try await store.tables()) }
        }
        #expect(tables[0] == tables[1])
        #expect(tables[0].map(\.name) == ["desk", "seat"])
        #expect(tables[0][0].primaryKey == ["id"])
        #expect(tables[0][0].columns.map(\.type) == ["integer", "text", "real", "boolean", "blob"])
        #expect(tables[0][0].columns.map(\.isNullable) == [false, false, true, false, true])
        #expect(tables[0][0].indexes == [Table.Index(columns: ["name", "open"], isUnique: true, isPartial: false)])
        #expect(tables[0][1].primaryKey == ["desk_id", "number"])
        #expect(tables[0][1].indexes == [Table.Index(columns: ["until DESC", "number"], isUnique: false, isPartial: true)])
        #expect(tables[0][1].references == [Table.Reference(columns: ["desk_id"], table: "desk", onDelete: "cascade")])
    }
}
