import Foundation

/// A URL somebody else gave us, in the one form in which the guard judges it and the client uses it.
///
/// The two must never see different hosts: upper case, a trailing dot or a user name in front would let a request pass by the check.
struct ForeignURL: Sendable, Hashable {
    let url: URL
    /// Lower case, without brackets and without a trailing dot.
    let host: String
    let isHTTPS: Bool
    let port: Int

    init(_ given: URL) throws(TransportFailure) {
        guard var parts = URLComponents(url: given.absoluteURL, resolvingAgainstBaseURL: true),
            let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https",
            parts.user == nil, parts.password == nil, let host = parts.encodedHost.flatMap(Self.plainHost)
        else { throw .forbidden }
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        guard Self.permits(port: port) else { throw .forbidden }
        parts.scheme = scheme
        parts.host = host.contains(":") ? "[\(host)]" : host
        parts.fragment = nil
        guard let url = parts.url, let seen = url.host?.trimmingCharacters(in: ["[", "]"]), seen == host else { throw .forbidden }
        self.url = url
        self.host = host
        self.isHTTPS = scheme == "https"
        self.port = port
    }

    /// Low ports belong to services that speak no HTTP: mail servers and the like would take our request for orders.
    private static func permits(port: Int) -> Bool { port == 80 || port == 443 || (1024...65535).contains(port) }

    /// Letters, digits, dots, hyphens and underscores, or an IPv6 address without a zone. International names come as `xn--`.
    private static func plainHost(_ text: String) -> String? {
        var host = text.lowercased().trimmingCharacters(in: ["[", "]"])
        if host.hasSuffix(".") { host.removeLast() }
        let isName = host.utf8.allSatisfy { byte in
            (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d || byte == 0x2e || byte == 0x5f
        }
        guard !host.isEmpty, host.utf8.count <= 253, isName || IPAddress(host)?.isV6 == true else { return nil }
        return host
    }
}
