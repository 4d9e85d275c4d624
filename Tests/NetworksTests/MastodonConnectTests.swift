import Foundation
import Testing

@testable import Networks

@Suite struct MastodonConnectTests {
    private let url = URL(string: "https://muster.example/about?x")!

    private func inspected(_ more: [String: [ScriptedTransport.Line]] = [:]) async throws -> MastodonServer {
        var script: [String: [ScriptedTransport.Line]] = [
            "GET /api/v2/instance": [.json(200, try recorded("instance"))], "GET /api/v1/streaming/health": [.text(200, "OK")],
            "GET /.well-known/oauth-authorization-server": [
                .json(200, #"{"code_challenge_methods_supported":["S256"],"scopes_supported":["read","write"]}"#)
            ],
        ]
        script.merge(more) { $1 }
        return try await Mastodon.inspect(server: url, transport: ScriptedTransport(script))
    }

    @Test func `a server tells what can be done there`() async throws {
        let server = try await inspected()
        #expect(server.url.absoluteString == "https://muster.example" && server.domain == "muster.example")
        #expect(server.isStock && server.capabilities.idempotencySeconds == 3600 && server.capabilities.maxLength == 600)
        #expect(server.streamingBase?.absoluteString == "https://stream.muster.example" && server.capabilities.streams)
        #expect(server.capabilities.missing == [] && server.takesProofKey)
    }

    @Test func `an older or other server is asked the older way, and what it lacks is named`() async throws {
        let server = try await inspected([
            "GET /api/v2/instance": [.page(200)], "GET /api/v1/instance": [.json(200, try recorded("instance-v1"))],
            "GET /api/v1/streaming/health": [.page(404)], "GET /.well-known/oauth-authorization-server": [.page(200)],
        ])
        #expect(server.domain == "odd.example" && server.capabilities.maxLength == 5000 && !server.isStock)
        #expect(server.capabilities.idempotencySeconds == 0 && !server.capabilities.streams && server.capabilities.missing == ["streaming"])
        #expect(server.streamingBase == nil && !server.takesProofKey)
        await #expect(throws: ConnectFailure.notMastodon) { _ = try await inspected(["GET /api/v2/instance": [.page(200)]]) }
        await #expect(throws: ConnectFailure.unreachable) { _ = try await inspected(["GET /api/v2/instance": [.failure(.unreachable)]]) }
        await #expect(throws: ConnectFailure.addressNotAllowed) {
            _ = try await inspected(["GET /api/v2/instance": [.failure(.forbidden)]])
        }
    }

    @Test(arguments: [
        ("4.6.0", 10, true), ("4.6.0+glitch", 10, false), ("4.6.0 (compatible; X 1)", 10, false), ("4.2.0", nil, false), ("", 10, false),
    ])
    func `the idempotency key is relied on with Mastodon itself only`(version: String, api: Int?, isStock: Bool) {
        #expect(MastodonServer.isStock(version: version, apiVersion: api) == isStock)
    }

    @Test func `a token goes to no streaming host that the server did not name safely`() {
        let base = { (named: String, server: String) in MastodonServer.streamingBase(named: named, by: URL(string: server)!)?.absoluteString
        }
        #expect(base("wss://s.example", "https://a.example") == "https://s.example")
        #expect(base("ws://s.example", "https://a.example") == nil)
        #expect(base("ws://a.example", "https://a.example") == nil)
        #expect(base("wss://s.example", "http://a.example") == nil)
        #expect(base("ws://127.0.0.1:9", "http://127.0.0.1:8") == "http://127.0.0.1:9")
        #expect(base("wss://u:p@s.example", "https://a.example") == nil)
        #expect(base("gopher://a.example", "https://a.example") == nil)
    }

    @Test func `connecting asks for what is needed, with a proof key`() async throws {
        let server = try await inspected()
        let transport = ScriptedTransport([
            "POST /api/v1/apps": [.json(200, #"{"client_id":"c","client_secret":"s","redirect_uri":"x"}"#)],
            "POST /oauth/token": [.json(200, #"{"access_token":"t","scope":"read write"}"#), .json(400, #"{"error":"invalid_grant"}"#)],
        ])
        let app = try await Mastodon.registerApp(
            on: server, name: "Schalter", redirect: "https://amt.example/zurueck", website: nil, transport: transport)
        #expect(app.scopes == ["read", "write"])
        let agree = app.authorizeURL(state: "st&x", challenge: "ch").absoluteString
        #expect(
            agree.hasPrefix(
                "https://muster.example/oauth/authorize?response_type=code&client_id=c&redirect_uri=https%3A%2F%2Famt.example%2Fzurueck"))
        #expect(agree.contains("state=st%26x&code_challenge=ch&code_challenge_method=S256"))
        let granted = try await Mastodon.exchange(code: "abc", verifier: "v", app: app, transport: transport)
        #expect(granted.token == "t" && granted.scopes == ["read", "write"])
        #expect(transport.bodies("POST")[1].contains("code_verifier=v"))
        await #expect(throws: ConnectFailure.tokenRejected) {
            _ = try await Mastodon.exchange(code: "abc", verifier: nil, app: app, transport: transport)
        }
    }

    @Test func `a token tells whose it is, what it may do and what is missing`() async throws {
        let server = try await inspected()
        let me = #"{"id":1,"acct":"stadt","display_name":"Stadt","uri":"https://muster.example/users/stadt"}"#
        var script: [String: [ScriptedTransport.Line]] = [
            "GET /api/v1/accounts/verify_credentials": [.json(200, me)], "GET /api/v1/notifications": [.json(200, "[]")],
            "GET /api/v1/apps/verify_credentials": [.json(200, #"{"scopes":["read","write:statuses"]}"#)],
            "GET /api/v1/conversations": [.json(200, "[]")],
        ]
        let account = try await Mastodon.verify(token: "t", server: server, transport: ScriptedTransport(script))
        #expect(account.id == "1" && account.handle == "stadt@muster.example" && account.object == "https://muster.example/users/stadt")
        #expect(account.missing == ["notifications/requests"] && account.capabilities.can(.publicReply))
        #expect(!account.capabilities.can(.like) && !account.capabilities.can(.media))
        #expect(try JSONDecoder().decode(MastodonAccount.self, from: JSONEncoder().encode(account)) == account)
        await #expect(throws: ConnectFailure.scopesMissing(["read:notifications"])) {
            _ = try await Mastodon.verify(
                token: "t", scopes: ["read:accounts", "read:statuses"], server: server, transport: ScriptedTransport(script))
        }
        script["GET /api/v1/accounts/verify_credentials"] = [.json(401, "{}")]
        await #expect(throws: ConnectFailure.tokenRejected) {
            _ = try await Mastodon.verify(token: "t", server: server, transport: ScriptedTransport(script))
        }
    }
}
