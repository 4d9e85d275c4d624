import Foundation

/// A registered app.
struct AppRegistration: Codable, Sendable {
    var id: Int64
    var name: String
    var website: String?
    var redirectURIs: [String]
    var scopes: [String]
    var clientID: String
    var clientSecret: String
}

/// A code that waits to become a token: once, and within ten minutes.
struct AuthorizationCode: Codable, Sendable {
    var code: String
    var clientID: String
    var account: Int64
    var redirectURI: String
    var scopes: [String]
    /// base64url(SHA-256(verifier)); `nil` where the app asked without PKCE.
    var challenge: String?
    var expiresAt: Date
}

struct AccessToken: Codable, Sendable {
    var token: String
    var clientID: String?
    /// `nil` for an app's own token.
    var account: Int64?
    var scopes: [String]
    var createdAt: Date
}
