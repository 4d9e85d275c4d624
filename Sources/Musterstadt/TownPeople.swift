import Desk

/// The authority, as `staff.json` has it.
public struct TownAuthority: Decodable, Sendable {
    public let name: String
    public let kind: String
    public let land: String
    /// `Sie` or `Du`.
    public let address: String
    /// Its account on the network, with the host.
    public let account: String
    public let displayName: String
    public let bio: String
}

/// Who works at the counter of Musterstadt.
public struct Staff: Decodable, Sendable {
    public let key: String
    public let name: String
    public let email: String
    public let role: String
    public let language: String
}

/// Some of them, to whom something is given together.
public struct TownTeam: Decodable, Sendable {
    public let name: String
    /// By their keys.
    public let members: [String]
}

/// Who writes from outside.
public struct CitizenProfile: Decodable, Sendable {
    public let key: String
    /// Their handle on their own server, without the leading @.
    public let acct: String
    /// As foreign as names get: empty, marked up, right to left.
    public let name: String
    public let bio: String?
    public let bot: Bool?
    public let locked: Bool?
    /// Shortcodes for which their server has a picture.
    public let emojis: [String]?
}

extension Authority {
    /// - Throws: ``Town/Unknown`` where the file names a kind or a form of address that no desk knows.
    init(_ town: TownAuthority) throws {
        guard let kind = Kind(rawValue: town.kind) else { throw Town.Unknown(what: "kind of authority", key: town.kind) }
        guard let address = Address(rawValue: town.address.lowercased()) else {
            throw Town.Unknown(what: "form of address", key: town.address)
        }
        self.init(name: town.name, kind: kind, land: town.land, address: address)
    }
}
