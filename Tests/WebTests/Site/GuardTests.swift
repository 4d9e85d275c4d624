import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct GuardTests {
    /// Every deed, with what its form needs.
    static let editing: [(method: HTTPRequest.Method, path: String)] = [
        (.post, "/conversations/1/closure"), (.post, "/conversations/1/reopening"), (.post, "/conversations/1/assignment"),
        (.post, "/conversations/1/notes"), (.post, "/conversations/1/replies"), (.post, "/conversations/1/lease"), (.put, "/conversations/1/draft"),
        (.post, "/conversations/1/draft"), (.post, "/conversations/1/draft/media"), (.post, "/conversations/1/draft/media/1/removal"),
        (.post, "/conversations/1/follow-up"), (.post, "/conversations/1/follow-up/removal"), (.post, "/snippets"), (.post, "/snippets/1"), (.post, "/snippets/1/removal"), (.post, "/conversations/1/draft/snippet"), (.post, "/facts"), (.post, "/alarms/1/takeover"), (.post, "/conversations/1/alarm"), (.post, "/conversations/1/alarm/dismissal"), (.post, "/conversations/1/redirect"), (.post, "/conversations/1/telephone"), (.post, "/conversations/1/there"), (.post, "/alarms/words"), (.post, "/alarms/words/1/removal"), (.post, "/redirects"), (.post, "/redirects/1"), (.post, "/redirects/1/removal"), (.post, "/facts/1/end"), (.post, "/closures"), (.post, "/closures/1/removal"), (.post, "/likes"), (.post, "/assignments"), (.post, "/deliveries/1/withdrawal"), (.post, "/replies/1/withdrawal"), (.post, "/deliveries/1/redraft"), (.post, "/deliveries/1/settlement"),
        (.post, "/messages/1/like"), (.post, "/messages/1/like/removal"), (.post, "/messages/1/edit"), (.post, "/messages/1/deletion"),
    ]
    static let administration: [(method: HTTPRequest.Method, path: String)] = [
        (.post, "/conversations/1/erasure"), (.post, "/channels/connect/mastodon"), (.post, "/channels/connect/mastodon/token"),
        (.post, "/channels/1/disconnection"),
        (.post, "/authority"), (.post, "/authority/hours"), (.post, "/authority/closed-days"),
        (.post, "/authority/closed-days/2026-12-24/removal"), (.post, "/team"), (.post, "/team/1/name"), (.post, "/team/1/role"), (.post, "/team/1/link"), (.post, "/team/1/sessions/end"), (.post, "/team/1/second-factor/removal"), (.post, "/team/1/removal"),
        (.post, "/teams"), (.post, "/teams/1"), (.post, "/teams/1/removal"),
    ]
    /// Of duty editors.
    static let duty: [(method: HTTPRequest.Method, path: String)] = [(.post, "/team/1/hand-back")]
    static let own: [(method: HTTPRequest.Method, path: String)] = [
        (.post, "/account/settings"), (.post, "/conversations/1/presence"), (.post, "/account/password"), (.post, "/account/hand-back"), (.post, "/account/sessions/1/end"), (.post, "/account/second-factor"),
        (.post, "/account/second-factor/confirmation"), (.post, "/account/second-factor/removal"), (.post, "/account/recovery-codes"), (.post, "/sign-out"),
        (.post, "/views"), (.post, "/views/1"), (.post, "/views/1/removal"), (.post, "/signin"), (.post, "/signin/code"), (.post, "/signin/token"), (.post, "/setup/token"),
    ]

    /// So that a new deed can't be forgotten here.
    @Test func `every unsafe route is in these lists`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Web")
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix("Routes.swift") }
        let listed = Set((Self.editing + Self.duty + Self.administration + Self.own).map { Self.shape($0.path.replacing("2026-12-24", with: "1")) })
        for file in files {
            let code = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for match in code.matches(of: #/routes\.(?:post|put|delete|patch)\("([^"]+)"/#) {
                #expect(listed.contains(Self.shape("/" + String(match.1))), "\(file): \(match.1)")
            }
        }
    }

    private static func shape(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix(":") || Int($0) != nil || $0 == "token" && path.hasPrefix("/s") ? "*" : $0 }.joined(
            separator: "/")
    }

    @Test(arguments: Engine.allCases) func `a reader can't use an editor's verbs, nor an editor an admin's`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.hear("Der Aufzug steht.")
            try await counter.ask { client async throws in
                for deed in Self.editing + Self.duty + Self.administration {
                    #expect(try await client.post(deed.path, as: counter.reader, method: deed.method).status == .forbidden, "\(deed.path)")
                }
                for deed in Self.duty + Self.administration {
                    #expect(try await client.post(deed.path, as: counter.editor, method: deed.method).status == .forbidden, "\(deed.path)")
                }
                for page in ["/team", "/team/1", "/authority", "/authority/hours", "/teams", "/teams/1", "/conversations/1/erasure", "/channels/connect/mastodon"] {
                    #expect(try await client.get(page, as: counter.editor).status == .forbidden, "\(page)")
                }
                let page = try await client.get("/conversations/1", as: counter.reader)
                #expect(page.status == .ok && !page.text.contains("action=\"/conversations"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a duty editor hands back what a colleague has, and administers nothing`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Der Aufzug steht.")
            try await counter.desk.conversations.assign(id, to: counter.editorID, by: counter.editorID, at: counter.desk.clock.now())
            let duty = try await counter.signIn("Dora Dienst", .dutyEditor)
            try await counter.ask { client async throws in
                for deed in Self.administration {
                    #expect(try await client.post(deed.path, as: duty, method: deed.method).status == .forbidden, "\(deed.path)")
                }
                #expect(try await client.get("/inbox", as: duty).text.contains("href=\"/team\""))
                #expect(try await !client.get("/inbox", as: counter.editor).text.contains("href=\"/team\""))
                let (team, path) = (try await client.get("/team", as: duty).text, "/team/\(counter.editorID)")
                #expect(team.contains("Kim Muster") && !team.contains("<form class=\"stack\"") && !team.contains("/authority"))
                let page = try await client.get(path, as: duty).text
                #expect(page.contains("1 offenes Gespräch ist bei Kim Muster.") && page.ranges(of: "<form").count == 2)  // to sign out, too
                #expect(try await client.post("\(path)/hand-back", as: duty).headers[.location] == path)
                #expect(try await client.get(path, as: duty).text.contains("Gerade liegt nichts bei dieser Person."))
            }
        }
    }

    @Test(arguments: ["https://elsewhere.example", "null", "", "http://schalter.example.elsewhere.example"], Engine.allCases)
    func `a deed sent from a stranger's page is refused`(origin: String, on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.hear("Der Aufzug steht.")
            try await counter.ask { client async throws in
                for deed in Self.editing + Self.duty + Self.administration + Self.own {
                    let answer = try await client.post(deed.path, as: counter.admin, headers: [.origin: origin], method: deed.method)
                    #expect(answer.status == .forbidden, "\(deed.path)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func `without an origin the browser's other words are asked`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            try await counter.ask { client async throws in
                func send(_ headers: HTTPFields) async throws -> HTTPResponse.Status {
                    var all = headers
                    all[.cookie] = "schalter=\(counter.editor)"
                    all[.contentType] = "application/x-www-form-urlencoded"
                    return try await client.execute(
                        uri: "/account/settings", method: .post, headers: all, body: ByteBuffer(string: "language=de&density=dense")
                    ).status
                }
                #expect(try await send([:]) == .forbidden)
                #expect(try await send([site: "cross-site"]) == .forbidden)
                #expect(try await send([.referer: "https://elsewhere.example/x"]) == .forbidden)
                #expect(try await send([site: "same-origin"]) == .seeOther)
                #expect(try await send([.referer: "http://schalter.example/account"]) == .seeOther)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `ids that are none, or nobody's, are not found`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                for id in ["0", "-1", "999", "abc", "1%20OR%201=1", "9223372036854775808", "%00"] {
                    for path in ["/conversations/\(id)", "/conversations/\(id)/pane", "/channels/\(id)", "/media/\(id)", "/team/\(id)", "/teams/\(id)"] {
                        if path == "/channels/1" { continue }
                        #expect(try await client.get(path, as: counter.admin).status == .notFound, "\(path)")
                    }
                    #expect(try await client.post("/deliveries/\(id)/withdrawal", as: counter.editor).status == .notFound, "\(id)")
                }
                #expect(try await client.get("/nirgends", as: counter.editor).status == .notFound)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `malformed and oversized bodies are refused`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Der Aufzug steht.")
            try await counter.ask { client async throws in
                #expect(try await client.post("/conversations/\(id)/closure", ["reason": "aus Lust"], as: counter.editor).status == .badRequest)
                #expect(try await client.post("/conversations/\(id)/assignment", ["colleague": "x"], as: counter.editor).status == .badRequest)
                #expect(try await client.post("/conversations/\(id)/replies", ["text": "Hallo"], as: counter.editor).status == .badRequest)
                let long = String(repeating: "x", count: Form.maxBytes + 1)
                let answer = try await client.post("/conversations/\(id)/notes", ["text": long], as: counter.editor)
                #expect(answer.status == .contentTooLarge && answer.text.contains("Zu groß"))
                let broken = try await client.post(
                    "/conversations/\(id)/draft/media", as: counter.editor, headers: [.contentType: "multipart/form-data"])
                #expect(broken.status == .badRequest)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `every answer tells the browser what not to do`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                for path in ["/inbox", "/signin", "/nirgends", "/assets/\(counter.site.pages.assets.version)/schalter.css"] {
                    let headers = try await client.get(path, as: counter.editor).headers
                    let policy = try #require(headers[.contentSecurityPolicy])
                    #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
                    #expect(headers[.xContentTypeOptions] == "nosniff")
                }
                #expect(try await client.get("/inbox", as: counter.editor).headers[.cacheControl] == "no-store")
            }
        }
    }
}
