import Foundation
import Networks
import Testing

@testable import Desk

struct ConversationTests {
    @Test func `our own reply is recognised behind the mention and folded white space`() {
        #expect(Echo.isSame("Danke, wir\nkümmern uns.", as: "@ida@anderswo.example Danke, wir kümmern uns."))
        #expect(Echo.isSame("@ida@anderswo.example Danke", as: "@ida Danke"))
        #expect(!Echo.isSame("Danke", as: "Danke sehr"))
        #expect(Echo.withoutMentions("@a@b @c@d Hallo @e") == "Hallo @e")
    }

    @Test func `why a network refused is remembered as it was`() {
        #expect(DeliveryFailure(name: "too_long", detail: "500") == .tooLong(limit: 500))
        for failure in [DeliveryFailure.targetGone, .tooLong(limit: 7), .refused(code: "x"), .mediaRefused, .notOffered] {
            #expect(DeliveryFailure(name: failure.name, detail: failure.detail) == failure)
        }
    }
}

struct SearchWordsTests {
    private func tokens(_ text: String) -> [String] { SearchWords.tokens(of: [text]) }

    @Test func `spellings of one word are one word`() {
        #expect(tokens("Straße") == tokens("STRASSE"))
        #expect(tokens("Bürger") == tokens("Buerger"))
        #expect(tokens("Müll") == tokens("müll"))
        #expect(tokens("Café") == tokens("Cafe\u{301}"))
        #expect(tokens("Schlaglöcher") == tokens("Schlagloecher"))
        #expect(tokens("ÇÖP") == tokens("çöp"))
    }

    @Test func `addresses fall apart into their words`() {
        #expect(tokens("www.amt.example").count == 3)
    }

    @Test func `other scripts are found as they are`() {
        for text in ["допоможіть", "مساعدة", "助けて"] { #expect(!tokens(text).isEmpty) }
        #expect(tokens("😂👏!?").isEmpty)
    }

    @Test func `hits are marked on the original text`() {
        let (excerpt, marks) = Search.excerpt(of: "Die STRASSE ist gesperrt, welche Straßen noch?", sought: Set(tokens("Straße")), open: "")
        #expect(marks.map { String(excerpt[$0]) } == ["STRASSE", "Straßen"])
    }
}
