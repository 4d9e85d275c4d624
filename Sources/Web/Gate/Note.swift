import Foundation

/// A notice that one page leaves for the next: what was done. It travels as the name of its words, with what stands in them.
struct Note: Sendable, Codable, Equatable {
    var name: String
    var values: [String: String] = [:]
    /// Where its deed can be undone; `nil` where it can't be.
    var undo: String?

    static let cookie = "schalter-note"
}

extension Note {
    var cookie: String {
        ((try? JSONEncoder().encode(self)) ?? Data()).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// - Returns: `nil` where it is none of ours, or names no words.
    init?(cookie: String) {
        guard cookie.utf8.count < 1000 else { return nil }
        let text = cookie.replacing("-", with: "+").replacing("_", with: "/")
        let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
        guard let note = Data(base64Encoded: padded).flatMap({ try? JSONDecoder().decode(Note.self, from: $0) }) else { return nil }
        self = note
    }

    func flash(in words: Words) -> Flash? {
        words.ifWritten("done.\(name)", values).map { Flash(.done, $0, undo: undo.flatMap(Query.local)) }
    }
}
