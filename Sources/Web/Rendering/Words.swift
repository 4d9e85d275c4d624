import Foundation

/// Everything the desk says, in one language: sentences from its catalogue, numbers, dates and lists as its readers write them.
public struct Words: Sendable {
    public let language: Language
    let catalogue: Catalogue
    let clock: BerlinClock
    let moments = Moments()

    init(language: Language, catalogue: Catalogue) throws {
        self.language = language
        self.catalogue = catalogue
        self.clock = try BerlinClock(locale: language.locale)
    }

    /// The words of every language.
    /// - Throws: Where a file is missing or malformed, or the machine doesn't know Europe/Berlin.
    public static func load(from resources: Resources) throws -> [Language: Words] {
        try Dictionary(uniqueKeysWithValues: Language.allCases.map { language in
            let file = resources.folder.appending(path: "Words/\(language.rawValue).words")
            let catalogue = try Catalogue(parsing: String(contentsOf: file, encoding: .utf8))
            return (language, try Words(language: language, catalogue: catalogue))
        })
    }

    /// The words under `key`, with the placeholders filled. A key that nobody wrote shows itself; tests find it before people do.
    public func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        Self.fill(catalogue[key] ?? key, with: values)
    }

    /// `nil` where nobody wrote words under `key`.
    public func ifWritten(_ key: String, _ values: [String: String] = [:]) -> String? {
        catalogue[key].map { Self.fill($0, with: values) }
    }

    /// Counted words: `key.one` or `key.other`, with the number as `{count}`.
    public func count(_ key: String, _ number: Int, _ values: [String: String] = [:]) -> String {
        var values = values
        values["count"] = self.number(number)
        return self(key + (number == 1 ? ".one" : ".other"), values)
    }

    /// Words to a citizen, in the authority's form of address.
    public func toCitizen(_ key: String, _ address: Address, _ values: [String: String] = [:]) -> String {
        self("\(key).\(address.rawValue)", values)
    }

    /// Small ones look the same everywhere, and are most.
    public func number(_ number: Int) -> String {
        (0..<1000).contains(number) ? String(number) : number.formatted(.number.locale(language.locale))
    }

    /// Counts stop at 999: beyond, nobody reads the number, and counting would cost.
    public func capped(_ number: Int) -> String { number > 999 ? "999+" : self.number(number) }

    public func list(_ items: [String]) -> String {
        items.formatted(.list(type: .and).locale(language.locale))
    }

    public func size(ofBytes bytes: Int) -> String {
        Int64(bytes).formatted(.byteCount(style: .file).locale(language.locale))
    }

    private static func fill(_ text: String, with values: [String: String]) -> String {
        guard text.contains("{"), !values.isEmpty else { return text }
        // In one pass: a value that itself holds braces stays as it is.
        var (filled, rest) = ("", text[...])
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            filled += values[String(rest[rest.index(after: open)..<close])] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}
