import Mustache

/// Escapes HTML byte by byte.
///
/// swift-mustache 2.1.1 compares characters, so that a `<` followed by a combining mark, a variation selector or a joiner (one character to
/// Swift, several to a browser) would go out raw. The five signs are single bytes in UTF-8 and never part of another character's bytes.
struct EscapedHTML: MustacheContentType {
    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: Self.isSpecial) else { return text }
        return String(unsafeUninitializedCapacity: text.utf8.count * 6) { buffer in
            var end = 0
            func append(_ bytes: StaticString) {
                for offset in 0..<bytes.utf8CodeUnitCount { buffer[end + offset] = bytes.utf8Start[offset] }
                end += bytes.utf8CodeUnitCount
            }
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "&"): append("&amp;")
                case UInt8(ascii: "<"): append("&lt;")
                case UInt8(ascii: ">"): append("&gt;")
                case UInt8(ascii: "\""): append("&quot;")
                case UInt8(ascii: "'"): append("&#39;")
                default:
                    buffer[end] = byte
                    end += 1
                }
            }
            return end
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}
