/// A piece of somebody's text: plain, found by a search, a link, or an emoji of their server.
public struct TextPiece: Hashable, Sendable {
    let text: String
    var isMark = false
    /// Where a link leads; http or https.
    var href: String?
    /// The emoji's picture, on our own host.
    var image: String?

    init(_ text: some StringProtocol, isMark: Bool = false, href: String? = nil, image: String? = nil) {
        self.text = String(text)
        self.isMark = isMark
        self.href = href
        self.image = image
    }

    /// Made here and not in a view: a text is many pieces, and a page many texts.
    private var html: String {
        let text = EscapedHTML().escapeText(text)
        if isMark { return "<mark>\(text)</mark>" }
        if let href {
            return #"<a href="\#(EscapedHTML().escapeText(href))" rel="noreferrer noopener nofollow" target="_blank">\#(text)</a>"#
        }
        if let image {
            return #"<img class="emoji" src="\#(EscapedHTML().escapeText(image))" alt="\#(text)" title="\#(text)" loading="lazy">"#
        }
        return text
    }

    static func markup(of pieces: [TextPiece]) -> Markup { pieces.reduce(into: Markup()) { $0.append($1.html) } }
}

extension TextPiece {
    /// A whole text, with its web addresses as links and the emoji of the writer's server as pictures.
    /// - Parameter emoji: Paths on our own host by shortcode, without colons.
    public static func body(of text: String, emoji: [String: String] = [:]) -> [TextPiece] {
        WebAddress.pieces(of: text).flatMap { piece in
            piece.href == nil && !emoji.isEmpty ? withEmoji(piece.text, emoji) : [piece]
        }
    }

    /// One line's worth of a text, beginning shortly before the first place a search found.
    /// - Parameter marks: What the search found, in order and without overlap.
    public static func excerpt(of text: String, marks: [Range<String.Index>] = [], length: Int = 180) -> [TextPiece] {
        var start = text.startIndex
        if let first = marks.first, text.distance(from: start, to: first.lowerBound) > 20 {
            start = text.index(first.lowerBound, offsetBy: -16)
            start = text[start..<first.lowerBound].firstIndex(of: " ").map(text.index(after:)) ?? start
        }
        let end = text.index(start, offsetBy: length, limitedBy: text.endIndex) ?? text.endIndex
        var pieces: [TextPiece] = start > text.startIndex ? [TextPiece("… ")] : []
        for mark in marks where mark.lowerBound >= start && mark.upperBound <= end {
            if start < mark.lowerBound { pieces.append(TextPiece(text[start..<mark.lowerBound])) }
            pieces.append(TextPiece(text[mark], isMark: true))
            start = mark.upperBound
        }
        if start < end { pieces.append(TextPiece(text[start..<end])) }
        if end < text.endIndex { pieces.append(TextPiece(" …")) }
        return pieces
    }

    private static func withEmoji(_ text: String, _ emoji: [String: String]) -> [TextPiece] {
        var pieces: [TextPiece] = []
        var rest = text[...]
        while let match = rest.firstMatch(of: #/:([A-Za-z0-9_]+):/#) {
            guard let path = emoji[String(match.1)] else {
                // The colon that ends this one may begin the next.
                let end = rest.index(before: match.range.upperBound)
                pieces.append(TextPiece(rest[..<end]))
                rest = rest[end...]
                continue
            }
            if rest.startIndex < match.range.lowerBound { pieces.append(TextPiece(rest[..<match.range.lowerBound])) }
            pieces.append(TextPiece(match.0, image: path))
            rest = rest[match.range.upperBound...]
        }
        if !rest.isEmpty { pieces.append(TextPiece(rest)) }
        return pieces
    }
}
