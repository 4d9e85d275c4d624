import Foundation

extension Mastodon {
    public static let name = "mastodon"

    init(profile: Data, token: String, in world: World) throws {
        let account = try JSONDecoder().decode(MastodonAccount.self, from: profile)
        self.init(account: account, token: token, transport: world.transport, now: world.now)
    }

    /// Connects with a token that somebody made in the server's own settings.
    /// - Parameter server: As typed: `muster.example` or a URL.
    public static func admit(token: String, server typed: String, in world: World) async throws(ConnectFailure) -> Admission {
        let server = try await inspect(server: try address(typed), transport: world.transport, now: world.now)
        return try await admit(token: token, scopes: [], on: server, in: world)
    }

    /// Begins a sign-in at a server.
    /// - Parameters:
    ///   - redirect: Our page to which the server sends the browser back.
    ///   - state: A random word, to be compared then.
    ///   - challenge: The S256 challenge made of `verifier`.
    /// - Returns: Where the browser goes, and what has to be kept until it comes back.
    public static func begin(
        server typed: String, name: String, redirect: String, website: String?, state: String, verifier: String, challenge: String,
        in world: World
    ) async throws(ConnectFailure) -> (page: URL, pending: PendingAdmission) {
        let server = try await inspect(server: try address(typed), transport: world.transport, now: world.now)
        let app = try await registerApp(on: server, name: name, redirect: redirect, website: website, transport: world.transport)
        return (app.authorizeURL(state: state, challenge: challenge), PendingAdmission(app: app, verifier: verifier))
    }

    /// Ends a sign-in with the code that the browser brought back.
    public static func admit(code: String, _ pending: PendingAdmission, in world: World) async throws(ConnectFailure) -> Admission {
        let verifier = pending.app.server.takesProofKey ? pending.verifier : nil
        let grant = try await exchange(code: code, verifier: verifier, app: pending.app, transport: world.transport)
        return try await admit(token: grant.token, scopes: grant.scopes, on: pending.app.server, in: world)
    }

    private static func admit(
        token: String, scopes: [String], on server: MastodonServer, in world: World
    ) async throws(ConnectFailure) -> Admission {
        let account = try await verify(token: token, scopes: scopes, server: server, transport: world.transport, now: world.now)
        guard let profile = try? JSONEncoder().encode(account) else { throw .notMastodon }
        return Admission(network: name, account: account.object, handle: account.handle, profile: profile, token: token)
    }

    /// The profile with what the server offers now.
    static func renewed(profile: Data, in world: World) async throws -> Data? {
        let known = try JSONDecoder().decode(MastodonAccount.self, from: profile)
        var account = known
        account.server = try await inspect(server: known.server.url, transport: world.transport, now: world.now)
        return account == known ? nil : try JSONEncoder().encode(account)
    }

    private static func address(_ typed: String) throws(ConnectFailure) -> URL {
        let typed = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !typed.isEmpty, let url = URL(string: typed.contains("://") ? typed : "https://\(typed)"), url.host() != nil else {
            throw .notMastodon
        }
        return url
    }
}
