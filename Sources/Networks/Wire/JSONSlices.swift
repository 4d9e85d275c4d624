import Foundation

/// Cuts JSON into its parts without changing a byte: what a network sent of one thing is kept exactly as it came.
///
/// It judges no values: a part that is no JSON is for its reader to refuse, so that one bad element doesn't cost its neighbours.
struct JSONSlices {
    private let bytes: [UInt8]
    private var position = 0

    private init(_ data: Data) { bytes = Array(data) }

    /// The elements of an array; `nil` where the data is no array or ends too early.
    static func elements(of data: Data) -> [Data]? {
        var slices = JSONSlices(data)
        guard slices.take("[") else { return nil }
        var found: [Data] = []
        if slices.take("]") { return found }
        repeat {
            guard let element = slices.value() else { return nil }
            found.append(element)
        } while slices.take(",")
        return slices.take("]") ? found : nil
    }

    /// What an object holds under a key; `nil` where the data is no object or has no such key. Keys with escapes are not found.
    static func value(of key: String, in data: Data) -> Data? {
        var slices = JSONSlices(data)
        guard slices.take("{"), !slices.take("}") else { return nil }
        let wanted = Data("\"\(key)\"".utf8)
        repeat {
            guard let name = slices.value(), slices.take(":"), let value = slices.value() else { return nil }
            if name == wanted { return value }
        } while slices.take(",")
        return nil
    }

    /// Whether the data begins as JSON arrays and objects do. Many servers answer with a page where they have no API.
    static func looksLikeJSON(_ data: Data) -> Bool {
        data.first { !isSpace($0) }.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? false
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0a).contains(byte) || byte == 0x0d }

    /// The next value, to the comma or bracket behind it.
    private mutating func value() -> Data? {
        skipSpace()
        let start = position
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard skipString() else { return nil }
                if depth == 0 { return slice(from: start) }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return slice(from: start) }
                depth -= 1
                if depth == 0 {
                    position += 1
                    return slice(from: start)
                }
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 { return slice(from: start) }
            default: break
            }
            position += 1
        }
        return nil
    }

    private mutating func skipString() -> Bool {
        position += 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\"") {
                position += 1
                return true
            }
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return false
    }

    private func slice(from start: Int) -> Data? {
        var end = position
        while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
        return end > start ? Data(bytes[start..<end]) : nil
    }
}
