/// Puts plain text together as a browser would lay it out: white space collapsed, blocks on their own lines, quotes and lists marked.
struct TextWriter {
    private(set) var text = ""
    private var breaks = 0
    private var hasSpace = false
    /// What each new line begins with, one for each quote or list around it.
    private var margins: [String] = []
    /// How many of them the last line shares with what comes: an empty line between belongs to no deeper one.
    private var shared = 0
    /// Stands before the next line instead of the innermost margin: a list's mark.
    private var mark: String?

    mutating func word(_ text: String, isPreformatted: Bool = false) {
        guard !isPreformatted else { return preformatted(text) }
        var isFirst = true
        // What HTML calls white space; a no-break space is none. By bytes, because a megabyte of graphemes takes seconds.
        for part in text.utf8.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x20 || (0x09...0x0d).contains($0) }) {
            if !isFirst { hasSpace = true }
            isFirst = false
            if !part.isEmpty { append(Substring(part)) }
        }
    }

    private mutating func preformatted(_ text: String) {
        var isFirst = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !isFirst { lineBreak() }
            isFirst = false
            if !line.isEmpty { append(line) }
        }
    }

    /// One line break more, also in a row.
    mutating func lineBreak() {
        breaks += 1
        hasSpace = false
    }

    /// The next word begins a line, after `count - 1` empty ones at least.
    mutating func block(_ count: Int) {
        breaks = max(breaks, count)
        hasSpace = false
    }

    mutating func open(margin: String) {
        margins.append(margin)
    }

    mutating func open(mark: String) {
        self.mark = mark
        margins.append(String(repeating: " ", count: mark.count))
    }

    mutating func closeMargin() {
        margins.removeLast()
        shared = min(shared, margins.count)
        mark = nil
    }

    private mutating func append(_ part: Substring) {
        if text.isEmpty || breaks > 0 {
            beginLine()
        } else if hasSpace {
            text += " "
        }
        text += part
        hasSpace = false
    }

    private mutating func beginLine() {
        if !text.isEmpty {
            let empty = String(margins.prefix(shared).joined().reversed().drop(while: \.isWhitespace).reversed())
            for index in 0..<breaks { text += index + 1 < breaks ? "\n" + empty : "\n" }
        }
        breaks = 0
        shared = margins.count
        text += mark.map { margins.dropLast().joined() + $0 } ?? margins.joined()
        mark = nil
    }
}
