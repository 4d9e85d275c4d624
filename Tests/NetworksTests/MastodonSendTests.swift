import Foundation
import Testing

@testable import Networks

@Suite struct MastodonSendTests {
    private let statuses = "POST /api/v1/statuses"
    private var reply: Reply { Reply(text: "Am Montag.", parentLocalID: "113500", to: "ida@anderswo.example", networkVisibility: "public") }

    private func outcome(_ script: [String: [ScriptedTransport.Line]], _ act: OutboundAct? = nil, scopes: [String] = []) async throws
        -> Outcome
    {
        try await mastodon(ScriptedTransport(script), scopes: scopes).perform(act ?? .reply(reply), key: "k1")
    }

    @Test func `a reply names the asker and keeps visibility, warning and language`() async throws {
        let transport = ScriptedTransport([statuses: [.json(200, try recorded("own-status"))]])
        var direct = reply
        direct.networkVisibility = "direct"
        direct.warning = "Ämter & Co."
        direct.language = "de"
        let outcome = try await mastodon(transport).perform(.reply(direct), key: "k1")
        #expect(
            outcome
                == .delivered(
                    Published(
                        object: "https://muster.example/users/stadt/statuses/113600", localID: "113600",
                        url: "https://muster.example/@stadt/113600")))
        let request = try #require(transport.requests.first)
        #expect(request.headers["idempotency-key"] == "k1" && request.headers["authorization"] == "Bearer geheim")
        #expect(
            transport.bodies("POST") == [
                "status=%40ida%40anderswo.example%20Am%20Montag.&spoiler_text=%C3%84mter%20%26%20Co.&language=de&in_reply_to_id=113500&visibility=direct"
            ])
    }

    @Test func `an answer is never wider than the question`() {
        for word in ["public", "unlisted", "private", "direct"] { #expect(Mastodon.sendable(word) == word) }
        for word in ["", "mutuals_only", "PUBLIC", "limited"] { #expect(Mastodon.sendable(word) == "direct") }
    }

    @Test func `who is named already is not named twice`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        let named = { (text: String, to: String) -> String in
            var reply = self.reply
            (reply.text, reply.to) = (text, to)
            return network.named(reply)
        }
        #expect(named("Hallo @Ida@Anderswo.example!", "ida@anderswo.example") == "Hallo @Ida@Anderswo.example!")
        #expect(named("Hallo @ida@anderswo.example.org", "ida@anderswo.example").hasPrefix("@ida@anderswo.example Hallo"))
        #expect(named("@ole guten Tag", "ole@muster.example") == "@ole guten Tag")
        #expect(named("@oleg guten Tag", "ole@muster.example").hasPrefix("@ole@muster.example @oleg"))
        #expect(named("x", "eva @alle@x.example") == "x")
        #expect(named("x", "stadt@muster.example") == "x")
    }

    @Test func `each refusal has its reason`() async throws {
        let gone: [ScriptedTransport.Line] = [.json(404, #"{"error":"Record not found"}"#)]
        #expect(try await outcome([statuses: [.json(404, "{}")], "GET /api/v1/statuses/113500": gone]) == .failed(.targetGone))
        #expect(try await outcome([statuses: [.json(422, "{}")], "GET /api/v1/statuses/113500": gone]) == .failed(.targetGone))
        #expect(try await outcome([statuses: [.json(422, "{}")]]) == .failed(.refused(code: "422")))
        #expect(try await outcome([statuses: [.page(404)]]) == .failed(.notOffered))
        #expect(try await outcome([statuses: [.json(401, "{}")]]) == .postponed(.tokenExpired))
        #expect(try await outcome([statuses: [.page(401)]]) == .postponed(.unreachable))
        #expect(try await outcome([statuses: [.json(403, "{}")]]) == .failed(.notAllowed))
        #expect(try await outcome([statuses: [.json(403, "{}")]], scopes: ["read"]) == .failed(.permissionMissing))
        let header = ["www-authenticate": #"Bearer realm="x", error="insufficient_scope""#]
        #expect(try await outcome([statuses: [.json(403, "{}", header)]]) == .failed(.permissionMissing))
        var long = reply
        long.text = String(repeating: "ä", count: 500)
        #expect(try await outcome([statuses: [.json(422, "{}")]], .reply(long)) == .failed(.tooLong(limit: 500)))
        let limited = ["retry-after": "60"]
        #expect(
            try await outcome([statuses: [.json(429, "{}", limited)]])
                == .postponed(.rateLimited(until: Date(timeIntervalSince1970: 1_794_823_860))))
    }

    @Test func `what may have arrived is unclear, what certainly did not is tried again`() async throws {
        let unclear: [ScriptedTransport.Line] = [
            .json(500, "{}"), .page(503), .page(200), .json(200, "{}"), .json(200, #"{"id":"1""#), .halfABody, .failure(.broken),
            .failure(.tooLarge),
        ]
        for line in unclear {
            guard case .unclear = try await outcome([statuses: [line]]) else {
                Issue.record("\(line)")
                return
            }
        }
        #expect(try await outcome([statuses: [.failure(.unreachable)]]) == .postponed(.unreachable))
        #expect(try await outcome([statuses: [.failure(.forbidden)]]) == .postponed(.unreachable))
    }

    @Test func `deleting and liking may be repeated, so doubt means trying again`() async throws {
        let delete = "DELETE /api/v1/statuses/7"
        for line in [ScriptedTransport.Line.json(200, "{}"), .json(404, "{}"), .json(410, "{}")] {
            #expect(try await outcome([delete: [line]], .delete(localID: "7")) == .delivered(nil))
        }
        for line in [ScriptedTransport.Line.page(404), .json(500, "{}"), .failure(.broken), .halfABody, .page(200)] {
            #expect(try await outcome([delete: [line]], .delete(localID: "7")) == .postponed(.unreachable))
        }
        #expect(try await outcome(["POST /api/v1/statuses/7/favourite": [.json(404, "{}")]], .like(localID: "7")) == .failed(.targetGone))
        #expect(try await outcome(["POST /api/v1/statuses/7/favourite": [.text(200, "")]], .like(localID: "7")) == .delivered(nil))
        #expect(try await outcome(["POST /api/v1/statuses/7/unfavourite": [.json(404, "{}")]], .unlike(localID: "7")) == .delivered(nil))
        #expect(MastodonAPI.escape("../../x?y") == "%2E%2E%2F%2E%2E%2Fx%3Fy")
    }

    @Test func `an edit keeps the files that are there`() async throws {
        let transport = ScriptedTransport([
            "GET /api/v1/statuses/7": [
                .json(200, #"{"id":"7","content":"","sensitive":true,"media_attachments":[{"id":"m1","type":"image"}]}"#)
            ],
            "PUT /api/v1/statuses/7": [.json(200, try recorded("own-status"))],
        ])
        guard case .delivered = try await mastodon(transport).perform(.edit(localID: "7", reply), key: "k") else {
            Issue.record("not done")
            return
        }
        #expect(transport.bodies("PUT").first?.hasSuffix("&media_ids%5B%5D=m1&sensitive=true") == true)
        #expect(transport.bodies("PUT").first?.contains("visibility") == false)
    }

    @Test func `a file is uploaded with its description and awaited before the reply`() async throws {
        let transport = ScriptedTransport([
            "POST /api/v2/media": [.json(202, #"{"id":22,"url":null}"#)],
            "GET /api/v1/media/22": [.json(206, #"{"id":"22","url":null}"#), .json(200, #"{"id":"22","url":"https://f.example/1"}"#)],
            statuses: [.json(200, try recorded("own-status"))],
        ])
        var withFile = reply
        withFile.media = [OutboundMedia(name: "a\"\r\nb.png", type: "image/png", bytes: Data([1, 2]), altText: "Plan")]
        guard case .delivered = try await mastodon(transport).perform(.reply(withFile), key: "k") else {
            Issue.record("not done")
            return
        }
        #expect(transport.asked == ["POST /api/v2/media", "GET /api/v1/media/22", "GET /api/v1/media/22", statuses])
        let bodies = transport.bodies("POST")
        #expect(bodies[0].contains("name=\"description\"\r\n\r\nPlan\r\n") && bodies[0].contains("filename=\"a_ b.png\""))
        #expect(bodies[1].hasSuffix("&media_ids%5B%5D=22"))
    }

    @Test func `a file that is refused or in doubt never leaves half a reply`() async throws {
        var withFile = reply
        withFile.media = [OutboundMedia(name: "a.png", type: "image/png", bytes: Data([1]), altText: "")]
        let media = "POST /api/v2/media"
        #expect(try await outcome([media: [.json(422, "{}")]], .reply(withFile)) == .failed(.mediaRefused))
        #expect(try await outcome([media: [.failure(.broken)]], .reply(withFile)) == .postponed(.unreachable))
        #expect(try await outcome([media: [.json(500, "{}")]], .reply(withFile)) == .postponed(.unreachable))
        let forever = ["GET /api/v1/media/1": [ScriptedTransport.Line.json(206, #"{"id":"1"}"#)], media: [.json(202, #"{"id":"1"}"#)]]
        #expect(try await outcome(forever, .reply(withFile)) == .postponed(.unreachable))
        let older = [
            "POST /api/v1/media": [ScriptedTransport.Line.json(200, #"{"id":"1"}"#)], statuses: [.json(200, try recorded("own-status"))],
        ]
        guard case .delivered = try await outcome(older, .reply(withFile)) else {
            Issue.record("v1 not tried")
            return
        }
        withFile.media = Array(repeating: withFile.media[0], count: 5)
        #expect(try await outcome([:], .reply(withFile)) == .failed(.mediaRefused))
    }

    @Test func `an answer that became public after all is found`() async throws {
        let path = "GET /api/v1/accounts/1/statuses"
        let network = try mastodon(ScriptedTransport([path: [.json(200, "[\(try recorded("own-status"))]")]]))
        var sent = reply
        sent.text = "Am  3. Dezember."
        let since = Date(timeIntervalSince1970: 1_794_823_480)
        #expect(try await network.lookUp(.reply(sent), since: since)?.localID == "113600")
        #expect(try await network.lookUp(.reply(sent), since: since + 3600) == nil)
        sent.text = "Am 4. Dezember."
        #expect(try await network.lookUp(.reply(sent), since: since) == nil)
        let mute = try mastodon(ScriptedTransport([path: [.page(502)]]))
        await #expect(throws: FetchFailure.serverTrouble(status: 502)) { try await mute.lookUp(.reply(sent), since: since) }
    }
}
