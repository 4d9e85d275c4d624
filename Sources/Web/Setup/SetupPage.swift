/// The first start: what authority this is, and who its first colleague.
public struct SetupPage: PageValue {
    let door: Door
    /// The secret of the link that the start printed.
    let token: String
    let authorityName: String
    let kinds: [Choice]
    let states: [Choice]
    let addresses: [Choice]
    let name: String
    let email: String
    let minimumPassword: Int

    /// - Parameter kind: A code name of `Authority`'s kinds; `state`: one of ``states``.
    public init(
        door: Door, token: String, authorityName: String = "", kind: String? = nil, state: String? = nil, address: Address = .sie,
        name: String = "", email: String = "", minimumPassword: Int, words: Words
    ) {
        self.door = door
        self.token = token
        self.authorityName = authorityName
        kinds = words.choices("authority.kind", of: Self.kinds, chosen: kind)
        states = words.choices("state", of: Self.states, chosen: state)
        addresses = Address.allCases.reversed().map {
            Choice(
                $0.rawValue, words("setup.address.\($0.rawValue)"),
                explanation: words.toCitizen("citizen.example", $0), isChosen: $0 == address)
        }
        self.name = name
        self.email = email
        self.minimumPassword = minimumPassword
    }

    public static let kinds = [
        "city", "district", "police", "fire", "ministry", "federal_agency", "state_agency", "transport", "utility", "other",
    ]

    /// The sixteen Länder by the letters of ISO 3166-2, and `DE` for the federation.
    public static let states = [
        "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH", "DE",
    ]

    public static let fields: Fields<SetupPage> = [
        "door": \.door, "token": \.token, "authorityName": \.authorityName, "kinds": \.kinds, "states": \.states,
        "addresses": \.addresses, "name": \.name, "email": \.email, "minimumPassword": \.minimumPassword,
    ]
}
