import Foundation

/// Our registration as an app on a server. Holds a secret: store it like a token.
public struct MastodonApp: Codable, Sendable, Equatable {
    public var server: MastodonServer
    public var clientID: String
    public var clientSecret: String
    public var redirect: String
    public var scopes: [String]

    public init(server: MastodonServer, clientID: String, clientSecret: String, redirect: String, scopes: [String]) {
        self.server = server
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirect = redirect
        self.scopes = scopes
    }
}

/// Why an account could not be connected.
public enum ConnectFailure: Error, Equatable, Sendable {
    /// Not there, or its answer broke off.
    case unreachable
    /// An address that we don't fetch from; the operator may allow it.
    case addressNotAllowed
    /// There is a server, but it doesn't speak this API.
    case notMastodon
    /// The sign-in's code or the token is wrong, used up or revoked.
    case tokenRejected
    /// The token may not do what receiving needs.
    case scopesMissing([String])
    case rateLimited(until: Date)
    /// The server refused or failed.
    case refused(status: Int)
}

extension Mastodon {
    /// Asks a server what it is and what it offers.
    public static func inspect(
        server: URL, transport: any Transport, now: @escaping @Sendable () -> Date = { Date() }
    ) async throws(ConnectFailure) -> MastodonServer {
        let api = MastodonAPI(server: root(of: server), token: nil, transport: transport, now: now)
        var answer = try await api.connecting("GET", "api/v2/instance")
        if !answer.isGood || !answer.isJSON { answer = try await api.connecting("GET", "api/v1/instance") }
        guard answer.isGood, answer.isJSON, let instance: MastodonInstance = answer.decode(), instance.version != nil else {
            throw answer.isGood || answer.status == 404 ? .notMastodon : .refused(status: answer.status)
        }
        var streams = false
        if let base = instance.streamingBase(api.server) {
            let streaming = MastodonAPI(server: base, token: nil, transport: transport, now: now)
            let health = try? await streaming.connecting("GET", "api/v1/streaming/health")
            streams = health.map { $0.status == 200 && String(decoding: $0.body.prefix(8), as: UTF8.self).hasPrefix("OK") } ?? false
        }
        let metadata = try? await api.connecting("GET", ".well-known/oauth-authorization-server")
        let oauth = metadata.flatMap { $0.isGood && $0.isJSON ? $0.decode(MastodonOAuthMetadata.self) : nil }
        return instance.server(at: api.server, streams: streams, oauth: oauth)
    }

    /// Registers us as an app. Each authority does that once per server and keeps the result.
    /// - Parameter redirect: Where the server sends the browser back to, or `urn:ietf:wg:oauth:2.0:oob` for a code to copy.
    public static func registerApp(
        on server: MastodonServer, name: String, redirect: String, website: String?, transport: any Transport
    ) async throws(ConnectFailure) -> MastodonApp {
        let scopes = askable(server)
        let form = FormBody([
            ("client_name", name), ("redirect_uris", redirect), ("scopes", scopes.joined(separator: " ")), ("website", website),
        ])
        let api = MastodonAPI(server: server.url, token: nil, transport: transport, now: { Date() })
        let answer = try await api.connecting("POST", "api/v1/apps", form)
        guard answer.isGood, let app: Registration = answer.decode() else { throw .refused(status: answer.status) }
        return MastodonApp(server: server, clientID: app.id, clientSecret: app.secret, redirect: redirect, scopes: scopes)
    }

    /// Granular where the server knows that or doesn't say; the broad words where it lists words and has only those.
    private static func askable(_ server: MastodonServer) -> [String] {
        server.scopes.isEmpty || MastodonScope.wanted.allSatisfy(server.scopes.contains) ? MastodonScope.wanted : ["read", "write"]
    }

    /// Makes a token of the code with which the server sent the browser back.
    /// - Parameter verifier: What the challenge of ``MastodonApp/authorizeURL(state:challenge:)`` was made of; `nil` where none was sent.
    public static func exchange(
        code: String, verifier: String?, app: MastodonApp, transport: any Transport
    ) async throws(ConnectFailure) -> (token: String, scopes: [String]) {
        let form = FormBody([
            ("grant_type", "authorization_code"), ("code", code), ("client_id", app.clientID), ("client_secret", app.clientSecret),
            ("redirect_uri", app.redirect), ("code_verifier", verifier), ("scope", app.scopes.joined(separator: " ")),
        ])
        let api = MastodonAPI(server: app.server.url, token: nil, transport: transport, now: { Date() })
        let answer = try await api.connecting("POST", "oauth/token", form)
        guard answer.isGood, let granted: Grant = answer.decode() else {
            throw [400, 401].contains(answer.status) ? .tokenRejected : .refused(status: answer.status)
        }
        return (granted.access_token, granted.scope?.split(separator: " ").map(String.init) ?? [])
    }

