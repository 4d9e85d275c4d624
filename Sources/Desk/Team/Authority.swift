import Foundation
import Store

/// Whose desk this is.
public struct Authority: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable, SQLValueConvertible {
        case city, district, police, fire, ministry
        case federalAgency = "federal_agency"
        case stateAgency = "state_agency"
        case transport, utility, other
    }

    /// How the authority speaks to citizens.
    public enum Address: String, Sendable, CaseIterable, SQLValueConvertible { case du, sie }

    /// The Länder by their ISO 3166-2 letters, and `DE` for the federation.
    public static let lands = [
        "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH", "DE",
    ]

    public var name: String
    public var kind: Kind
    public var land: String
    public var address: Address

    public init(name: String, kind: Kind, land: String, address: Address) {
        self.name = name
        self.kind = kind
        self.land = land
        self.address = address
    }
}
