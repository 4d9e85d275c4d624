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
        types.append(value.type.oid)
        let start = bytes.count
        switch value {
        case .null: break
        case .integer(let number): append(bigEndian: UInt64(bitPattern: number))
        case .real(let number): append(bigEndian: number.bitPattern)
        case .boolean(let flag): bytes.append(flag ? 1 : 0)
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .blob(let data): bytes.append(contentsOf: data)
        }
        lengths.append(Int32(bytes.count - start))
        offsets.append(value.isNull ? nil : start)
    }

    private mutating func append(bigEndian number: UInt64) {
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
    fileprivate var type: SQLType {
        switch self {
        case .null(let type): type
        case .integer: .integer
        case .text: .text
        case .blob: .blob
        case .real: .real
        case .boolean: .boolean
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
}
