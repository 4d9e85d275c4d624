import CPostgres
import Foundation

/// Values on their way to PostgreSQL: binary, each with its type, NULLs too.
struct PostgresParameters {
    private(set) var types: [Oid] = []
    private var bytes: [UInt8] = []
    private var lengths: [Int32] = []
    private var offsets: [Int?] = []

    init(_ values: [SQLValue]) {
        for value in values { append(value) }
    }

    private mutating func append(_ value: SQLValue) {
        types.append(value.oid)
        let start = bytes.count
        append(bytesOf: value)
        lengths.append(Int32(bytes.count - start))
        offsets.append(value.isNull ? nil : start)
    }

    private mutating func append(bytesOf value: SQLValue) {
        switch value {
        case .null: break
        case .integer(let number): append(bigEndian: UInt64(bitPattern: number))
        case .real(let number): append(bigEndian: number.bitPattern)
        case .boolean(let flag): bytes.append(flag ? 1 : 0)
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .blob(let data): bytes.append(contentsOf: data)
        case .list(let type, let elements), .column(let type, let elements): append(type, elements)
        }
    }

    /// An array as its `recv` function reads it: dimensions, whether there are NULLs, type; length and lower bound; each with its length.
    private mutating func append(_ type: SQLType, _ elements: [SQLValue]) {
        for number in [elements.isEmpty ? 0 : 1, elements.contains(where: \.isNull) ? 1 : 0, type.oid] { append(bigEndian: number) }
        guard !elements.isEmpty else { return }
        append(bigEndian: UInt32(elements.count))
        append(bigEndian: 1 as UInt32)
        for element in elements {
            let length = bytes.count
            append(bigEndian: 0 as UInt32)
            append(bytesOf: element)
            let size = element.isNull ? .max : UInt32(bytes.count - length - 4)
            withUnsafeBytes(of: size.bigEndian) { bytes.replaceSubrange(length..<length + 4, with: $0) }
        }
    }

    private mutating func append(bigEndian number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    func withPointers<Result>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) throws -> Result
    ) rethrows -> Result {
        // One byte more: an empty text must not become a null pointer, which means NULL.
        try (bytes + [0]).withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = offsets.map { offset in offset.flatMap { start?.advanced(by: $0) } }
            return try body(pointers, lengths, [Int32](repeating: 1, count: offsets.count))
        }
    }
}

extension SQLValue {
    fileprivate var oid: Oid {
        switch self {
        case .list, .column: type.arrayOID
        default: type.oid
        }
    }
}

extension SQLType {
    fileprivate var oid: Oid {
        switch self {
        case .integer: 20
        case .text: 25
        case .blob: 17
        case .real: 701
        case .boolean: 16
        }
    }

    fileprivate var arrayOID: Oid {
        switch self {
        case .integer: 1016
        case .text: 1009
        case .blob: 1001
        case .real: 1022
        case .boolean: 1000
        }
    }
}
