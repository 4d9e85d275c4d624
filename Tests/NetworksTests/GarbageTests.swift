import Foundation
import Testing

@testable import Networks

@Suite struct GarbageTests {
    private static let pieces = [
        "<ul>", "</ul>", "<ol start=-7>", "</ol>", "<li>", "</li>", "<blockquote>", "</blockquote>", "<pre>", "</pre>",
        "<a href='https://x.example'>", "</a>",
        "<table>", "<td>", "</table>", "<b", ">", "\"", "'", "<!--", "-->", "<script>", "</script>", "&#0;", "&#x202e;", "&amp", "Wort",
        " ", "\n",
        "<svg>", "<math><mi>", "</p>", "</br>", "<img alt=x>", "<ruby><rt>", "<template>", "\u{0}", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "{", "}", "[", "]", ",", ":", "\\",
        "<select><option>",
    ]

    /// Always the same soup for the same number.
    private func soup(_ seed: Int) -> String {
        var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        return (0..<60).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Self.pieces[Int(state >> 33) % Self.pieces.count]
        }.joined()
    }

    @Test func `no soup of tags stops the reader or brings a control character`() {
        for seed in 0..<1500 {
            let text = PlainText.from(html: soup(seed))
            #expect(text == text.cleaned && !text.contains("\u{202e}") && !text.contains("\u{0}"))
        }
    }

    @Test func `no garbage stops the adapter`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        for seed in 0..<1500 {
            let bytes = Data(soup(seed).utf8)
            _ = JSONSlices.elements(of: bytes)
            _ = JSONSlices.value(of: "x", in: Data("{".utf8) + bytes)
            _ = network.item(concerning: bytes)
            let item = try #require(network.item(notification: bytes))
            #expect(throws: NotUnderstood.self) { try network.interpret(item) }
            let reply = Reply(text: soup(seed), parentLocalID: "1", to: soup(seed), networkVisibility: "public")
            #expect(network.length(of: reply) >= 0)
        }
        let deep = Data((String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)).utf8)
        #expect(JSONSlices.elements(of: deep)?.count == 1)
        #expect(network.item(status: deep).object.hasPrefix("bytes:"))
    }
}
