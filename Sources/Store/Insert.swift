/// A row to add.
///
///     Insert("citizen", "id, handle", "\(id), \(handle)")
public struct Insert: Sendable {
    let table: String
    let columns: String
    let row: SQL
    let conflict: String

    /// - Parameter conflict: What becomes of a row that is there already, as `ON CONFLICT …`.
    public init(_ table: String, _ columns: String, _ row: SQL, conflict: String = "") {
        self.table = table
        self.columns = columns
        self.row = row
        self.conflict = conflict
    }

    var statement: SQL {
        "INSERT INTO \(raw: table) (\(raw: columns)) VALUES (\(sql: row)) \(raw: conflict)"
    }

    /// One statement for rows that differ in their values only, the same one however many they are. PostgreSQL's alone.
    static func statement(for rows: [Insert]) -> SQL {
        let first = rows[0]
        let values = first.row.values.indices
        let row = zip(first.row.pieces, values.map { "new.v\($0)" } + [""]).map { $0 + $1 }.joined()
        var sql: SQL = "INSERT INTO \(raw: first.table) (\(raw: first.columns)) SELECT \(raw: row) FROM unnest("
        for column in values {
            if column > 0 { sql.append(text: ", ") }
            sql.append(value: .column(first.row.values[column].type, rows.map { $0.row.values[column] }))
        }
        sql.append(text: ") AS new (\(values.map { "v\($0)" }.joined(separator: ", "))) \(first.conflict)")
        return sql
    }

    func differsInValuesOnly(from other: Insert) -> Bool {
        columns == other.columns && conflict == other.conflict && row.pieces == other.row.pieces
    }
}

/// Rows that wait to go in together, table by table.
struct GatheredRows {
    private var tables: [(name: String, rows: [Insert])]

    /// - Parameter tables: In an order in which none points to one that comes after it.
    init(_ tables: [String]) {
        self.tables = tables.map { ($0, []) }
    }

    /// - Returns: False where this row can't wait with the others.
    mutating func take(_ row: Insert) -> Bool {
        guard let place = tables.firstIndex(where: { $0.name == row.table }) else { return false }
        guard tables[place].rows.first?.differsInValuesOnly(from: row) ?? true else { return false }
        tables[place].rows.append(row)
        return true
    }

    /// The statements that add them all.
    mutating func empty() -> [SQL] {
        let statements = tables.filter { !$0.rows.isEmpty }.map { Insert.statement(for: $0.rows) }
        for place in tables.indices { tables[place].rows.removeAll(keepingCapacity: true) }
        return statements
    }
}