    /// Finds out whose token it is, what it may do, and what the server doesn't offer to it.
    /// - Parameter scopes: As the token's grant said; empty where it was pasted, then the server is asked.
    public static func verify(
        token: String, scopes: [String] = [], server: MastodonServer, transport: any Transport,
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws(ConnectFailure) -> MastodonAccount {
        let api = MastodonAPI(server: server.url, token: token, transport: transport, now: now)
        let answer = try await api.connecting("GET", "api/v1/accounts/verify_credentials")
        let held = scopes.isEmpty ? await api.heldScopes() : scopes
        if answer.status == 403 { throw .scopesMissing(["read:accounts"]) }
        guard answer.status != 401 else { throw .tokenRejected }
        guard answer.isGood, answer.isJSON, let shape: MastodonStatus.Account = answer.decode(), let id = shape.id else {
            throw answer.isGood ? .notMastodon : .refused(status: answer.status)
        }
        let lacking = held.isEmpty ? [] : MastodonScope.needed.filter { !MastodonScope.covers(held, $0) }
        guard lacking.isEmpty else { throw .scopesMissing(lacking) }
        var account = MastodonAccount(server: server, id: id, object: "", handle: "", displayName: "", scopes: held)
        let author = Mastodon(account: account, token: token, transport: transport, now: now).author(shape)
        account.object = author.object
        account.handle = author.handle
        account.displayName = author.displayName
        account.avatarURL = author.avatarURL
        account.missing = await api.missing()
        return account
    }

    /// Whatever somebody typed or pasted: scheme, host and port of it.
    private static func root(of url: URL) -> URL {
        guard var parts = URLComponents(url: url, resolvingAgainstBaseURL: true) else { return url }
        (parts.path, parts.query, parts.fragment) = ("", nil, nil)
        return parts.url ?? url
    }

    private struct Registration: Decodable {
        let id: String
        let secret: String
        enum CodingKeys: String, CodingKey {
            case id = "client_id"
            case secret = "client_secret"
        }
    }

    private struct Grant: Decodable {
        let access_token: String
        let scope: String?
    }
}

extension MastodonApp {
    /// Where the colleague's browser goes to agree.
    /// - Parameters:
    ///   - state: A random word, to be compared when the browser comes back.
    ///   - challenge: The proof key's, S256; left out where the server doesn't take one.
    public func authorizeURL(state: String, challenge: String?) -> URL {
        let proof = server.takesProofKey ? challenge : nil
        let query = FormBody([
            ("response_type", "code"), ("client_id", clientID), ("redirect_uri", redirect), ("scope", scopes.joined(separator: " ")),
            ("state", state), ("code_challenge", proof), ("code_challenge_method", proof == nil ? nil : "S256"), ("force_login", "true"),
        ])
        return URL(string: "\(server.url.absoluteString)/oauth/authorize?\(query.text)") ?? server.url
    }
}

extension MastodonAPI {
    fileprivate func connecting(_ method: String, _ path: String, _ form: FormBody? = nil) async throws(ConnectFailure) -> Answer {
        var headers = headers
        if form != nil { headers["content-type"] = FormBody.type }
        do {
            let answer = try await exchange(OutgoingRequest(method, url(path), headers: headers, body: form?.data), .general)
            if answer.status == 429 { throw ConnectFailure.rateLimited(until: RateLimits.reset(answer.headers, at: now()) ?? now() + 300) }
            return answer
        } catch let failure as ConnectFailure {
            throw failure
        } catch TransportFailure.forbidden {
            throw .addressNotAllowed
        } catch {
            throw .unreachable
        }
    }

    /// Since 4.3 the app's own entry lists them; empty where the server doesn't tell.
    fileprivate func heldScopes() async -> [String] {
        struct App: Decodable { let scopes: [String] }
        guard let answer = try? await read("api/v1/apps/verify_credentials") else { return [] }
        return answer.decode(App.self)?.scopes ?? []
    }

    /// What the server lacks of the parts that make receiving complete.
    fileprivate func missing() async -> [String] {
        var missing: [String] = []
        for path in ["api/v1/notifications", "api/v1/conversations", "api/v1/notifications/requests"] {
            do {
                _ = try await read(path, [("limit", "1")])
            } catch .notOffered {
                missing.append(String(path.dropFirst("api/v1/".count)))
            } catch {
                continue  // trouble is no absence
            }
        }
        return missing
    }
}
