import Testing

@testable import Web

@Suite struct EscapingTests {
    let world: Rendered

    init() throws { world = try Rendered.load() }

    /// What follows a sign and makes one character of both: variation selector, combining acute, joiner, skin tone, keycap.
    static let riders = ["", "\u{FE0F}", "\u{301}", "\u{200D}", "\u{1F3FD}", "\u{20E3}"]

    @Test(arguments: ["<", ">", "&", "\"", "'"], riders)
    func `no sign goes out raw, whatever clings to it`(sign: String, rider: String) {
        let escaped = EscapedHTML().escapeText("a\(sign)\(rider)b")
        #expect(!Array(escaped.utf8.dropFirst().dropLast()).contains { "<>\"'".utf8.contains($0) })
        #expect(escaped.utf8.reversed().starts(with: "\(rider)b".utf8.reversed()))
        #expect(escaped.utf8.starts(with: "a&".utf8))
    }

    @Test(arguments: riders) func `a citizen's markup stays text in every place that shows it`(rider: String) throws {
        let evil = "\"\(rider)><\(rider)script>alert(1)<\(rider)/script><img src=x onerror=alert(1)>'\(rider)"
        let town = try world.town(.de)
        let row = town.row(1, evil, evil, ago: 1, assignee: evil, answering: evil)
        let message = MessageValue(
            id: "1", kind: .inbound, author: evil, handle: evil, time: town.moment(1),
            earlier: [EarlierVersion(time: town.moment(2), warning: evil, body: TextPiece.body(of: evil))], warning: evil,
            body: TextPiece.body(of: evil + " https://evil.example/\"" + rider + "onmouseover=alert(1)"), language: evil, audience: .everybody,
            media: [MediaValue(kind: .image, state: .here(path: "/media/1"), altText: evil)],
            poll: PollValue(options: [.init(title: evil, votes: nil)], endsAt: nil, allowsMany: false))
        let thread = MessageThread(conversationID: "1", version: "1", context: [], messages: [message])
        for html in [world.views.render("inbox/row", row, in: .de), world.views.render("conversation/messages", thread, in: .de)] {
            let bytes = Array(html.utf8)
            #expect(!bytes.contains("<script".utf8) && !bytes.contains("<img src=x".utf8))
            #expect(!bytes.contains("<\(rider)script".utf8) && !bytes.contains("\"\(rider)>".utf8) || rider.isEmpty)
        }
    }

    @Test func `words with signs are escaped too, and placeholders in them are values`() throws {
        let words = try Words(language: .de, catalogue: Catalogue(parsing: "a = Das \"ist\" {who} & <das>"))
        let text = try TemplateSource(name: "x", text: "  <p title=\"{{t.a}}\">").spoken(in: words)
        #expect(text == "<p title=\"Das &quot;ist&quot; {{who}} &amp; &lt;das&gt;\">")
        #expect(throws: TemplateSource.UnknownWords.self) { try TemplateSource(name: "x", text: "{{t.b}}").spoken(in: words) }
    }
}

extension [UInt8] {
    /// Compares bytes, because comparing strings compares characters, which is how the gap came to be.
    func contains(_ other: String.UTF8View) -> Bool {
        let other = Array(other)
        return indices.contains { self[$0...].starts(with: other) }
    }
}
