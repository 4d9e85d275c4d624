/// Which software the server pretends to be: its version, its ids and what it lacks.
public enum ServerProfile: String, Codable, Sendable, CaseIterable {
    case mastodon, gotosocial, pleroma

    var version: String {
        switch self {
        case .mastodon: "4.6.0"
        case .gotosocial: "0.20.1+git-0000000"
        case .pleroma: "2.7.2 (compatible; Pleroma 2.9.1)"
        }
    }

    /// Neither of the two others keeps the key of a request.
    var honoursIdempotency: Bool { self == .mastodon }

    /// Path beginnings that this software answers with 404.
    var missing: [String] {
        switch self {
        case .mastodon: []
        case .gotosocial:
            [
                "/.well-known/oauth-authorization-server", "/api/v2/notifications", "/api/v1/notifications/requests",
                "/api/v1/streaming/direct",
            ]
        case .pleroma:
            ["/.well-known/oauth-authorization-server", "/api/v2/notifications", "/api/v1/notifications/requests", "/api/v1/streaming"]
        }
    }

    /// The id as clients see it. Its order is that of the numbers, as strings of equal length.
    func name(_ id: Int64) -> String {
        switch self {
        case .mastodon: String(id)
        case .gotosocial: "0" + ServerProfile.digits(id, alphabet: ServerProfile.crockford, width: 25)
        case .pleroma: "A" + ServerProfile.digits(id, alphabet: ServerProfile.base62, width: 17)
        }
    }

    /// - Returns: `nil` for a string that can't be an id of this server.
    func number(_ name: String) -> Int64? {
        switch self {
        case .mastodon: Int64(name)
        case .gotosocial: ServerProfile.number(name, alphabet: ServerProfile.crockford, width: 26)
        case .pleroma: name.hasPrefix("A") ? ServerProfile.number("0" + name.dropFirst(), alphabet: ServerProfile.base62, width: 18) : nil
        }
    }

    private static let crockford = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let base62 = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    private static func digits(_ id: Int64, alphabet: [Character], width: Int) -> String {
        var rest = Int(id)
        var out: [Character] = []
        while rest > 0 {
            out.append(alphabet[rest % alphabet.count])
            rest /= alphabet.count
        }
        return String(repeating: "0", count: max(0, width - out.count)) + String(out.reversed())
    }

    private static func number(_ name: String, alphabet: [Character], width: Int) -> Int64? {
        guard name.count == width else { return nil }
        var value: Int64 = 0
        for character in name {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            let (product, tooLong) = value.multipliedReportingOverflow(by: Int64(alphabet.count))
            let (sum, tooBig) = product.addingReportingOverflow(Int64(digit))
            guard !tooLong, !tooBig else { return nil }
            value = sum
        }
        return value
    }
}
