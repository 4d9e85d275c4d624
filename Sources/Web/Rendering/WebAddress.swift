import Foundation

/// Finds web addresses in plain text.
enum WebAddress {
    /// The text cut into what is an address and what is not; nothing is lost.
    static func pieces(of text: String) -> [TextPiece] {
        var pieces: [TextPiece] = []
        var plain = text.startIndex
        var from = text.startIndex
        while let start = nextStart(in: text, from: from) {
            let end = self.end(in: text, from: start)
            guard isSafe(text[start..<end]) else {
                from = end
                continue
            }
            if plain < start { pieces.append(TextPiece(text[plain..<start])) }
            pieces.append(TextPiece(text[start..<end], href: String(text[start..<end])))
            plain = end
            from = end
        }
        if plain < text.endIndex { pieces.append(TextPiece(text[plain...])) }
        return pieces
    }

    private static func nextStart(in text: String, from: String.Index) -> String.Index? {
        let bytes = text.utf8
        var index = from
        while let start = bytes[index...].firstIndex(where: { $0 | 0x20 == UInt8(ascii: "h") }) {
            index = bytes.index(after: start)
            guard index < bytes.endIndex, bytes[index] | 0x20 == UInt8(ascii: "t") else { continue }
            let ahead = bytes[start...].prefix(8).map { ("A"..."Z").contains(Unicode.Scalar($0)) ? $0 | 0x20 : $0 }
            if ahead.starts(with: "http://".utf8) || ahead.starts(with: "https://".utf8) { return start }
        }
        return nil
    }

    /// Up to the first sign that no address holds, less the punctuation of the sentence around it.
    private static func end(in text: String, from start: String.Index) -> String.Index {
        let scalars = text.unicodeScalars
        var end = scalars[start...].firstIndex { endsAddress($0) } ?? text.endIndex
        // Brackets that were never opened belong to the sentence.
        var unopened = scalars[start..<end].count { $0 == ")" } - scalars[start..<end].count { $0 == "(" }
        while end > start {
            let last = scalars.index(before: end)
            let sign = scalars[last]
            guard ".,;:!?'”“’…)]}*_".unicodeScalars.contains(sign), sign != ")" || unopened > 0 else { break }
            if sign == ")" { unopened -= 1 }
            end = last
        }
        return end
    }

    private static func endsAddress(_ sign: Unicode.Scalar) -> Bool {
        switch sign.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: "<>\"„«»`|\\^".unicodeScalars.contains(sign)
        }
    }

    /// An address that shows one host and leads to another (`https://amt.example@elsewhere.example`) is left as text.
    private static func isSafe(_ address: Substring) -> Bool {
        guard let url = URLComponents(string: String(address)), let host = url.host, !host.isEmpty else { return false }
        return url.user == nil && url.password == nil
    }
}
