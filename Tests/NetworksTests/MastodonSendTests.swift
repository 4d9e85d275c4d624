import Foundation
import Testing

@testable import Networks

@Suite struct MastodonSendTests {
    private let statuses = "POST /api/v1/statuses"
    private var reply: Reply { Reply(text: "Am Montag.", parentLocalID: "113500", to: "ida@anderswo.example", networkVisibility: "public") }

    private func outcome(_ script: [String: [ScriptedTransport.Line]], _ act: OutboundAct? = nil, scopes: [String] = []) async throws
        -> Outcome
    {
        try await mastodon(ScriptedTransport(script), scopes: scopes).perform(act ?? .reply(reply), key: "k1", mayLeave: { true })
    }

    @Test func `a reply names the asker and keeps visibility, warning and language`() async throws {
        let transport = ScriptedTransport([statuses: [.json(200, try recorded("own-status"))]])
        var direct = reply
        direct.networkVisibility = "direct"
        direct.warning = "Ämter & Co."
        direct.language = "de"
        let outcome = try await mastodon(transport).perform(.reply(direct), key: "k1", mayLeave: { true })
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
        #expect(named("x", "ida@bücher.example") == "@ida@xn--bcher-kva.example x")
        #expect(named("x", "müller@x.example") == "@müller@x.example x")
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
        let (delete, like, unlike) = (
            "DELETE /api/v1/statuses/7", "POST /api/v1/statuses/7/favourite", "POST /api/v1/statuses/7/unfavourite"
        )
        #expect(try await outcome([delete: [.json(200, "{}")]], .delete(localID: "7")) == .delivered(nil))
        #expect(try await outcome([like: [.text(200, "")]], .like(localID: "7")) == .delivered(nil))
        for line in [ScriptedTransport.Line.json(500, "{}"), .failure(.broken), .halfABody, .page(503)] {
            #expect(try await outcome([delete: [line]], .delete(localID: "7")) == .postponed(.unreachable))
        }
        // "Not found" is said of the message as of a missing part of the API.
        let (gone, there) = (ScriptedTransport.Line.json(404, "{}"), ScriptedTransport.Line.json(200, try recorded("own-status")))
        for line in [ScriptedTransport.Line.json(404, "{}"), .json(410, "{}"), .page(404), .page(200), .text(400, "No."), .json(501, "{}")] {
            func after(_ deed: String, _ act: OutboundAct, _ seen: ScriptedTransport.Line) async throws -> Outcome {
                try await outcome([deed: [line], "GET /api/v1/statuses/7": [seen]], act)
            }
            #expect(try await after(delete, .delete(localID: "7"), gone) == .delivered(nil))
            #expect(try await after(delete, .delete(localID: "7"), there) == .failed(.notOffered))
            #expect(try await after(delete, .delete(localID: "7"), .json(500, "{}")) == .postponed(.unreachable))
            #expect(try await after(like, .like(localID: "7"), gone) == .failed(.targetGone))
            #expect(try await after(like, .like(localID: "7"), there) == .failed(.notOffered))
            #expect(try await after(unlike, .unlike(localID: "7"), gone) == .delivered(nil))
        }
        #expect(MastodonAPI.escape("../../x?y") == "%2E%2E%2F%2E%2E%2Fx%3Fy")
    }

    @Test func `a server that can't edit is told from one that did`() async throws {
        let before = ScriptedTransport.Line.json(200, #"{"id":"7","uri":"https://muster.example/7","content":"<p>Am Dienstag.</p>"}"#)
        let after = ScriptedTransport.Line.json(
            200, #"{"id":"7","uri":"https://muster.example/7","content":"<p>@ida@anderswo.example Am Montag.</p>"}"#)
        for line in [ScriptedTransport.Line.json(404, "{}"), .page(404), .page(200), .text(400, "No."), .json(501, "{}")] {
            let script = ["PUT /api/v1/statuses/7": [line], "GET /api/v1/statuses/7": [before, before, before]]
            #expect(try await outcome(script, .edit(localID: "7", reply)) == .failed(.notOffered))
            let done = ["PUT /api/v1/statuses/7": [line], "GET /api/v1/statuses/7": [before, after]]
            guard case .delivered = try await outcome(done, .edit(localID: "7", reply)) else {
                Issue.record("\(line)")
                return
            }
        }
    }

    @Test func `what may not leave any more does not, whatever went before it`() async throws {
        var withFile = reply
        withFile.media = [OutboundMedia(name: "a.png", type: "image/png", bytes: Data([1]), altText: "Plan")]
        let status = ScriptedTransport.Line.json(200, try recorded("own-status"))
        let acts: [OutboundAct] = [
            .reply(reply), .reply(withFile), .edit(localID: "7", reply), .delete(localID: "7"), .like(localID: "7"), .unlike(localID: "7"),
        ]
        for act in acts {
            let transport = ScriptedTransport([
                "POST /api/v2/media": [.json(200, #"{"id":"1"}"#)], "GET /api/v1/statuses/7": [status], statuses: [status],
            ])
            let outcome = try await mastodon(transport).perform(act, key: "k", mayLeave: { false })
            #expect(outcome == .postponed(.unreachable))
            #expect(transport.asked.allSatisfy { $0.hasPrefix("GET") || $0.hasSuffix("media") }, "\(act)")
        }
    }

    @Test func `an edit keeps the files that are there`() async throws {
        let transport = ScriptedTransport([
            "GET /api/v1/statuses/7": [
                .json(200, #"{"id":"7","content":"","sensitive":true,"media_attachments":[{"id":"m1","type":"image"}]}"#)
            ],
            "PUT /api/v1/statuses/7": [.json(200, try recorded("own-status"))],
        ])
        guard case .delivered = try await mastodon(transport).perform(.edit(localID: "7", reply), key: "k", mayLeave: { true }) else {
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
        guard case .delivered = try await mastodon(transport).perform(.reply(withFile), key: "k", mayLeave: { true }) else {
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
