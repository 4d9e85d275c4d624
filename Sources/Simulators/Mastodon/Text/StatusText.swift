/// The text of a status as its writer typed it, with Mastodon's rules for length and rendering.
struct StatusText {
    let source: String
    private let pieces: [TextPiece]

    init(_ source: String) {
        self.source = source
        pieces = TextPiece.cut(source)
    }

    /// Counts as Mastodon does: grapheme clusters, a link is 23 however long, `@user@host` counts as `@user`.
    var length: Int {
        let counted = pieces.map { piece in
            switch piece {
            case .plain(let text): text
            case .link: String(repeating: "x", count: 23)
            case .mention(let user, _): "@\(user)"
            case .hashtag(let tag): "#\(tag)"
            }
        }
        return counted.joined().count
    }

    /// Handles in order of appearance, `user` or `user@host`.
    var mentions: [String] {
        pieces.compactMap { if case .mention(let user, let host) = $0 { host.map { "\(user)@\($0)" } ?? user } else { nil } }
    }

    /// Lower case, each once, in order of appearance.
    var hashtags: [String] {
        var seen: Set<String> = []
        return pieces.compactMap { if case .hashtag(let tag) = $0 { tag.lowercased() } else { nil } }.filter { seen.insert($0).inserted }
    }

    /// - Parameters:
    ///   - base: Where this server's hashtag pages are.
    ///   - profile: The address of a mentioned account and the name shown; `nil` where this server doesn't know it.
    func html(base: String, profile: (String) -> (url: String, username: String)?) -> String {
        guard !source.isEmpty else { return "" }
        let marked = pieces.map { piece in
            switch piece {
            case .plain(let text): escapeHTML(text)
            case .link(let url): StatusText.link(url)
            case .hashtag(let tag):
                "<a href=\"\(base)/tags/\(escapeHTML(tag))\" class=\"mention hashtag\" rel=\"tag\">#<span>\(escapeHTML(tag))</span></a>"
            case .mention(let user, let host): StatusText.mention(host.map { "\(user)@\($0)" } ?? user, profile)
            }
        }.joined()
        return StatusText.paragraphs(marked)
    }

    private static func mention(_ handle: String, _ profile: (String) -> (url: String, username: String)?) -> String {
        guard let known = profile(handle) else { return "@" + escapeHTML(handle) }
        let name = escapeHTML(known.username)
        return "<span class=\"h-card\" translate=\"no\"><a href=\"\(escapeHTML(known.url))\" class=\"u-url mention\">"
            + "@<span>\(name)</span></a></span>"
    }

    private static func link(_ url: String) -> String {
        let scheme = url.hasPrefix("https://") ? "https://" : "http://"
        let rest = url.dropFirst(scheme.count)
        let prefix = scheme + (rest.hasPrefix("www.") ? "www." : "")
        let shown = url.dropFirst(prefix.count).prefix(30)
        let hidden = url.dropFirst(prefix.count + shown.count)
        return "<a href=\"\(escapeHTML(url))\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">"
            + "<span class=\"invisible\">\(prefix)</span>"
            + "<span class=\"\(hidden.isEmpty ? "" : "ellipsis")\">\(escapeHTML(String(shown)))</span>"
            + "<span class=\"invisible\">\(escapeHTML(String(hidden)))</span></a>"
    }

    private static func paragraphs(_ html: String) -> String {
        var paragraphs: [[Substring]] = [[]]
        for line in html.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(line) }
        }
        return paragraphs.filter { !$0.isEmpty }.map { "<p>\($0.joined(separator: "<br />"))</p>" }.joined()
    }
}
