/// The sign of a network, beside a name.
public struct NetworkBadge: PageValue, Hashable {
    /// The network's code name, which the styles colour: `mastodon`.
    let code: String
    let letter: String
    let name: String

    /// - Parameter name: As people call it: „Mastodon“.
    public init(code: String, name: String) {
        self.code = code
        self.letter = name.first.map { $0.lowercased() } ?? "·"
        self.name = name
    }

    public static let fields: Fields<NetworkBadge> = ["code": \.code, "letter": \.letter, "name": \.name]
}
