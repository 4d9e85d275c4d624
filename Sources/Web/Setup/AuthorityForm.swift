import Desk

/// What is to be said of an authority, at the first start and later.
public struct AuthorityForm: PageValue {
    let name: String
    let kinds: [Choice]
    let states: [Choice]
    let addresses: [Choice]

    /// - Parameter kind: A code name of `Authority`'s kinds; `state`: one of ``states``.
    public init(name: String = "", kind: String? = nil, state: String? = nil, address: Address = .sie, words: Words) {
        self.name = name
        kinds = words.choices("authority.kind", of: Self.kinds, chosen: kind)
        states = words.choices("state", of: Authority.lands, chosen: state)
        addresses = Address.allCases.reversed().map {
            Choice(
                $0.rawValue, words("setup.address.\($0.rawValue)"), explanation: words.toCitizen("citizen.example", $0),
                isChosen: $0 == address)
        }
    }

    public static let kinds = Authority.Kind.allCases.map(\.rawValue)

    public static let fields: Fields<AuthorityForm> = [
        "name": \.name, "kinds": \.kinds, "states": \.states, "addresses": \.addresses,
    ]
}

extension AuthorityForm {
    init(_ authority: Authority, words: Words) {
        self.init(
            name: authority.name, kind: authority.kind.rawValue, state: authority.land,
            address: Address(rawValue: authority.address.rawValue) ?? .sie, words: words)
    }

    /// As it was typed.
    init(_ form: Form, words: Words) {
        self.init(
            name: form["authority"], kind: form["kind"], state: form["state"], address: Address(rawValue: form["address"]) ?? .sie,
            words: words)
    }
}
