/// A range of addresses, written `127.0.0.0/8` or `fd00::/8`.
public struct AddressRange: Hashable, Sendable {
    private let base: IPAddress
    private let length: Int

    /// - Returns: `nil` where the text is no range: no address, a length beyond its bits, or bits set behind the length.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])), parts.count <= 2 else { return nil }
        let width = address.isV6 ? 128 : 32
        guard let length = parts.count == 1 ? width : Int(parts[1]), (0...width).contains(length) else { return nil }
        guard length == width || address.bits & (UInt128(1) << (width - length) - 1) == 0 else { return nil }
        self.base = address
        self.length = length
    }

    public func contains(_ address: IPAddress) -> Bool {
        guard address.isV6 == base.isV6 else { return false }
        let shift = (base.isV6 ? 128 : 32) - length
        return shift == 128 || address.bits >> shift == base.bits >> shift
    }
}

/// Which addresses we fetch from: those of the public internet, and the ranges that the operator allowed.
public struct AddressRule: Sendable {
    private let allowed: [AddressRange]

    public init(allowing allowed: [AddressRange] = []) { self.allowed = allowed }

    public func permits(_ address: IPAddress) -> Bool {
        if isAllowed(address) { return true }
        guard let inner = address.embeddedV4 else { return isPublic(address) }
        return isAllowed(inner) || isPublic(inner)
    }

    /// The operator named a range that holds this address.
    func isAllowed(_ address: IPAddress) -> Bool { allowed.contains { $0.contains(address) } }

    private func isPublic(_ address: IPAddress) -> Bool {
        guard address.isV6 else { return !Self.closedV4.contains { $0.contains(address) } }
        return Self.global.contains(address) && !Self.closedV6.contains { $0.contains(address) }
    }

    /// This host, private, shared by carriers (CGNAT), loopback, link-local, protocol assignments, documentation, 6to4 relays,
    /// benchmarks, multicast, reserved and broadcast.
    private static let closedV4 = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    ].compactMap(AddressRange.init)

    /// Everything outside is loopback, unique local, link-local, multicast, discarded or not assigned.
    private static let global = AddressRange(base: IPAddress(bits: UInt128(0x2000) << 112, isV6: true), length: 3)

    /// Teredo and other protocol assignments, documentation, and 6to4, which tunnels to any version 4 address.
    private static let closedV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].compactMap(AddressRange.init)
}

extension AddressRange {
    fileprivate init(base: IPAddress, length: Int) {
        self.base = base
        self.length = length
    }
}
