import Foundation

/// An id that some servers write as a number and others as a string. Always text for us: numbers exceed what a Double holds.
struct LooseID: Decodable {
    let text: String

    /// Whether a text can be an id: it goes into addresses and into an index.
    static func isPlausible(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 300 && text == text.cleaned && !text.contains(where: \.isNewline)
    }

    init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        if let text = try? box.decode(String.self) {
            guard Self.isPlausible(text) else { throw NotUnderstood("an id of a shape that no server makes") }
            self.text = text
        } else if let number = try? box.decode(Int64.self) {
            text = String(number)
        } else {
            text = String(try box.decode(UInt64.self))
        }
    }
}

/// An element that may be of a shape we don't know.
private struct Perhaps<Value: Decodable>: Decodable {
    let value: Value?
    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

extension KeyedDecodingContainer {
    /// `nil` for whatever isn't there, is null, or is something else than expected.
    func maybe<Value: Decodable>(_ key: Key, as: Value.Type = Value.self) -> Value? { try? decodeIfPresent(Value.self, forKey: key) }

    /// Text of strangers, cleaned and of a length that a person could have written; `nil` where there is none or it is empty.
    func text(_ key: Key) -> String? {
        guard let text: String = maybe(key) else { return nil }
        return text.isEmpty ? nil : text.cut(to: 20_000).cleaned
    }

    func id(_ key: Key) -> String? { maybe(key, as: LooseID.self)?.text }

    /// The elements that could be read; of an absurd number the first.
    func list<Value: Decodable>(_ key: Key, of: Value.Type = Value.self) -> [Value] {
        maybe(key, as: [Perhaps<Value>].self)?.prefix(200).compactMap(\.value) ?? []
    }

    /// A limit that a server names; `nil` where it is none that makes sense.
    func figure(_ key: Key, upTo most: Int) -> Int? {
        guard let figure: Int = maybe(key), figure > 0 else { return nil }
        return min(figure, most)
    }

    /// What we count on ourselves has room above it.
    func count(_ key: Key) -> Int { min(max(0, maybe(key, as: Int.self) ?? 0), 1_000_000_000) }
}

/// Times as servers write them, with and without fractions of a second.
func networkTime(_ text: String?) -> Date? {
    guard let text else { return nil }
    return (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        ?? (try? Date(text, strategy: Date.ISO8601FormatStyle()))
}
