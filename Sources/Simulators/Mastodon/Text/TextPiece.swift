/// What Mastodon sees in the text of a status.
enum TextPiece: Equatable {
    case plain(String)
    case link(String)
    case mention(user: String, host: String?)
    case hashtag(String)

    static func cut(_ text: String) -> [TextPiece] {
        var cutter = TextCutter(text)
        return cutter.cut()
    }
}

/// Reads a text once from front to back, scalar by scalar: an emoji modifier after `@` or `#` doesn't change what they are.
private struct TextCutter {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var plain = String.UnicodeScalarView()
    private var pieces: [TextPiece] = []

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func cut() -> [TextPiece] {
        while index < scalars.count {
            if let (piece, length) = link() ?? mention() ?? hashtag() {
                flush()
                pieces.append(piece)
                index += length
            } else {
                plain.append(scalars[index])
                index += 1
            }
        }
        flush()
        return pieces
    }

    private mutating func flush() {
        if !plain.isEmpty { pieces.append(.plain(String(plain))) }
        plain = String.UnicodeScalarView()
    }

    private var previous: Unicode.Scalar? { index > 0 ? scalars[index - 1] : nil }

    private func run(from start: Int, while accept: (Unicode.Scalar) -> Bool) -> String {
        var view = String.UnicodeScalarView()
        for scalar in scalars[min(start, scalars.count)...] {
            guard accept(scalar) else { break }
            view.append(scalar)
        }
        return String(view)
    }

    private func starts(with text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars) }

    private func link() -> (TextPiece, Int)? {
        guard starts(with: "https://") || starts(with: "http://"), !(previous.map(isWord) ?? false) else { return nil }
        var url = run(from: index) { !$0.properties.isWhitespace && $0 != "<" && $0 != ">" && $0 != "\"" }
        while let last = url.unicodeScalars.last, ".,;:!?'„“”)]".unicodeScalars.contains(last) { url.unicodeScalars.removeLast() }
        guard let host = url.split(separator: "/", maxSplits: 2).dropFirst().first, !host.isEmpty else { return nil }
        return (.link(url), url.unicodeScalars.count)
    }

    private func mention() -> (TextPiece, Int)? {
        guard scalars[index] == "@", !(previous.map { isWord($0) || $0 == "/" || $0 == "@" } ?? false) else { return nil }
        let user = trimmed(run(from: index + 1) { isHandle($0) || $0 == "." || $0 == "-" })
        guard !user.isEmpty else { return nil }
        let after = index + 1 + user.unicodeScalars.count
        guard after < scalars.count, scalars[after] == "@" else { return (.mention(user: user, host: nil), user.unicodeScalars.count + 1) }
        let host = trimmed(run(from: after + 1) { isHandle($0) || $0 == "." || $0 == "-" })
        guard host.contains(".") else { return (.mention(user: user, host: nil), user.unicodeScalars.count + 1) }
        return (.mention(user: user, host: host), user.unicodeScalars.count + host.unicodeScalars.count + 2)
    }

    private func hashtag() -> (TextPiece, Int)? {
        guard scalars[index] == "#", !(previous.map { isWord($0) || $0 == "/" || $0 == "&" } ?? false) else { return nil }
        let tag = run(from: index + 1, while: isWord)
        guard tag.unicodeScalars.contains(where: { !$0.properties.isASCIIDigit }) else { return nil }
        return (.hashtag(tag), tag.unicodeScalars.count + 1)
    }

    private func trimmed(_ text: String) -> String {
        var text = text
        while let last = text.last, last == "." || last == "-" { text.removeLast() }
        return text
    }

    private func isHandle(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && isWord(scalar) }

    private func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isASCIIDigit: Bool { numericType == .decimal }
}
