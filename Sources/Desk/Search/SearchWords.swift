import CStemmer
import Foundation

/// Text as it is searched: folded (case, ß, umlauts, combining marks), cut into words, each reduced to its German stem. Done here and not
/// in the database, so that both engines find the same.
enum SearchWords {
    /// Of one text the first 200 KB are indexed.
    static let maxBytes = 200_000

    static func tokens(of texts: [String?]) -> [String] {
        let stemmer = Stemmer()
        return texts.compactMap { $0 }.flatMap { words(in: String(decoding: $0.utf8.prefix(maxBytes), as: UTF8.self)) }
            .map { stemmer.stem($0.folded) }
    }

    /// A word of a text, and where it stands there.
    struct Word {
        let range: Range<String.Index>
        let folded: String
    }

    /// - Parameter initials: Of words with a plain first letter only those that begin with one of these (small letters); `nil` for all.
    static func words(in text: String, initials: Set<UInt8>? = nil) -> [Word] {
        var words: [Word] = []
        var start: String.Index?
        func end(at index: String.Index) {
            guard let first = start else { return }
            start = nil
            if let initials, let initial = text.utf8[first].smallLetter, !initials.contains(initial) { return }
            // No word is longer; and what looks like one may be a hundred thousand accents on one letter.
            let folded = fold(String(text.unicodeScalars[first..<index].prefix(200)))
            if !folded.isEmpty { words.append(Word(range: first..<index, folded: folded)) }
        }
        for index in text.unicodeScalars.indices {
            let isPart = text.unicodeScalars[index].isPartOfWord
            if isPart, start == nil { start = index }
            if !isPart { end(at: index) }
        }
        end(at: text.endIndex)
        return words
    }

    /// `Straße` and `STRASSE`, `Bürger` and `Buerger` and `burger` are the same.
    static func fold(_ word: String) -> String {
        guard !word.utf8.allSatisfy({ $0 < 0x80 }) else { return withoutWrittenUmlauts(word.lowercased()) }
        var folded = String.UnicodeScalarView()
        for scalar in word.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar {
            case "ß": folded.append(contentsOf: "ss".unicodeScalars)
            case "ı": folded.append("i")
            case "ł": folded.append("l")
            case "ø": folded.append("o")
            case "đ": folded.append("d")
            default:
                if scalar.isPartOfWord, scalar.properties.generalCategory != .nonspacingMark { folded.append(scalar) }
            }
        }
        return withoutWrittenUmlauts(String(folded))
    }

    /// How umlauts are written where there are none (`ae`, `oe`, `ue`), so that either spelling finds the other.
    private static func withoutWrittenUmlauts(_ word: String) -> String {
        guard word.utf8.contains(UInt8(ascii: "e")) else { return word }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(word.utf8.count)
        var mayBeUmlaut = false
        for byte in word.utf8 {
            if byte == UInt8(ascii: "e"), mayBeUmlaut {
                mayBeUmlaut = false
                continue
            }
            mayBeUmlaut = byte == UInt8(ascii: "a") || byte == UInt8(ascii: "o") || byte == UInt8(ascii: "u")
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

}

/// Snowball's German stemmer. It holds a buffer of its own and serves one thread.
final class Stemmer {
    private let stemmer = sb_stemmer_new("german", "UTF_8")

    deinit { sb_stemmer_delete(stemmer) }

    func stem(_ word: String) -> String {
        guard word.utf8.count <= 100, let stemmer else { return word }
        return Array(word.utf8).withUnsafeBufferPointer { bytes in
            guard let stem = sb_stemmer_stem(stemmer, bytes.baseAddress, Int32(bytes.count)) else { return word }
            return String(decoding: UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer))), as: UTF8.self)
        }
    }
}

extension UInt8 {
    /// Of an ASCII character; `nil` for a part of any other.
    fileprivate var smallLetter: UInt8? {
        guard self < 0x80 else { return nil }
        return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}

extension Unicode.Scalar {
    fileprivate var isPartOfWord: Bool {
        if isASCII { return ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self) }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber, .nonspacingMark, .spacingMark:
            true
        default: false
        }
    }
}
