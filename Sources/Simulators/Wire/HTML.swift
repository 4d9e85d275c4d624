/// Escapes for HTML text and attributes, byte by byte: a combining mark or joiner after `<` must not hide it, as it would from
/// a comparison of characters.
func escapeHTML(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "&"): out += "&amp;".utf8
        case UInt8(ascii: "<"): out += "&lt;".utf8
        case UInt8(ascii: ">"): out += "&gt;".utf8
        case UInt8(ascii: "\""): out += "&quot;".utf8
        case UInt8(ascii: "'"): out += "&#39;".utf8
        case 0: break
        default: out.append(byte)
        }
    }
    return String(decoding: out, as: UTF8.self)
}
