import Testing

@testable import Web

@Suite struct TextPieceTests {
    @Test(arguments: [
        ("Siehe https://amt.example/a?b=c&d.", ["https://amt.example/a?b=c&d"]),
        ("(https://amt.example/a_(b))", ["https://amt.example/a_(b)"]), ("HTTP://AMT.example!", ["HTTP://AMT.example"]),
        ("„https://amt.example“ und https://netz.example", ["https://amt.example", "https://netz.example"]),
        ("javascript:alert(1) data:text/html,x amt.example", []), ("https://", []), ("https://amt.example@böse.example/", []),
        ("https://amt.example/\u{202E}gpj.exe", ["https://amt.example/"]),
    ])
    func `web addresses become links, and nothing else does`(text: String, links: [String]) {
        let pieces = TextPiece.body(of: text)
        #expect(pieces.compactMap(\.href) == links)
        #expect(pieces.map(\.text).joined() == text)
    }

    @Test func `emoji of the writer's server become pictures, unknown ones stay text`() {
        let pieces = TextPiece.body(of: "a :zug: b:bus:zug: https://amt.example/:zug:", emoji: ["zug": "/media/1"])
        #expect(pieces.map(\.text).joined() == "a :zug: b:bus:zug: https://amt.example/:zug:")
        #expect(pieces.filter { $0.image != nil }.map(\.text) == [":zug:", ":zug:"])
    }

    @Test func `an excerpt begins shortly before what was found`() {
        let text = String(repeating: "Wort ", count: 60) + "Südbrücke " + String(repeating: "Wort ", count: 60)
        let pieces = TextPiece.excerpt(of: text, marks: text.ranges(of: "Südbrücke"))
        #expect(pieces.first == TextPiece("… ") && pieces.last == TextPiece(" …"))
        #expect(pieces.filter(\.isMark).map(\.text) == ["Südbrücke"])
        #expect(pieces.map(\.text).joined().count < 200)
        #expect(TextPiece.excerpt(of: "kurz") == [TextPiece("kurz")])
        #expect(TextPiece.excerpt(of: "") == [])
    }
}
