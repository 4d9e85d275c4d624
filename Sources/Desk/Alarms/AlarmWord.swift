import Foundation
import Store

/// What kind of danger an alarm is about; it decides which help is named first.
public enum Danger: String, Sendable, CaseIterable, SQLValueConvertible {
    /// To life and limb: 112.
    case life
    /// A crime in progress, a threat: 110.
    case crime
    /// Somebody doesn't want to live on.
    case despair
}

/// Words that raise an alarm, as a colleague wrote them: `riecht nach Gas`, `Suizid*`.
public struct AlarmWord: Sendable, Equatable {
    public let id: ID<AlarmWord>
    /// In this order, next to each other, in any form and case; a star at the end stands for any ending.
    public let words: String
    public let danger: Danger

    init(_ row: Row) throws {
        id = try row["id"]
        words = try row["words"]
        danger = try row["danger"]
    }

    public static let longest = 100
    public static let most = 500
}

/// The list, made ready to look for all of it in a message at once.
struct AlarmWords: Sendable {
    private struct Sought {
        let stems: [String]
        let goesOn: Bool
        let word: AlarmWord

        func matches(_ tokens: ArraySlice<String>) -> Bool {
            guard tokens.count >= stems.count else { return false }
            return zip(stems.indices, zip(stems, tokens)).allSatisfy { index, pair in
                goesOn && index == stems.count - 1 ? pair.1.hasPrefix(pair.0) : pair.0 == pair.1
            }
        }
    }

    private var byFirst: [String: [Sought]] = [:]
    private var beginnings: [Sought] = []

    init(_ words: [AlarmWord]) {
        for word in words {
            let goesOn = word.words.hasSuffix("*")
            // What may go on is not reduced to its stem: that could cut off more than the star means.
            let stems = goesOn ? Self.beginning(of: word.words) : SearchWords.tokens(of: [word.words])
            guard let first = stems.first else { continue }
            let sought = Sought(stems: stems, goesOn: goesOn, word: word)
            if goesOn, stems.count == 1 { beginnings.append(sought) } else { byFirst[first, default: []].append(sought) }
        }
    }

    private static func beginning(of words: String) -> [String] {
        let folded = SearchWords.words(in: words).map(\.folded)
        guard let last = folded.last else { return [] }
        let stemmer = Stemmer()
        return folded.dropLast().map(stemmer.stem) + [last]
    }

    /// - Parameter tokens: Of a message, in its order, see ``SearchWords/tokens(of:)``.
    /// - Returns: The first word of the list that stands there.
    func first(in tokens: ArraySlice<String>) -> AlarmWord? {
        for index in tokens.indices {
            let rest = tokens[index...]
            if let found = byFirst[tokens[index]]?.first(where: { $0.matches(rest) }) ?? beginnings.first(where: { $0.matches(rest) }) {
                return found.word
            }
        }
        return nil
    }
}

extension Database {
    func alarmWords() throws -> [AlarmWord] {
        try rows("SELECT * FROM alarm_word ORDER BY danger, words, id LIMIT \(AlarmWord.most)").map(AlarmWord.init)
    }
}
