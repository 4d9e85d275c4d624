import Foundation
import Testing

@testable import Networks

@Suite struct MastodonReconcileTests {
    private let since = Date(timeIntervalSince1970: 1_794_700_000)
    private let own = "GET /api/v1/accounts/1/statuses"
    private let none: [String: [ScriptedTransport.Line]] = [
        "GET /api/v1/accounts/1/statuses": [.json(200, "[]")], "GET /api/v1/notifications": [.json(200, "[]")],
    ]

    private func status(_ id: String, _ more: String = "") -> String {
        #"{"id":"\#(id)","uri":"https://x.example/\#(id)","created_at":"2026-11-16T10:00:00.000Z","content":"x"\#(more)}"#
    }

    private func walk(_ network: Mastodon, open: [String] = []) async throws -> [String] {
        var items: [Item] = []
        for try await page in network.reconcile(since: since, open: open) { items += page }
        return items.map { "\($0.verb) \($0.object)" }
    }

    @Test func `the walk sees own posts, what stands below them, notifications and correspondence`() async throws {
        let next = #"<https://muster.example/api/v1/accounts/1/statuses?max_id=20>; rel="next""#
        let old = #"{"id":"1","uri":"https://x.example/1","created_at":"2025-01-01T10:00:00.000Z","content":"x"}"#
        let transport = ScriptedTransport([
            own: [
                .json(
                    200, "[\(status("22", #","in_reply_to_id":"21","replies_count":1"#)),\(status("20", #","replies_count":3"#))]",
                    ["link": next]), .json(200, "[\(old)]"),
            ],
            "GET /api/v1/statuses/20/context": [.json(200, #"{"ancestors":[],"descendants":[\#(status("21")),\#(status("22"))]}"#)],
            "GET /api/v1/notifications": [.json(200, "[\(try recorded("mention"))]", ["link": #"<https://boese.example/x>; rel="next""#])],
            "GET /api/v1/conversations": [
                .json(200, #"[{"id":"1","last_status":\#(status("30"))},{"id":"2","last_status":null}]"#, ["link": ""])
            ],
            "GET /api/v1/notifications/requests": [.json(200, #"[{"id":"1","last_status":\#(status("31"))}]"#, ["link": ""])],
        ])
        let seen = try await walk(try mastodon(transport))
        #expect(
            seen == ["22", "20", "1", "21", "22"].map { "status https://x.example/\($0)" }
                + ["status https://anderswo.example/users/ida/statuses/77", "status https://x.example/30", "status https://x.example/31"])
        #expect(transport.requests.allSatisfy { $0.url.host == "muster.example" })
        #expect(!transport.asked.contains("GET /api/v1/statuses/22/context"))
    }

    @Test func `where counts can't be trusted, every own post is looked below`() async throws {
        var script = none
        script[own] = [.json(200, "[\(status("20"))]", ["link": ""])]
        script["GET /api/v1/statuses/20/context"] = [.json(200, #"{"ancestors":[],"descendants":[\#(status("21"))]}"#)]
        #expect(
            try await walk(try mastodon(ScriptedTransport(script), version: "2.7.2 (compatible; Pleroma 2.6.0)", apiVersion: nil)).count
                == 2)
        #expect(try await walk(try mastodon(ScriptedTransport(script))).count == 1)
    }

    @Test func `only the server's own word that a post is gone removes it`() async throws {
        var script = none
        script["GET /api/v1/statuses"] = [.json(200, "[\(status("40"))]")]
        script["GET /api/v1/statuses/41"] = [.json(404, #"{"error":"Record not found"}"#)]
        script["GET /api/v1/statuses/42"] = [.page(404)]
        script["GET /api/v1/statuses/43"] = [.json(403, "{}")]
        script["GET /api/v1/statuses/44"] = [.json(410, "{}")]
        let transport = ScriptedTransport(script)
        let network = try mastodon(transport)
        #expect(
            try await walk(network, open: ["40", "41", "42", "43", "44"]) == [
                "status https://x.example/40", "delete id:41", "delete id:44",
            ])
        #expect(try network.interpret(network.item(deletionOf: "41")) == [.removed(localID: "41")])
        #expect(transport.requests.contains { $0.url.query == "id%5B%5D=40&id%5B%5D=41&id%5B%5D=42&id%5B%5D=43&id%5B%5D=44" })
    }

    @Test func `eighty-one open posts are asked for in three batches, elsewhere one by one`() async throws {
        var script = none
        script["GET /api/v1/statuses"] = [.json(200, "[]")]
        let ids = (1...81).map(String.init)
        for id in ids { script["GET /api/v1/statuses/\(id)"] = [.json(404, "{}")] }
        let transport = ScriptedTransport(script)
        #expect(try await walk(try mastodon(transport), open: ids).count == 81)
        #expect(transport.asked.count { $0 == "GET /api/v1/statuses" } == 3)
        let older = ScriptedTransport(script)
        #expect(try await walk(try mastodon(older, version: "4.2.0", apiVersion: nil), open: ids).count == 81)
        #expect(!older.asked.contains("GET /api/v1/statuses"))
    }

    @Test func `a walk that could not see everything does not end well`() async throws {
        for (path, line, failure) in [
            (own, ScriptedTransport.Line.page(502), FetchFailure.serverTrouble(status: 502)),
            ("GET /api/v1/notifications", .json(401, "{}"), .tokenExpired),
            ("GET /api/v1/conversations", .json(500, "{}"), .serverTrouble(status: 500)),
            ("GET /api/v1/statuses/41", .page(503), .serverTrouble(status: 503)),
            (own, .halfABody, .unreachable), ("GET /api/v1/statuses/41", .json(401, "{}"), .tokenExpired),
        ] {
            var script = none
            script[path] = [line]
            await #expect(throws: failure) { _ = try await walk(try mastodon(ScriptedTransport(script)), open: ["41"]) }
        }
    }

    @Test func `an empty page that names a next one is no end, and a circle is`() async throws {
        var script = none
        let second = #"<https://muster.example/api/v1/accounts/1/statuses?max_id=5>; rel="next""#
        script[own] = [.json(200, "[]", ["link": second]), .json(200, "[\(status("4"))]", ["link": second])]
        let transport = ScriptedTransport(script)
        #expect(try await walk(try mastodon(transport)) == ["status https://x.example/4"])
        #expect(transport.asked.count { $0 == own } == 2)
    }

    @Test func `what stands above comes from the root down`() async throws {
        let body = #"{"ancestors":[\#(status("1")),\#(status("2"))],"descendants":[\#(status("9"))]}"#
        let network = try mastodon(ScriptedTransport(["GET /api/v1/statuses/3/context": [.json(200, body)]]))
        #expect(try await network.ancestors(of: "3").map(\.object) == ["https://x.example/1", "https://x.example/2"])
    }
}
