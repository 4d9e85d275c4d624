import Testing

@testable import Networks

@Suite struct PlainTextTests {
    @Test func `a shortened link reads as its full address`() {
        let html = """
            <p>Siehe <a href="https://www.muster.example/amt/termine?x=1&amp;y=2"><span class="invisible">https://www.</span>\
            <span class="ellipsis">muster.example/amt/ter</span><span class="invisible">mine?x=1&amp;y=2</span></a>.</p>
            """
        #expect(PlainText.from(html: html) == "Siehe https://www.muster.example/amt/termine?x=1&y=2.")
    }

    @Test func `a link says where it goes when its words do not`() {
        #expect(PlainText.from(html: "<a href='https://boese.example/x'>bank.example</a>") == "bank.example (https://boese.example/x)")
        #expect(PlainText.from(html: "<a href='javascript:alert(1)'>klick</a>") == "klick")
        #expect(PlainText.from(html: "<a href='https://a.example/'></a>") == "https://a.example/")
    }

    @Test func `mentions and hashtags read as people write them`() {
        let html = """
            <a class="u-url mention" href="https://web.dorf.example/@ole">@<span>ole</span></a> \
            <a class="mention" href="https://fern.example/@eva">@eva</a> <a class="mention hashtag" href="https://x.example/t/a">#<span>Amt</span></a>
            """
        let text = PlainText.from(html: html, mentions: ["https://web.dorf.example/@ole": "ole@dorf.example"])
        #expect(text == "@ole@dorf.example @eva@fern.example #Amt")
    }

    @Test func `paragraphs, lists, quotes and code keep their shape`() {
        let html = """
            <p>Eins<br>zwei</p>\n<p>drei</p><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol><li>x<li>y</ol>\
            <blockquote><p>Zitat</p><p>mehr</p></blockquote><pre><code>a  b\n c</code></pre>
            """
        #expect(
            PlainText.from(html: html)
                == "Eins\nzwei\n\ndrei\n\n- a\n  - b\n- c\n\n1. x\n2. y\n\n> Zitat\n>\n> mehr\n\na  b\n c")
    }

    @Test func `scripts, comments and hidden controls are gone, words stay`() {
        let html =
            "a<script>x()</script><style>b{}</style><!-- c --><template>t</template>b\u{0}\u{202e}c\u{1}<img alt='Bild'>"
            + "<svg><title>s</title></svg>"
        #expect(PlainText.from(html: html) == "abcBild")
        #expect(PlainText.from(html: "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>") == "漢(kan)")
        #expect("אב\u{200f} \u{2067}x\u{2069}".cleaned == "אב\u{200f} x")
        #expect("a\r\nb\rc".cleaned == "a\nb\nc")
        #expect(PlainText.from(html: "&lt;b&gt; 3 < 4 & 5") == "<b> 3 < 4 & 5")
    }

    @Test(arguments: [
        ("<b>", 100_000), ("<div>", 100_000), ("<b><p>", 10_000), ("<a href=x>", 10_000), ("<table><tr><td>", 10_000), ("<ul><li>", 10_000),
        ("</i><b>", 10_000), ("<i id=%><b></i>", 10_000),
    ])
    func `a hundred thousand nested tags do not cost the stack`(tag: String, count: Int) {
        let html = (0..<count).map { tag.replacing("%", with: "\($0)") }.joined() + "Ende"
        #expect(PlainText.from(html: html).hasSuffix("Ende"))
    }

    @Test func `a megabyte of ordinary text is read whole`() {
        let paragraph = "<p>Guten Tag, <a href=\"https://muster.example/a\">muster.example/a</a> ist kaputt.</p>"
        let html = String(repeating: paragraph, count: (1 << 20) / paragraph.count)
        let text = PlainText.from(html: html)
        #expect(text.components(separatedBy: "kaputt").count == (1 << 20) / paragraph.count + 1)
        #expect(text.components(separatedBy: "\n\n").count == (1 << 20) / paragraph.count)
    }
}
