import CPostgres
import Foundation

/// What the server answered.
final class PostgresResult {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    /// `nil` where all went well.
    var failure: PostgresFailure? {
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: nil
        default: PostgresFailure(pointer)
        }
    }

    /// `COMMIT`, or `ROLLBACK` where a commit wasn't possible; `INSERT 0 1`.
    var command: String { String(cString: PQcmdStatus(pointer)) }

    /// A column of the first row where the result came as text; `nil` for NULL or no row.
    func text(_ column: Int32) -> String? { text(row: 0, column) }

    private func text(row: Int32, _ column: Int32) -> String? {
        guard row < PQntuples(pointer), PQgetisnull(pointer, row, column) == 0 else { return nil }
        return String(cString: PQgetvalue(pointer, row, column))
    }

    /// The first column of all rows where the result came as text.
    var texts: [String] {
        (0..<PQntuples(pointer)).compactMap { text(row: $0, 0) }
    }

    /// The result where it came in binary.
    func answer() throws -> Answer {
        let width = PQnfields(pointer)
        let changed = command.hasPrefix("SELECT") ? 0 : Int(String(cString: PQcmdTuples(pointer))) ?? 0
        guard width > 0 else { return Answer(changed: changed) }
        let columns = Columns((0..<width).map { String(cString: PQfname(pointer, $0)) })
        let types = try (0..<width).map { try PostgresType(oid: PQftype(pointer, $0), column: columns.names[Int($0)]) }
        let rows = try (0..<PQntuples(pointer)).map { row in
            Row(columns: columns, values: try types.indices.map { try value(row: row, Int32($0), types[$0]) })
        }
        return Answer(rows: rows, changed: changed)
    }

    private func value(row: Int32, _ column: Int32, _ type: PostgresType) throws -> SQLValue {
        if PQgetisnull(pointer, row, column) == 1 { return .null(.text) }
        let count = Int(PQgetlength(pointer, row, column))
        return type.decode(UnsafeRawBufferPointer(start: PQgetvalue(pointer, row, column), count: count))
    }
}

/// The types of columns we understand; a statement casts others.
private enum PostgresType {
    case int8, int4, int2, unsigned, bool, text, bytea, float8, nothing

    init(oid: Oid, column: String) throws {
        switch oid {
        case 20: self = .int8
        case 23: self = .int4
        case 21: self = .int2
        case 26: self = .unsigned
        case 16: self = .bool
        case 18, 19, 25, 1043: self = .text
        case 17: self = .bytea
        case 701: self = .float8
        case 2278: self = .nothing
        default:
            throw StoreError.statement(code: "type \(oid)", message: "the column \(column) must be cast to a type both engines have")
        }
    }

    func decode(_ bytes: UnsafeRawBufferPointer) -> SQLValue {
        switch self {
        case .int8: .integer(Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
        case .int4: .integer(Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))))
        case .int2: .integer(Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self))))
        case .unsigned: .integer(Int64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        case .bool: .boolean(bytes.first == 1)
        case .text: .text(String(decoding: bytes, as: UTF8.self))
        case .bytea: .blob(Data(bytes))
        case .float8: .real(Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))))
        case .nothing: .null(.text)
        }
    }
}
