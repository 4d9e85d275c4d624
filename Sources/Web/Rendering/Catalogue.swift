import Foundation

/// The words of one language, as they stand in its file: one `key = value` a line, `#` begins a comment.
///
/// A value may hold `{placeholders}`. Counted words come as `key.one` and `key.other`; words to citizens as `key.du` and `key.sie`.
struct Catalogue: Sendable {
    private(set) var entries: [String: String] = [:]

    struct Malformed: Error, CustomStringConvertible {
        let line: Int
        let text: String
        var description: String { "Line \(line) is no “key = value”, or its key stands twice: \(text)" }
    }

    init(parsing text: String) throws {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let halves = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard halves.count == 2, !halves[1].isEmpty, entries[halves[0]] == nil else {
                throw Malformed(line: number + 1, text: line)
            }
            entries[halves[0]] = halves[1]
        }
    }

    subscript(key: String) -> String? { entries[key] }

    /// The names in braces, in no order.
    static func placeholders(in text: String) -> Set<String> {
        Set(text.matches(of: #/\{([A-Za-z.]+)\}/#).map { String($0.1) })
    }
}
