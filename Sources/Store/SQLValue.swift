import Foundation

/// The kinds of value both engines keep alike.
public enum SQLType: Sendable, Equatable {
    case integer, text, blob, real, boolean
}

public enum SQLValue: Sendable, Equatable {
    case null(SQLType)
    case integer(Int64)
    case text(String)
    case blob(Data)
    case real(Double)
    case boolean(Bool)
    /// Values of one kind, for what something may be one of; never a column's.
    case list(SQLType, [SQLValue])
    /// Values of one kind and NULLs: what many rows have in one column. For PostgreSQL alone.
    case column(SQLType, [SQLValue])

    var type: SQLType {
        switch self {
        case .integer: .integer
        case .text: .text
        case .blob: .blob
        case .real: .real
        case .boolean: .boolean
        case .null(let type), .list(let type, _), .column(let type, _): type
        }
    }

    @usableFromInline var isNull: Bool {
        if case .null = self { true } else { false }
    }
}

/// A Swift value that can stand in a statement and come back from a row. An enum or an `ID` with a raw value only declares it.
public protocol SQLValueConvertible {
    static var sqlType: SQLType { get }
    var sqlValue: SQLValue { get }
    /// `nil` where the column holds something else; NULL is something else too.
    init?(sqlValue: SQLValue)
}

extension SQLValueConvertible where Self: RawRepresentable, RawValue: SQLValueConvertible {
    public static var sqlType: SQLType { RawValue.sqlType }
    public var sqlValue: SQLValue { rawValue.sqlValue }

    @inlinable public init?(sqlValue: SQLValue) {
        guard let raw = RawValue(sqlValue: sqlValue) else { return nil }
        self.init(rawValue: raw)
    }
}

extension Int64: SQLValueConvertible {
    public static var sqlType: SQLType { .integer }
    public var sqlValue: SQLValue { .integer(self) }

    @inlinable public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self = number
    }
}

extension Int: SQLValueConvertible {
    public static var sqlType: SQLType { .integer }
    public var sqlValue: SQLValue { .integer(Int64(self)) }

    @inlinable public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self.init(exactly: number)
    }
}

extension String: SQLValueConvertible {
    public static var sqlType: SQLType { .text }
    public var sqlValue: SQLValue { .text(self) }

    @inlinable public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self = text
    }
}

extension Data: SQLValueConvertible {
    public static var sqlType: SQLType { .blob }
    public var sqlValue: SQLValue { .blob(self) }

    @inlinable public init?(sqlValue: SQLValue) {
        guard case .blob(let bytes) = sqlValue else { return nil }
        self = bytes
    }
}

extension Double: SQLValueConvertible {
    public static var sqlType: SQLType { .real }
    public var sqlValue: SQLValue { .real(self) }

    @inlinable public init?(sqlValue: SQLValue) {
        guard case .real(let number) = sqlValue else { return nil }
        self = number
    }
}

extension Bool: SQLValueConvertible {
    public static var sqlType: SQLType { .boolean }
    public var sqlValue: SQLValue { .boolean(self) }

    /// SQLite has no booleans; it keeps 0 and 1.
    @inlinable public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .boolean(let flag): self = flag
        case .integer(0): self = false
        case .integer(1): self = true
        default: return nil
        }
    }
}

/// A BIGINT: milliseconds since 1970, UTC. Finer fractions are lost, and what lies 100,000 years away is that far away.
extension Date: SQLValueConvertible {
    public static var sqlType: SQLType { .integer }
    public var sqlValue: SQLValue {
        let milliseconds = (timeIntervalSince1970 * 1000).rounded()
        return .integer(milliseconds.isNaN ? 0 : Int64(max(-3e15, min(3e15, milliseconds))))
    }

    @inlinable public init?(sqlValue: SQLValue) {
        guard case .integer(let milliseconds) = sqlValue else { return nil }
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

/// A BIGINT: milliseconds. Finer fractions are lost.
extension Duration: SQLValueConvertible {
    public static var sqlType: SQLType { .integer }

    public var sqlValue: SQLValue {
        .integer(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
    }

    @inlinable public init?(sqlValue: SQLValue) {
        guard case .integer(let milliseconds) = sqlValue else { return nil }
        self = .milliseconds(milliseconds)
    }
}
