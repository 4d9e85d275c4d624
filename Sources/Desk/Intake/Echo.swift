import Foundation

/// Recognises our own reply when the network tells us about it. The network may hold the mentions in front of it that the adapter put
/// there, and it may have folded white space.
enum Echo {
    static func isSame(_ ours: String, as heard: String) -> Bool {
        bare(ours) == bare(heard)
    }

    /// The text without the mentions it begins with.
    static func withoutMentions(_ text: String) -> String {
        var rest = text[...].drop(while: \.isWhitespace)
        while rest.first == "@" {
            rest = rest.drop { !$0.isWhitespace }.drop(while: \.isWhitespace)
        }
        return String(rest)
    }

    private static func bare(_ text: String) -> [Substring] {
        withoutMentions(text).split(whereSeparator: \.isWhitespace)
    }
}
