/// One row of a result. Its values are read by the column's name, inlined, so that each type's way is the compiler's:
///
///     let name: String = try row["name"]
///     let closedAt: Date? = try row["closed_at"]
public struct Row: Sendable {
    private let columns: Columns
    let values: [SQLValue]

    init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// - Throws: `StoreError.column` where there is no such column, or it holds NULL or another type.
    @inlinable public subscript<Value: SQLValueConvertible>(_ column: String) -> Value {
        get throws {
            guard let value = Value(sqlValue: try stored(in: column)) else { throw StoreError.column(column) }
            return value
        }
    }

    /// `nil` where the column holds NULL.
    /// - Throws: `StoreError.column` where there is no such column, or it holds another type.
    @inlinable public subscript<Value: SQLValueConvertible>(_ column: String) -> Value? {
        get throws {
            let stored = try stored(in: column)
            if stored.isNull { return nil }
            guard let value = Value(sqlValue: stored) else { throw StoreError.column(column) }
            return value
        }
    }

    @usableFromInline func stored(in column: String) throws -> SQLValue {
        guard let position = columns.position(of: column) else { throw StoreError.column(column) }
        return values[position]
    }
}

/// The names of a result's columns, shared by all its rows.
final class Columns: Sendable {
    let names: [String]
    /// Of a wide result; empty for a narrow one.
    private let positions: [String: Int]

    init(_ names: [String]) {
        self.names = names
        let isWide = names.count > 8
        positions = isWide ? Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first } : [:]
    }

    /// Comparing a handful of short names beats hashing one.
    func position(of name: String) -> Int? {
        positions.isEmpty ? names.firstIndex(of: name) : positions[name]
    }
}
