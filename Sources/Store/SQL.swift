/// A statement with its values. Whatever stands in `\(…)` is bound, never pasted; `\(raw:)` alone inserts text, and only text of ours.
///
///     try db.run("UPDATE desk SET name = \(name) WHERE id = \(id)")
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The text around the values: always one more than there are values.
    private(set) var pieces: [String]
    public private(set) var values: [SQLValue]
    /// Whether connections may keep this statement prepared. Off where the text differs from call to call.
    private(set) var isKept = true

    init(pieces: [String], values: [SQLValue], isKept: Bool = true) {
        self.pieces = pieces
        self.values = values
        self.isKept = isKept
    }

    public init(stringLiteral text: String) {
        self.init(pieces: [text], values: [])
    }

    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// The text with `$1, $2 …` where the values go.
    func text(for dialect: Dialect) -> String {
        var text = pieces[0]
        for (number, piece) in pieces.enumerated().dropFirst() {
            if case .list = values[number - 1] { text += dialect.isOne(of: "$\(number)") } else { text += "$\(number)" }
            text += piece
        }
        return text
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum += right
        return sum
    }

    public static func += (left: inout SQL, right: SQL) {
        left.pieces[left.pieces.count - 1] += right.pieces[0]
        left.pieces += right.pieces.dropFirst()
        left.values += right.values
        left.isKept = left.isKept && right.isKept
    }

    mutating func append(text: String) {
        pieces[pieces.count - 1] += text
    }

    mutating func append(value: SQLValue) {
        pieces.append("")
        values.append(value)
    }

    /// Joins statements' parts by commas: the rows of a `VALUES`.
    mutating func append(rows: [SQL]) {
        for (position, row) in rows.enumerated() {
            if position > 0 { append(text: ", ") }
            self += row
        }
        isKept = false
    }

}

extension SQL {
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL(pieces: [""], values: [])

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ text: String) {
            sql.append(text: text)
        }

        public mutating func appendInterpolation(_ value: some SQLValueConvertible) {
            sql.append(value: value.sqlValue)
        }

        /// `nil` is bound as a NULL that knows its type: PostgreSQL refuses others in some places.
        public mutating func appendInterpolation<Value: SQLValueConvertible>(_ value: Value?) {
            sql.append(value: value?.sqlValue ?? .null(Value.sqlType))
        }

        /// That what stands before is one of these, bound as one value however many they are: integers or texts.
        public mutating func appendInterpolation<Value: SQLValueConvertible>(in list: [Value]) {
            sql.append(value: .list(Value.sqlType, list.map(\.sqlValue)))
        }

        /// Many rows for a `VALUES`, each written as `(\(…), \(…))`. Of such a table the columns are `column1`, `column2` … on both engines.
        public mutating func appendInterpolation(rows: [SQL]) {
            sql.append(rows: rows)
        }

        public mutating func appendInterpolation(sql nested: SQL) {
            sql += nested
        }

        /// Trusted text: a column's name, a keyword. Never anything that came from outside.
        public mutating func appendInterpolation(raw text: String) {
            sql.append(text: text)
        }
    }
}
