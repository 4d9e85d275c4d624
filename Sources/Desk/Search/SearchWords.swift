import CStemmer
import Foundation

/// Text as it is searched: folded (case, ß, umlauts, combining marks), cut into words, each reduced to its German stem. Done here and not
/// in the database, so that both engines find the same.
enum SearchWords {
    /// Of one text the first 200 KB are indexed.
    static let maxBytes = 200_000

    static func tokens(of texts: [String?]) -> [String] {
        texts.compactMap { $0 }.flatMap { words(in: String(decoding: $0.utf8.prefix(maxBytes), as: UTF8.self)) }.map { stem($0.folded) }
    }

    /// A word of a text, and where it stands there.
    struct Word {
        let range: Range<String.Index>
        let folded: String
    }

    static func words(in text: String) -> [Word] {
        var words: [Word] = []
        var start: String.Index?
        func end(at index: String.Index) {
            guard let first = start else { return }
            start = nil
            // No word is longer; and what looks like one may be a hundred thousand accents on one letter.
            let folded = fold(String(String.UnicodeScalarView(text.unicodeScalars[first..<index].prefix(200))))
            if !folded.isEmpty { words.append(Word(range: first..<index, folded: folded)) }
        }
        for index in text.unicodeScalars.indices {
            let isPart = text.unicodeScalars[index].properties.isPartOfWord
            if isPart, start == nil { start = index }
            if !isPart { end(at: index) }
        }
        end(at: text.endIndex)
        return words
    }

    /// `Straße` and `STRASSE`, `Bürger` and `Buerger` and `burger` are the same.
    static func fold(_ word: String) -> String {
        var folded = ""
        for scalar in word.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar {
            case "ß": folded += "ss"
            case "ı": folded += "i"
            case "ł": folded += "l"
            case "ø": folded += "o"
            case "đ": folded += "d"
            default:
                if scalar.properties.isPartOfWord, scalar.properties.generalCategory != .nonspacingMark {
                    folded.unicodeScalars.append(scalar)
                }
            }
        }
        // How umlauts are written where there are none, so that either spelling finds the other.
        for (written, meant) in [("ae", "a"), ("oe", "o"), ("ue", "u")] {
            folded = folded.replacing(written, with: meant)
        }
        return folded
    }

    static func stem(_ word: String) -> String {
        guard word.utf8.count <= 100, let stemmer = sb_stemmer_new("german", "UTF_8") else { return word }
        defer { sb_stemmer_delete(stemmer) }
        return Array(word.utf8).withUnsafeBufferPointer { bytes in
            guard let stem = sb_stemmer_stem(stemmer, bytes.baseAddress, Int32(bytes.count)) else { return word }
            return String(decoding: UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer))), as: UTF8.self)
        }
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPartOfWord: Bool {
        switch generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }
}
