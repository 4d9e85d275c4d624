extension Store {
    /// The tables as they are, in a form that is the same on both engines; without `schema_migration` and the full-text table.
    public func tables() async throws -> [Table] {
        try await read { db in
            try db.rows(db.dialect.tableNames).map { try Table(named: $0["name"], in: db) }
        }
    }
}

/// What a table promises, as far as both engines can be asked.
public struct Table: Sendable, Equatable {
    public let name: String
    public let columns: [Column]
    public let primaryKey: [String]
    /// Other indexes, unique or not; a column with ` DESC` where it runs downwards.
    public let indexes: Set<Index>
    public let references: Set<Reference>

    public struct Column: Sendable, Equatable {
        public let name: String
        public let type: String
        public let isNullable: Bool
    }

    public struct Index: Sendable, Hashable {
        public let columns: [String]
        public let isUnique: Bool
        public let isPartial: Bool
    }

    public struct Reference: Sendable, Hashable {
        public let columns: [String]
        public let table: String
        public let onDelete: String
    }
}

extension Table {
    fileprivate init(named name: String, in db: Database) throws {
        self.name = name
        columns = try db.rows(db.dialect.columns(of: name)).map { row in
            Column(name: try row["name"], type: try row["type"], isNullable: try row["nullable"])
        }
        let keys = try db.rows(db.dialect.indexes(of: name))
        primaryKey = try Self.grouped(keys.filter { try $0["is_primary"] }, by: "number").first?.columns ?? []
        indexes = try Set(
            Self.grouped(keys.filter { try !$0["is_primary"] }, by: "number").map { group in
                Index(columns: group.columns, isUnique: try group.row["is_unique"], isPartial: try group.row["is_partial"])
            })
        references = try Set(
            Self.grouped(db.rows(db.dialect.references(of: name)), by: "number").map { group in
                Reference(columns: group.columns, table: try group.row["target"], onDelete: try group.row["on_delete"])
            })
    }

    /// Rows that come one per column become one per index or reference.
    private static func grouped(_ rows: [Row], by key: String) throws -> [(row: Row, columns: [String])] {
        var groups: [(number: Int, row: Row, columns: [String])] = []
        for row in rows {
            let number: Int = try row[key]
            if groups.last?.number != number { groups.append((number, row, [])) }
            groups[groups.count - 1].columns.append(try row["column"])
        }
        return groups.map { ($0.row, $0.columns) }
    }
}
