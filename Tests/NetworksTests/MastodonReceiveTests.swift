import Foundation
import Testing

@testable import Networks

@Suite struct MastodonReceiveTests {
    private func message(_ network: Mastodon, _ item: Item) throws -> InboundMessage {
        guard case .message(let message) = try network.interpret(item).first else { throw NotUnderstood("no message") }
        return message
    }

    @Test func `a mention becomes a message with everything a desk shows`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        let bytes = Data(try recorded("mention").utf8)
        let item = try #require(network.item(notification: bytes))
        #expect(item.object == "https://anderswo.example/users/ida/statuses/77" && item.verb == "status" && item.version == "")
        #expect(item.bytes == bytes)
        let message = try message(network, item)
        #expect(message.text == "@stadt@muster.example Wo gibt es Sperrmüll-Termine?")
        #expect(message.author.handle == "ida@anderswo.example" && message.author.displayName == "Ida <b>")
        #expect(message.author.avatarURL == nil && message.author.object == "https://anderswo.example/users/ida")
        #expect(message.answersUs && message.mentionsUs && !message.isOurs && message.mentions == ["ole@dorf.example"])
        #expect(message.warning == nil && message.language == "de" && message.parentLocalID == "113400" && message.likes == 3)
        #expect(message.media == [InboundMedia(kind: .image, url: "https://files.example/a.png", altText: "Ein Sofa am Straßenrand")])
        #expect(message.emoji.count == 1 && message.visibility == .public)
    }

    @Test func `the same post by stream, page and notification has one key`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        let notification = Data(try recorded("mention").utf8)
        let status = try #require(JSONSlices.value(of: "status", in: notification))
        let first = try #require(network.item(notification: notification))
        let second = try #require(network.item(concerning: status))
        #expect([first.object, first.verb, first.version] == [second.object, second.verb, second.version])
        #expect(try message(network, first) == message(network, second))
    }

    @Test func `an odd post of an odd server is kept, and private`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        let item = network.item(status: Data(try recorded("odd-status").utf8))
        #expect(item.object == "https://muster.example/statuses/113501")
        let message = try message(network, item)
        #expect(message.localID == "113501" && message.visibility == .private && message.networkVisibility == "mutuals_only")
        #expect(message.author.handle == "unknown@muster.example" && message.text == "" && message.media.map(\.kind) == [.file])
        #expect(message.poll == Poll(options: [.init(title: "Ja", votes: nil)], endsAt: nil, allowsMany: true))
    }

    @Test func `a poll's end is a version of its own, so that its result comes in`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        let items = [false, true].map { isOver in
            network.item(
                status: Data(
                    """
                    {"id":"5","uri":"https://muster.example/5","content":"<p>Wann?</p>","edited_at":"2026-11-16T10:00:00.000Z",
                     "account":{"id":"1","acct":"stadt","url":"https://muster.example/@stadt"},"created_at":"2026-11-16T09:00:00.000Z",
                     "poll":{"expired":\(isOver),"options":[{"title":"Ja","votes_count":\(isOver ? 7 : 2)}]}}
                    """.utf8))
        }
        #expect(items[0].object == items[1].object && items[0].version != items[1].version)
        #expect(try message(network, items[1]).poll?.options.first?.votes == 7)
    }

    @Test func `what nobody understands is kept and says so`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        let strange = try #require(network.item(notification: Data(#"{"id":"9","type":"hologram<script>","x":1}"#.utf8)))
        #expect(throws: NotUnderstood("a notification of the unknown type hologramscript")) { try network.interpret(strange) }
        let broken = try #require(network.item(notification: Data("7".utf8)))
        #expect(broken.object.hasPrefix("bytes:"))
        #expect(throws: NotUnderstood.self) { try network.interpret(broken) }
        for type in ["follow", "poll", "admin.report", "severed_relationships", "moderation_warning"] {
            #expect(network.item(notification: Data(#"{"id":"9","type":"\#(type)"}"#.utf8)) == nil)
        }
    }

    @Test func `likes and shares of ours are reactions, once each`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        let own = try recorded("own-status")
        let by = #"{"id":"7","acct":"ole@dorf.example","uri":"https://dorf.example/users/ole"}"#
        let like = try #require(network.item(notification: Data(#"{"id":"1","type":"favourite","account":\#(by),"status":\#(own)}"#.utf8)))
        #expect(like.verb == "favourite:https://dorf.example/users/ole")
        let share = try #require(network.item(notification: Data(#"{"id":"2","type":"reblog","account":\#(by),"status":\#(own)}"#.utf8)))
        let wrapper = try #require(network.item(concerning: Data(#"{"id":"3","account":\#(by),"reblog":\#(own)}"#.utf8)))
        #expect([share.object, share.verb] == [wrapper.object, wrapper.verb])
        #expect(try network.interpret(share) == network.interpret(wrapper))
        guard case .reaction(let reaction) = try network.interpret(like).first else {
            Issue.record("no reaction")
            return
        }
        #expect(reaction.kind == .like && reaction.by.handle == "ole@dorf.example")
    }

    @Test func `of the home timeline only what concerns us is taken`() async throws {
        let own = try recorded("own-status")
        let stranger = #"{"id":"9","uri":"https://x.example/9","account":{"id":"3"},"visibility":"public","content":"x"}"#
        let direct =
            #"{"id":"4","unread":true,"accounts":[],"last_status":{"id":"8","uri":"https://x.example/8","visibility":"direct","content":"x"}}"#
        let stream =
            ":thump\n\nevent: update\ndata: \(stranger)\n\nevent: update\ndata: \(own)\n\nevent: delete\ndata: 113500\n\n"
            + "event: notification\ndata: \(try recorded("mention"))\n\nevent: conversation\ndata: \(direct)\n\nevent: neu\ndata: 1\n\n"
        let middle = stream.index(stream.startIndex, offsetBy: 90)
        let transport = ScriptedTransport(["GET /api/v1/streaming/user": [.stream([String(stream[..<middle]), String(stream[middle...])])]])
        var heard: [Heard] = []
        await #expect(throws: FetchFailure.unreachable) {
            for try await one in try mastodon(transport).listen() { heard.append(one) }
        }
        let verbs = heard.map { one -> String in
            guard case .item(let item) = one else { return "\(one)" }
            return "\(item.verb) \(item.object)"
        }
        #expect(
            verbs == [
                "opened", "heartbeat", "heartbeat", "status https://muster.example/users/stadt/statuses/113600", "delete id:113500",
                "status https://anderswo.example/users/ida/statuses/77", "status https://x.example/8", "heartbeat",
            ])
        #expect(
            heard.contains(
                .item(
                    Item(object: "https://muster.example/users/stadt/statuses/113600", verb: "status", version: "", bytes: Data(own.utf8))))
        )
        #expect(transport.requests[0].headers["authorization"] == "Bearer geheim" && transport.requests[0].isStream)
        #expect(transport.requests[0].url.query == nil)
    }

    @Test func `a stream that is refused says why`() async throws {
        for (line, failure) in [
            (ScriptedTransport.Line.json(401, "{}"), FetchFailure.tokenExpired), (.page(200), .notOffered),
            (.page(502), .serverTrouble(status: 502)),
            (.failure(.unreachable), .unreachable),
        ] {
            let network = try mastodon(ScriptedTransport(["GET /api/v1/streaming/user": [line]]))
            await #expect(throws: failure) { for try await _ in network.listen() {} }
        }
    }

    @Test func `the first fetch brings a cursor and no history, the next what is new, oldest first`() async throws {
        let old = #"{"id":"5","type":"follow"}"#
        let status = { (id: String) -> String in
            #"{"id":"\#(id)","type":"mention","status":{"id":"s\#(id)","uri":"https://x.example/\#(id)","content":"x"}}"#
        }
        let transport = ScriptedTransport([
            "GET /api/v1/notifications": [
                .json(200, "[\(old)]"), .json(200, "[\(status("8")),\(status("7")),\(old)]"), .json(200, "[\(status("8"))]"),
            ]
        ])
        let network = try mastodon(transport)
        let first = try await network.fetch(after: nil)
        #expect(first == Page(items: [], cursor: "5", hasMore: false))
        let second = try await network.fetch(after: "5")
        #expect(second.items.map(\.object) == ["https://x.example/7", "https://x.example/8"] && second.cursor == "8")
        #expect(transport.requests[1].url.query?.contains("min_id=5") == true)
        #expect(try await network.fetch(after: "8") == Page(items: [], cursor: "8", hasMore: false))
    }

    @Test func `reading fails by status, never by text`() async throws {
        for (line, failure) in [
            (ScriptedTransport.Line.json(401, #"{"error":"x"}"#), FetchFailure.tokenExpired), (.json(403, "{}"), .permissionMissing),
            (.page(401), .serverTrouble(status: 401)), (.page(404), .notOffered), (.text(400, "bad request"), .notOffered),
            (.text(501, ""), .notOffered),
            (.page(200), .notOffered), (.json(500, "{}"), .serverTrouble(status: 500)), (.failure(.broken), .unreachable),
            (.halfABody, .unreachable),
            (.json(200, "{}"), .serverTrouble(status: 200)),
        ] {
            let network = try mastodon(ScriptedTransport(["GET /api/v1/notifications": [line]]))
            await #expect(throws: failure) { try await network.fetch(after: "5") }
        }
    }

    @Test func `once nothing remains the server is not asked again until its time`() async throws {
        let headers = ["x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-16T10:15:00.000Z"]
        let transport = ScriptedTransport(["GET /api/v1/notifications": [.json(200, "[]", headers)]])
        let network = try mastodon(transport)
        _ = try await network.fetch(after: "5")
        await #expect(throws: FetchFailure.rateLimited(until: Date(timeIntervalSince1970: 1_794_824_100))) {
            try await network.fetch(after: "5")
        }
        #expect(transport.requests.count == 1)
        #expect(
            await network.perform(.like(localID: "1"), key: "k", mayLeave: { true })
                == .postponed(.rateLimited(until: Date(timeIntervalSince1970: 1_794_824_100))))
    }
}
