import Foundation

extension Mastodon {
    /// In grapheme clusters, as Mastodon counts: a link counts as 23 (or what the server says), a mention without its host, and the
    /// content warning counts too.
    public func length(of reply: Reply) -> Int {
        Self.count(named(reply), perURL: account.server.charactersPerURL) + (reply.warning?.count ?? 0)
    }

    /// The text as it is sent. A server tells only those who are named in it; so who asked is named, unless the text does already.
    func named(_ reply: Reply) -> String {
        guard let handle = Self.mentionable(reply.to), handle.lowercased() != account.handle.lowercased() else { return reply.text }
        let parts = handle.split(separator: "@")
        let isLocal = parts[1].lowercased() == account.server.domain
        let isNamed = reply.text.mentions(handle) || (isLocal && reply.text.mentions(String(parts[0])))
        return isNamed ? reply.text : "@\(handle) \(reply.text)"
    }

    /// A handle that is one mention and nothing else: with spaces in it, it would name somebody else as well. A host with umlauts is
    /// named as the net knows it, which every server understands.
    private static func mentionable(_ handle: String) -> String? {
        let parts = handle.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isInHandle) }) else { return nil }
        guard !parts[1].allSatisfy(\.isASCII) else { return handle }
        return URLComponents(string: "https://\(parts[1])")?.encodedHost.map { "\(parts[0])@\($0)" }
    }

    private static func count(_ text: String, perURL: Int) -> Int {
        var count = 0
        var rest = text[...]
        var previous: Character?
        while let first = rest.first {
            if let end = rest.endOfURL, previous?.isWordPart != true {
                count += perURL
                previous = "/"
                rest = rest[end...]
            } else if first == "@", previous?.isWordPart != true, previous != "/", let mention = rest.mention {
                count += 1 + mention.name
                previous = "a"
                rest = rest[mention.end...]
            } else {
                count += 1
                previous = first
                rest = rest.dropFirst()
            }
        }
        return count
    }
}

extension String {
    /// Whether `@handle` stands in the text, in any case, and not as a part of a longer one.
    fileprivate func mentions(_ handle: String) -> Bool {
        var rest = self[...]
        while let found = rest.range(of: "@\(handle)", options: .caseInsensitive) {
            let after = self[found.upperBound...]
            let goesOn = after.first.map { $0.isWordPart || $0 == "-" || $0 == "@" } ?? false
            let dotted = after.first == "." && after.dropFirst().first?.isWordPart == true
            let before = found.lowerBound == startIndex ? nil : self[index(before: found.lowerBound)]
            if !goesOn && !dotted && before?.isWordPart != true { return true }
            rest = after
        }
        return false
    }
}

extension Character {
    fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
    fileprivate var isInHandle: Bool { isLetter || isNumber || "_.-:".contains(self) }
}

extension Substring {
    /// Where the link ends that begins here; `nil` where none does. A host needs a dot; closing marks stay outside.
    fileprivate var endOfURL: Index? {
        guard first == "h" || first == "H" else { return nil }
        let start = prefix(8).lowercased()
        guard start.hasPrefix("https://") || start.hasPrefix("http://") else { return nil }
        let address = prefix { !$0.isWhitespace && !"<>\"„“”«»".contains($0) }
        let afterScheme = address.drop { $0 != "/" }.dropFirst(2)
        let host = afterScheme.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
        guard host.dropFirst().dropLast().contains(".") else { return nil }
        var end = address.endIndex
        while end > host.startIndex, ".,;:!?'…)]}*".contains(self[index(before: end)]) {
            let link = self[..<end]
            if link.last == ")", link.count(where: { $0 == "(" }) >= link.count(where: { $0 == ")" }) { break }
            end = index(before: end)
        }
        return end
    }

    /// The mention that begins here: how long its name is, and where it ends with its host.
    fileprivate var mention: (name: Int, end: Index)? {
        let name = dropFirst().prefix { $0.isASCII && ($0.isWordPart || $0 == "." || $0 == "-") }.trimmed
        guard !name.isEmpty else { return nil }
        guard self[name.endIndex...].first == "@" else { return (name.count, name.endIndex) }
        let host = self[name.endIndex...].dropFirst().prefix { $0.isWordPart || $0 == "." || $0 == "-" || $0 == ":" }.trimmed
        return (name.count, host.isEmpty ? name.endIndex : host.endIndex)
    }

    /// Without dots and hyphens at its end: those belong to the sentence.
    private var trimmed: Substring {
        var text = self
        while let last = text.last, !last.isWordPart { text.removeLast() }
        return text
    }
}
