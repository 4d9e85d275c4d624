extension String {
    /// Foreign text without what is no text: NUL and other control characters except line breaks and tabs, and the characters that
    /// turn the writing direction by force.
    ///
    /// Embeddings, overrides and isolates (U+202A–202E, U+2066–2069) go, paired or not: with them a stranger makes a name or link read
    /// differently from what it is, also beyond the end of their own text, and pages isolate foreign text by themselves. The implicit
    /// marks (U+200E, U+200F, U+061C) and joiners stay: Arabic and Hebrew writing, and emoji, need them.
    var cleaned: String {
        guard unicodeScalars.contains(where: { !$0.isText || $0 == "\r" }) else { return self }
        var text = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            if scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}" || (scalar == "\n" && previous != "\r") {
                text.append("\n")
            } else if scalar.isText && scalar != "\n" {
                text.append(scalar)
            }
            previous = scalar
        }
        return String(text)
    }

    /// The first so many code points, with a sign that there was more.
    func cut(to limit: Int) -> String {
        guard utf8.count > limit, unicodeScalars.count > limit else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.prefix(limit))) + " […]"
    }

    /// Whether there is anything to see in it: joiners, marks and blanks alone are no name.
    var isVisible: Bool {
        unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .format, .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark, .unassigned: false
            default: !scalar.properties.isDefaultIgnorableCodePoint
            }
        }
    }

    /// Cleaned, on one line, without space around it: for names and labels.
    var cleanedLine: String {
        cleaned.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Unicode.Scalar {
    fileprivate var isText: Bool {
        switch value {
        case 0x09, 0x0a: true
        case 0x00...0x1f, 0x7f...0x9f: false
        case 0x2028...0x202e, 0x2066...0x2069, 0xfeff, 0xfff9...0xfffb: false
        default: value & 0xfffe != 0xfffe && !(0xfdd0...0xfdef).contains(value)
        }
    }
}
