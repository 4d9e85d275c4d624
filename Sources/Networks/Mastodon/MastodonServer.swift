import Foundation

/// What a server told of itself.
public struct MastodonServer: Codable, Sendable, Equatable {
    /// Scheme, host and port.
    public var url: URL
    /// The part behind the `@` of its accounts; often, not always, the host of ``url``.
    public var domain: String
    public var title: String
    /// As the server writes it, for example `4.6.0` or `2.7.2 (compatible; Pleroma 2.6.0)`.
    public var version: String
    /// Counts up with what the API of Mastodon itself can do; `nil` with other makers and before 4.3.
    public var apiVersion: Int?
    /// Where its streams are, as an http(s) URL; `nil` where we may not or cannot listen.
    public var streamingBase: URL?
    public var charactersPerURL: Int
    /// The words for permissions that it knows; empty where it doesn't tell.
    public var scopes: [String]
    /// It takes a proof key (PKCE, S256) with the sign-in.
    public var takesProofKey: Bool
    /// Before narrowing by the token's permissions.
    public var capabilities: Capabilities

    public init(
        url: URL, domain: String, title: String, version: String, apiVersion: Int?, streamingBase: URL?, charactersPerURL: Int = 23,
        scopes: [String] = [], takesProofKey: Bool = false, capabilities: Capabilities
    ) {
        self.url = url
        self.domain = domain
        self.title = title
        self.version = version
        self.apiVersion = apiVersion
        self.streamingBase = streamingBase
        self.charactersPerURL = charactersPerURL
        self.scopes = scopes
        self.takesProofKey = takesProofKey
        self.capabilities = capabilities
    }

    /// Mastodon itself, unchanged: only there do we rely on the idempotency key and on its counts. Other makers and forks name
    /// themselves behind the number.
    static func isStock(version: String, apiVersion: Int?) -> Bool {
        apiVersion != nil && !version.isEmpty && version.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }

    public var isStock: Bool { Self.isStock(version: version, apiVersion: apiVersion) }

    /// Where the token may go to listen: to the server's own host; to another host only where the server named it in an answer that
    /// came over https, and over TLS again. So whoever could redirect the token could have read it anyway.
    static func streamingBase(named text: String?, by server: URL) -> URL? {
        guard let text, var parts = URLComponents(string: text), let host = parts.host, parts.user == nil else { return nil }
        switch parts.scheme {
        case "wss", "https": parts.scheme = "https"
        case "ws", "http": parts.scheme = "http"
        default: return nil
        }
        let isOwnHost = host.lowercased() == server.host?.lowercased()
        let staysSafe = parts.scheme == "https" || server.scheme == "http"
        guard staysSafe, isOwnHost || (server.scheme == "https" && parts.scheme == "https") else { return nil }
        return parts.url
    }
}
