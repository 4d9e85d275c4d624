import Foundation

/// An address of the internet, version 4 or 6.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// The bits; of a version 4 address the lowest 32.
    let bits: UInt128
    let isV6: Bool

    init(bits: UInt128, isV6: Bool) {
        self.bits = bits
        self.isV6 = isV6
    }

    init(v4 bits: UInt32) { self.init(bits: UInt128(bits), isV6: false) }

    /// Reads the usual notations, `192.0.2.1` and `2001:db8::1`, and no other: neither decimal nor octal nor short forms.
    public init?(_ text: String) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4: UInt32(bigEndian: v4.s_addr))
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            let bits = withUnsafeBytes(of: &v6) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
            self.init(bits: bits, isV6: true)
        } else {
            return nil
        }
    }

    public var description: String {
        guard isV6 else { return (0..<4).map { String(bits >> (24 - 8 * $0) & 0xff) }.joined(separator: ".") }
        return (0..<8).map { String(bits >> (112 - 16 * $0) & 0xffff, radix: 16) }.joined(separator: ":")
    }

    /// The version 4 address that a version 6 address stands for: mapped (`::ffff:0:0/96`), compatible (`::/96`) or behind NAT64
    /// (`64:ff9b::/96`). The system connects to that one, so it is the one to judge.
    var embeddedV4: IPAddress? {
        guard isV6 else { return nil }
        let prefix = bits >> 32
        let isMapped = prefix == 0xffff
        let isCompatible = prefix == 0 && bits > 1
        let isNAT64 = prefix == 0x0064_ff9b << 64
        guard isMapped || isCompatible || isNAT64 else { return nil }
        return IPAddress(v4: UInt32(truncatingIfNeeded: bits))
    }
}
