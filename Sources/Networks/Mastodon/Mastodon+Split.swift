extension Mastodon {
    public func split(_ reply: Reply) -> [Reply] {
        guard length(of: reply) > capabilities.maxLength else { return [reply] }
        var expected = 2
        // The counter's own length depends on how many parts there will be.
        for _ in 0..<8 {
            guard let parts = parts(of: reply, outOf: expected) else { return [reply] }
            if parts.count <= expected && String(parts.count).count == String(expected).count { return numbered(parts, reply) }
            expected = max(parts.count, expected)
        }
        return [reply]
    }

    /// - Returns: `nil` where mention, warning and counter alone leave no room.
    private func parts(of reply: Reply, outOf count: Int) -> [String]? {
        var rest = reply.text[...].drop(while: \.isWhitespace)
        var parts: [String] = []
        while !rest.isEmpty {
            guard parts.count < 100, let end = endOfPart(rest, reply, outOf: max(count, parts.count + 1)), end > rest.startIndex
            else { return nil }
            var part = rest[..<end]
            while part.last?.isWhitespace == true { part.removeLast() }
            parts.append(String(part))
            rest = rest[end...].drop(while: \.isWhitespace)
        }
        return parts
    }

    private func endOfPart(_ text: Substring, _ reply: Reply, outOf count: Int) -> Substring.Index? {
        if fits(text, reply, count) { return text.endIndex }
        // Ends of words, found by halving: a part that fits at one word fits at all before it.
        let words = text.indices.filter { text[$0].isWhitespace }
        var low = 0
        var high = words.count
        while low < high {
            let middle = (low + high) / 2
            if fits(text[..<words[middle]], reply, count) { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return endWithinWord(text, reply, count) }
        let end = words[low - 1]
        return endOfSentence(in: text[..<end], of: words[..<low]) ?? end
    }

    /// The last end of a sentence in the part's second half: rather there than in the middle of the next.
    private func endOfSentence(in part: Substring, of words: ArraySlice<Substring.Index>) -> Substring.Index? {
        let half = part.index(part.startIndex, offsetBy: part.count / 2)
        return words.reversed().prefix { $0 > half }.first { index in
            index > part.startIndex && (part.base[index] == "\n" || ".!?…:".contains(part.base[part.base.index(before: index)]))
        }
    }

    private func endWithinWord(_ text: Substring, _ reply: Reply, _ count: Int) -> Substring.Index? {
        var end = text.index(text.startIndex, offsetBy: capabilities.maxLength, limitedBy: text.endIndex) ?? text.endIndex
        while end > text.startIndex, !fits(text[..<end], reply, count) { end = text.index(before: end) }
        return end > text.startIndex ? end : nil
    }

    private func fits(_ text: Substring, _ reply: Reply, _ count: Int) -> Bool {
        var part = reply
        part.text = "\(text) (\(count)/\(count))"
        return length(of: part) <= capabilities.maxLength
    }

    /// Files go with the first part, the warning with all.
    private func numbered(_ parts: [String], _ reply: Reply) -> [Reply] {
        parts.enumerated().map { index, text in
            var part = reply
            part.text = "\(text) (\(index + 1)/\(parts.count))"
            if index > 0 { part.media = [] }
            return part
        }
    }
}
