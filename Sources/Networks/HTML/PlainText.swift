import CGumbo
import Foundation

/// Strangers' HTML as plain text: what they wrote, and where their links go, but never markup of theirs.
public struct PlainText {
    private var writer = TextWriter()
    /// Handles by profile URL.
    private let mentions: [String: String]
    private var preformatted = 0
    /// The next number of each list around the place; `nil` for lists without numbers.
    private var lists: [Int?] = []

    /// - Parameter mentions: `user@host` by the URL of the profile, as the network named them beside the text.
    public static func from(html: String, mentions: [String: String] = [:]) -> String {
        let bytes = ShallowHTML.bytes(of: html.cleaned)  // the parser would put replacement characters for controls
        var plain = PlainText(mentions: mentions)
        bytes.withUnsafeBytes { buffer in
            var options = kGumboDefaultOptions
            options.stop_on_first_error = false
            options.max_errors = 0
            let start = buffer.bindMemory(to: CChar.self).baseAddress
            guard let start, let document = gumbo_parse_with_options(&options, start, buffer.count) else { return }
            defer { gumbo_destroy_output(&options, document) }
            plain.write(HTMLNode(document.pointee.root))
        }
        return plain.writer.text.cleaned
    }

    private init(mentions: [String: String]) { self.mentions = mentions }

    private enum Step { case enter(HTMLNode), leave(String) }

    /// Walks with a list of its own: depth is the stranger's choice, the stack is ours.
    private mutating func write(_ root: HTMLNode) {
        var steps = [Step.enter(root)]
        while let step = steps.popLast() {
            switch step {
            case .leave(let tag): leave(tag)
            case .enter(let node):
                switch node.kind {
                case .text: writer.word(node.text, isPreformatted: preformatted > 0)
                case .other: break
                case .element(let tag):
                    guard enter(node, tag) else { continue }
                    steps.append(.leave(tag))
                    steps += node.children.reversed().map(Step.enter)
                }
            }
        }
    }

    /// - Returns: Whether to go on with what is inside.
    private mutating func enter(_ node: HTMLNode, _ tag: String) -> Bool {
        switch tag {
        case "script", "style", "head", "template", "noscript", "iframe", "noembed", "noframes", "svg", "rp", "object", "datalist":
            return false
        case "br": writer.lineBreak()
        case "img": writer.word(node["alt"] ?? "")
        case "a": return enter(anchor: node)
        case "pre": begin { $0.preformatted += 1 }
        case "blockquote": begin { $0.writer.open(margin: "> ") }
        case "ul": begin { $0.lists.append(nil) }
        case "ol": begin { $0.lists.append(node["start"].flatMap(Int.init).map { min(max($0, 0), 100_000) } ?? 1) }
        case "li": item()
        case "rt": writer.word("(")
        case "td", "th": writer.word(" ")
        default: writer.block(spacing(of: tag))
        }
        return true
    }

    private mutating func leave(_ tag: String) {
        switch tag {
        case "pre": end { $0.preformatted -= 1 }
        case "blockquote": end { $0.writer.closeMargin() }
        case "ul", "ol": end { $0.lists.removeLast() }
        case "li":
            writer.closeMargin()
            writer.block(1)
        case "rt": writer.word(")")
        default: writer.block(spacing(of: tag))
        }
    }

    private mutating func begin(_ change: (inout PlainText) -> Void) {
        writer.block(lists.isEmpty ? 2 : 1)
        change(&self)
    }

    private mutating func end(_ change: (inout PlainText) -> Void) {
        change(&self)
        writer.block(lists.isEmpty ? 2 : 1)
    }

    private mutating func item() {
        writer.block(1)
        if let number = lists.last ?? nil {
            writer.open(mark: "\(number). ")
            lists[lists.count - 1] = number + 1
        } else {
            writer.open(mark: "- ")
        }
    }

    private func spacing(of tag: String) -> Int {
        switch tag {
        case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "dl", "figure": 2
        case "div", "section", "article", "header", "footer", "main", "tr", "dt", "dd", "hr", "address", "figcaption", "details",
            "summary":
            1
        default: 0
        }
    }

    private mutating func enter(anchor node: HTMLNode) -> Bool {
        guard let href = node["href"].flatMap(webAddress) else { return true }
        let text = node.innerText
        if node.has(class: "hashtag") || text.hasPrefix("#") {
            writer.word(text)
        } else if let handle = mentions[href] ?? writtenHandle(text, href) {
            writer.word("@" + handle)
        } else if says(text, href) {
            writer.word(href)
        } else {
            writer.word("\(text) (\(href))")  // the words alone would hide where it goes
        }
        return false
    }

    /// `@user` in a link is somebody on the host it leads to; `@user@host` says it itself.
    private func writtenHandle(_ text: String, _ href: String) -> String? {
        guard text.hasPrefix("@"), text.count > 1, !text.contains(where: \.isWhitespace) else { return nil }
        let name = text.dropFirst()
        if name.contains("@") { return String(name) }
        return URLComponents(string: href)?.host.map { "\(name)@\($0)" }
    }

    /// A link's words are nothing but its address, or a shortened form of it.
    private func says(_ text: String, _ href: String) -> Bool {
        let plain = { (text: String) in
            var text = text[...]
            for scheme in ["https://", "http://"] where text.hasPrefix(scheme) { text = text.dropFirst(scheme.count) }
            if text.hasPrefix("www.") { text = text.dropFirst(4) }
            return text.hasSuffix("/") ? String(text.dropLast()) : String(text)
        }
        let said = plain(text)
        if said.hasSuffix("…") { return said.contains("/") && plain(href).hasPrefix(said.dropLast()) }
        return said.isEmpty || said == plain(href)
    }
}

/// An http or https URL as it may be shown and linked; `nil` for anything else.
func webAddress(_ text: String) -> String? {
    let text = text.cleaned.trimmingCharacters(in: .whitespacesAndNewlines)
    let start = text.prefix(8).lowercased()
    guard start.hasPrefix("https://") || start.hasPrefix("http://"), !text.contains(where: { $0.isWhitespace || "<>\"".contains($0) })
    else { return nil }
    return URLComponents(string: text)?.host?.isEmpty == false ? text : nil
}
