import Crypto
import Foundation

extension SimulatedMastodon {
    static let outOfBand = "urn:ietf:wg:oauth:2.0:oob"
    static let scopes: Set<String> = [
        "read", "write", "follow", "push", "profile", "read:accounts", "read:notifications", "read:statuses", "read:search", "read:follows",
        "read:blocks", "read:mutes", "read:lists", "read:filters", "read:favourites", "read:bookmarks", "write:accounts",
        "write:notifications", "write:statuses", "write:media", "write:conversations", "write:favourites", "write:bookmarks",
        "write:reports", "write:blocks", "write:mutes", "write:follows", "write:filters", "write:lists",
    ]

    func register(name: String, redirectURIs: [String], scopes: [String], website: String?) throws(WireRefusal) -> AppRegistration {
        if name.isEmpty { throw .validation("Application name can't be blank") }
        if redirectURIs.isEmpty { throw .validation("Redirect URI can't be blank") }
        if !SimulatedMastodon.scopes.isSuperset(of: scopes) { throw .validation("Scopes doesn't match configured on the server.") }
        let app = AppRegistration(
            id: nextID(), name: name, website: website, redirectURIs: redirectURIs, scopes: scopes, clientID: SimulatedMastodon.secret(),
            clientSecret: SimulatedMastodon.secret())
        state.apps[app.clientID] = app
        return app
    }

    /// Checks what an app asks for before anybody is asked to consent.
    func request(clientID: String, redirectURI: String, scopes: [String]) throws(WireRefusal) -> AppRegistration {
        guard let app = state.apps[clientID] else { throw .invalidClient }
        guard app.redirectURIs.contains(redirectURI) else {
            throw WireRefusal(status: 400, error: "invalid_redirect_uri", description: "The redirect uri included is not valid.")
        }
        guard SimulatedMastodon.covers(app.scopes, scopes) else {
            throw WireRefusal(
                status: 400, error: "invalid_scope", description: "The requested scope is invalid, unknown, or malformed.")
        }
        return app
    }

    func consent(_ app: AppRegistration, account: Int64, redirectURI: String, scopes: [String], challenge: String?) -> String {
        let code = AuthorizationCode(
            code: SimulatedMastodon.secret(), clientID: app.clientID, account: account, redirectURI: redirectURI, scopes: scopes,
            challenge: challenge, expiresAt: now.addingTimeInterval(600))
        state.codes[code.code] = code
        changed()
        return code.code
    }

    func app(clientID: String, secret: String) throws(WireRefusal) -> AppRegistration {
        guard let app = state.apps[clientID], app.clientSecret == secret else { throw .invalidClient }
        return app
    }

    /// A code becomes a token once; a second try gets nothing.
    func redeem(_ code: String, app: AppRegistration, redirectURI: String, verifier: String?) throws(WireRefusal) -> AccessToken {
        guard let kept = state.codes.removeValue(forKey: code), kept.clientID == app.clientID, kept.redirectURI == redirectURI,
            kept.expiresAt > now, SimulatedMastodon.proves(verifier, kept.challenge)
        else { throw .invalidGrant }
        return issue(account: kept.account, scopes: kept.scopes, clientID: app.clientID)
    }

    /// - Parameter account: `nil` for an app's own token.
    func issue(account: Int64?, scopes: [String], clientID: String?) -> AccessToken {
        let token = AccessToken(token: SimulatedMastodon.secret(), clientID: clientID, account: account, scopes: scopes, createdAt: now)
        state.tokens[token.token] = token
        changed()
        return token
    }

    func revoke(_ token: String) {
        state.tokens[token] = nil
        changed()
    }

    /// All tokens of an account die, as after a change of its password; its streams end.
    func revokeAll(of account: Int64) {
        state.tokens = state.tokens.filter { $0.value.account != account }
        for (number, subscriber) in subscribers where subscriber.account == account { unsubscribe(number) }
        changed()
    }

    func token(_ text: String?) throws(WireRefusal) -> AccessToken {
        guard let text, let token = state.tokens[text] else { throw .invalidToken }
        return token
    }

    /// `read` covers `read:statuses`; the old `follow` covers what it always did.
    static func covers(_ granted: [String], _ wanted: [String]) -> Bool {
        wanted.allSatisfy { scope in
            let parent = String(scope.prefix { $0 != ":" })
            return granted.contains(scope) || granted.contains(parent)
                || granted.contains("follow") && [":follows", ":blocks", ":mutes"].contains { scope.hasSuffix($0) }
        }
    }

    private static func proves(_ verifier: String?, _ challenge: String?) -> Bool {
        guard let challenge else { return true }
        return base64URL(SHA256.hash(data: Data((verifier ?? "").utf8))) == challenge
    }

    private static func secret() -> String { base64URL((0..<32).map { _ in UInt8.random(in: .min ... .max) }) }

    private static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
