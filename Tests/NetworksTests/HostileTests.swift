import Foundation
import Testing

@testable import Networks

/// What a server or a citizen of ill will might send.
struct HostileTests {
    private func statusBytes() throws -> Data {
        try #require(JSONSlices.value(of: "status", in: Data(try recorded("mention").utf8)))
    }

    @Test func `an event without an end ends the stream, however many lines it has`() {
        var events = ServerSentEvents()
        let line = Data("x: \(String(repeating: "a", count: 1000))\n".utf8)
        #expect(throws: TransportFailure.tooLarge) {
            for _ in 0..<10_000 { _ = try events.feed(line) }
        }
    }

    @Test func `figures that make no sense are not believed`() throws {
        let absurd = """
            {"domain": "a.example", "version": "4.6.0", "configuration": {
                "statuses": {"max_characters": -9223372036854775808, "characters_reserved_per_url": 9223372036854775807},
                "media_attachments": {"image_size_limit": -9223372036854775808, "description_limit": 9223372036854775807}}}
            """
        let instance = try JSONDecoder().decode(MastodonInstance.self, from: Data(absurd.utf8))
        #expect(instance.maxCharacters == nil && instance.maxImageSize == nil)
        #expect(instance.charactersPerURL == 1000 && instance.maxAltText == 100_000)
    }

    @Test(.timeLimit(.minutes(1))) func `names, texts and counts have an end`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        var status = try #require(try JSONSerialization.jsonObject(with: statusBytes()) as? [String: Any])
        var account = try #require(status["account"] as? [String: Any])
        account["display_name"] = String(repeating: "ä", count: 5_000_000)
        status["account"] = account
        status["content"] = "<p " + (0..<60_000).map { "a\($0)=b " }.joined() + ">Hallo</p>"
        status["favourites_count"] = Int.max
        status["uri"] = "https://a.example/" + String(repeating: "x", count: 100_000)
        let item = network.item(status: try JSONSerialization.data(withJSONObject: status))
        #expect(item.object.utf8.count <= 500)
        guard case .message(let message) = try #require(try network.interpret(item).first) else { return }
        #expect(message.author.displayName.count < 600 && message.likes <= 1_000_000_000)
        #expect(message.object == item.object)
    }

    @Test func `an id that is none makes no post`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        for id in [String(repeating: "9", count: 100_000), "a\u{0}b", "a\nb", ""] {
            var status = try #require(try JSONSerialization.jsonObject(with: statusBytes()) as? [String: Any])
            status["id"] = id
            let item = network.item(status: try JSONSerialization.data(withJSONObject: status))
            #expect(throws: NotUnderstood.self) { try network.interpret(item) }
        }
        #expect(network.heard("delete", "a\u{0}b") == .heartbeat)
    }

    @Test func `a name that nobody can see is replaced by the handle`() {
        for name in ["", "\u{200b}\u{200d}", " \u{ad}", "\u{301}"] { #expect(!name.isVisible, "\(name.unicodeScalars)") }
        for name in ["Ö", "🚲", "ﷺ", "1"] { #expect(name.isVisible) }
    }
}
