/// Foreign HTML with its nesting cut down, before the parser sees it.
///
/// The parser's time and memory grow with the depth of open tags times their number, and it frees its tree by recursion: a post of
/// 100,000 nested tags would stop us. Tags beyond the limits are left out; the text between them stays.
struct ShallowHTML {
    private static let deepest = 64
    /// Open tags, summed over all start tags: what the parser may have to reopen in the worst case.
    private static let mostWork = 400_000
    /// Tags that have no content, or that the parser closes by itself before the next one of their kind.
    private static let flat: Set<String> = [
        "p", "li", "dt", "dd", "br", "hr", "img", "wbr", "input", "area", "base", "col", "embed", "link", "meta", "param",
        "source", "track",
    ]

    private let source: [UInt8]
    private var kept: [UInt8] = []
    private var open: [String] = []
    private var work = 0

    private init(_ html: String) {
        source = Array(html.utf8)
        kept.reserveCapacity(source.count)
    }

    static func bytes(of html: String) -> [UInt8] {
        var shallow = ShallowHTML(html)
        shallow.run()
        return shallow.kept
    }

    private mutating func run() {
        var position = 0
        while position < source.count {
            guard source[position] == UInt8(ascii: "<"), let end = endOfTag(from: position) else {
                let next = source[(position + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? source.count
                kept += source[position..<next]
                position = next
                continue
            }
            if keeps(source[position..<end]) { kept += source[position..<end] } else { kept.append(UInt8(ascii: " ")) }
            position = end
        }
    }

    /// Where the tag that begins at `start` ends; `nil` where no tag begins there. A tag that never ends goes to the end of the text.
    private func endOfTag(from start: Int) -> Int? {
        guard start + 1 < source.count else { return nil }
        let first = source[start + 1]
        if source[start...].starts(with: "<!--".utf8) { return endOfComment(from: start + 4) }
        guard first == UInt8(ascii: "/") || first == UInt8(ascii: "!") || first == UInt8(ascii: "?") || isLetter(first) else { return nil }
        var quote: UInt8?
        for index in (start + 1)..<source.count {
            let byte = source[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")) && source[index - 1] == UInt8(ascii: "=") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index + 1
            }
        }
        return source.count
    }

    private func endOfComment(from start: Int) -> Int {
        var dashes = 2
        for index in start..<max(start, source.count) {
            if source[index] == UInt8(ascii: ">"), dashes >= 2 { return index + 1 }
            dashes = source[index] == UInt8(ascii: "-") ? dashes + 1 : 0
        }
        return source.count
    }

    private mutating func keeps(_ tag: ArraySlice<UInt8>) -> Bool {
        let isEnd = tag.dropFirst().first == UInt8(ascii: "/")
        let name = String(decoding: tag.dropFirst(isEnd ? 2 : 1).prefix { isLetter($0) || (0x30...0x39).contains($0) }, as: UTF8.self)
            .lowercased()
        if isEnd {
            // An end tag without its start would only make the parser search; of misnested ones the others stay open, as there.
            guard !Self.flat.contains(name) else { return open.count < Self.deepest }
            guard let index = open.lastIndex(of: name) else { return false }
            open.remove(at: index)
            return true
        }
        work += open.count + 1
        guard work < Self.mostWork, open.count < Self.deepest else { return Self.flat.contains(name) && work < Self.mostWork }
        if !name.isEmpty && !Self.flat.contains(name) { open.append(name) }
        return true
    }

    private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
}
