import HTTPTypes
import Hummingbird

extension WireRoutes {
    func addOAuth() {
        post("/api/v1/apps") { try await $0.registerApp() }
        get("/api/v1/apps/verify_credentials") { try await $0.verifyApp() }
        get("/.well-known/oauth-authorization-server") { await $0.authorizationServer() }
        get("/oauth/authorize") { await $0.askForConsent() }
        post("/oauth/authorize") { await $0.consent() }
        post("/oauth/token") { try await $0.giveToken() }
        post("/oauth/revoke") { try await $0.revokeToken() }
    }
}

extension Call {
    func registerApp() async throws -> Response {
        let single = (fields["redirect_uris"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        let scopes = (fields["scopes"] ?? "read").split(separator: " ").map(String.init)
        let app = try await server.register(
            name: fields["client_name"] ?? "", redirectURIs: single + fields.all("redirect_uris"), scopes: scopes,
            website: fields["website"])
        var json = await shape(app)
        json["client_id"] = .string(app.clientID)
        json["client_secret"] = .string(app.clientSecret)
        json["client_secret_expires_at"] = 0
        json["redirect_uri"] = .string(app.redirectURIs.joined(separator: "\n"))
        return Response(json: .object(json))
    }

    private func shape(_ app: AppRegistration) async -> [String: JSON] {
        [
            "id": await server.name(app.id), "name": .string(app.name), "website": JSON(app.website), "scopes": JSON(app.scopes),
            "redirect_uris": JSON(app.redirectURIs), "vapid_key": "BNachbauOhneSchluessel",
        ]
    }

    func verifyApp() async throws -> Response {
        let token = try await server.token(bearer)
        guard let app = await server.state.apps[token.clientID ?? ""] else { throw WireRefusal.invalidToken }
        return Response(json: .object(await shape(app)))
    }

    func authorizationServer() async -> Response {
        let base = await server.base
        let grants = await ["authorization_code", "client_credentials"] + (server.has(.passwordGrant) ? ["password"] : [])
        return Response(json: [
            "issuer": .string(base + "/"), "authorization_endpoint": .string(base + "/oauth/authorize"),
            "token_endpoint": .string(base + "/oauth/token"), "revocation_endpoint": .string(base + "/oauth/revoke"),
            "userinfo_endpoint": .string(base + "/oauth/userinfo"), "app_registration_endpoint": .string(base + "/api/v1/apps"),
            "service_documentation": "https://docs.joinmastodon.org/", "scopes_supported": JSON(SimulatedMastodon.scopes.sorted()),
            "response_types_supported": ["code"], "response_modes_supported": ["query", "fragment", "form_post"],
            "grant_types_supported": JSON(grants),
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        ])
    }

    func giveToken() async throws -> Response {
        let (id, secret) = basicCredentials ?? (fields["client_id"] ?? "", fields["client_secret"] ?? "")
        let app = try await server.app(clientID: id, secret: secret)
        return Response(json: SimulatedMastodon.shape(try await token(for: app)), headers: [.cacheControl: "no-store"])
    }

    private func token(for app: AppRegistration) async throws -> AccessToken {
        let asked = (fields["scope"] ?? "read").split(separator: " ").map(String.init)
        switch fields["grant_type"] {
        case "authorization_code":
            return try await server.redeem(
                fields["code"] ?? "", app: app, redirectURI: fields["redirect_uri"] ?? "", verifier: fields["code_verifier"])
        case "client_credentials":
            guard SimulatedMastodon.covers(app.scopes, asked) else { throw Call.invalidScope }
            return await server.issue(account: nil, scopes: asked, clientID: app.clientID)
        case "password" where await server.has(.passwordGrant):
            guard let account = await server.account(named: fields["username"] ?? "") else { throw WireRefusal.invalidGrant }
            return await server.issue(account: account.id, scopes: asked, clientID: app.clientID)
        default:
            throw WireRefusal(
                status: 400, error: "unsupported_grant_type",
                description: "The authorization grant type is not supported by the authorization server.")
        }
    }

    private static let invalidScope = WireRefusal(
        status: 400, error: "invalid_scope", description: "The requested scope is invalid, unknown, or malformed.")

    func revokeToken() async throws -> Response {
        let (id, secret) = basicCredentials ?? (fields["client_id"] ?? "", fields["client_secret"] ?? "")
        let app = try await server.app(clientID: id, secret: secret)
        // A token that isn't there any more is revoked all the same (RFC 7009).
        guard let token = await server.state.tokens[fields["token"] ?? ""] else { return Response(json: [:]) }
        guard token.clientID == app.clientID else {
            throw WireRefusal(status: 403, error: "unauthorized_client", description: "You are not authorized to revoke this token")
        }
        await server.revoke(token.token)
        return Response(json: [:])
    }
}

extension SimulatedMastodon {
    static func shape(_ token: AccessToken) -> JSON {
        [
            "access_token": .string(token.token), "token_type": "Bearer", "scope": .string(token.scopes.joined(separator: " ")),
            "created_at": JSON(Int(token.createdAt.timeIntervalSince1970)),
        ]
    }
}
