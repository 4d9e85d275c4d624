import Foundation
import Testing

@testable import Networks

@Suite struct MastodonLengthTests {
    private func length(_ text: String, to: String = "", warning: String? = nil) throws -> Int {
        try mastodon(ScriptedTransport([:])).length(
            of: Reply(text: text, parentLocalID: "1", to: to, networkVisibility: "public", warning: warning))
    }

    @Test func `length counts as the server counts`() throws {
        #expect(try length("Grüße 👨‍👩‍👧‍👦") == 7)
        #expect(try length("https://muster.example/ein/sehr/langer/weg?mit=allem") == 23)
        #expect(try length("Siehe https://a.example/x.") == 6 + 23 + 1)
        #expect(try length("(https://a.example/b_(c))") == 1 + 23 + 1)
        #expect(try length("http://localhost/x") == 18)
        #expect(try length("xhttps://a.example/b") == 20)
        #expect(try length("@ida@anderswo.example hallo") == 10)
        #expect(try length("ida@anderswo.example") == 20)
        #expect(try length("hallo", to: "ida@anderswo.example") == 10)
        #expect(try length("hallo", warning: "Achtung") == 12)
    }

    @Test func `a long answer is cut at its sentences and words, and every part fits`() throws {
        let sentence = "Der Sperrmüll wird am Montag abgeholt, bitte stellen Sie ihn vor sechs Uhr an die Straße. "
        let text = String(repeating: sentence, count: 40)
        let network = try mastodon(ScriptedTransport([:]))
        let whole = Reply(text: text, parentLocalID: "1", to: "ida@anderswo.example", networkVisibility: "direct", warning: "Müll")
        let parts = network.split(whole)
        #expect(parts.count > 7)
        for (index, part) in parts.enumerated() {
            #expect(network.length(of: part) <= 500)
            #expect(part.text.hasSuffix(". (\(index + 1)/\(parts.count))"))
            #expect(part.warning == "Müll" && part.networkVisibility == "direct")
        }
        let again = parts.map { $0.text.replacing(/\ \(\d+\/\d+\)$/, with: "") }.joined(separator: " ")
        #expect(again == text.trimmingCharacters(in: .whitespaces))
    }

    @Test func `a word without end is cut, a short answer is not, and no room means no cut`() throws {
        let network = try mastodon(ScriptedTransport([:]))
        let word = Reply(
            text: String(repeating: "ä", count: 1200), parentLocalID: "1", to: "ida@anderswo.example", networkVisibility: "public")
        let parts = network.split(word)
        #expect(parts.count == 3 && parts.allSatisfy { network.length(of: $0) <= 500 })
        var short = word
        short.text = "kurz"
        #expect(network.split(short) == [short])
        let tiny = try mastodon(ScriptedTransport([:]), maxLength: 8)
        #expect(tiny.split(word) == [word])
    }
}
