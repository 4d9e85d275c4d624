import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// Colleagues beside each other: one answers, another takes over; what is so today is known to all.
struct TeamworkTests {
    @Test(arguments: Engine.allCases) func `a colleague takes over answering, and the first one's draft stays`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Wann kommt der Bus?"))
            let (id, replies) = (try await bench.theConversation().conversation.id, bench.desk.replies)
            try await replies.save("Um ac", in: id, by: bench.jonas, at: bench.time)
            #expect(try await replies.takeLease(on: id, by: bench.jonas, at: bench.time)?.colleague == bench.jonas)
            #expect(try await replies.takeLease(on: id, by: bench.jana, at: bench.time)?.colleague == bench.jonas)
            try await replies.takeOver(id, by: bench.jana, at: bench.time)
            #expect(try await replies.takeLease(on: id, by: bench.jonas, at: bench.time)?.colleague == bench.jana)
            let late = try bench.letter("Um acht.", in: try await bench.theConversation())
            await #expect(throws: Refusal.leaseHeld(by: "Jana", since: bench.time)) {
                try await replies.send(late, in: id, by: bench.jonas, at: bench.time)
            }
            #expect(try await replies.draft(in: id, by: bench.jonas)?.text == "Um acht.")
            try await replies.send(
                try bench.letter("Um acht!", in: try await bench.theConversation()), in: id, by: bench.jana, at: bench.time)
            await #expect(throws: Refusal.notAllowed) { try await replies.takeOver(id, by: bench.reader, at: bench.time) }
        }
    }

    @Test(arguments: Engine.allCases) func `a snippet is written, changed and removed, and fills in what it knows`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let snippets = bench.desk.snippets
            func words(_ title: String, _ text: String) -> SnippetWords { SnippetWords(folder: "Verweise", title: title, text: text, validUntil: nil) }
            try await snippets.add(words("Melder", "Guten Tag {Name}, {x} {Behörde} {Kürzel}"), by: bench.jana, at: bench.time)
            let snippet = try #require(try await snippets.all().first)
            #expect(snippet.changedBy == "Jana" && snippet.folder == "Verweise")
            let filled = snippet.filled([.name: "{Behörde} Ida", .authority: "Stadt", .initials: "JP"])
            #expect(filled == "Guten Tag {Behörde} Ida, {x} Stadt JP")
            try await snippets.change(snippet.id, to: words("Melder", "Neu"), by: bench.jonas, at: bench.time)
            #expect(try await snippets.snippet(snippet.id).text == "Neu")
            await #expect(throws: Refusal.titleMissing) { try await snippets.add(words(" ", "Text"), by: bench.jana, at: bench.time) }
            await #expect(throws: Refusal.emptyText) { try await snippets.add(words("Titel", "\0 "), by: bench.jana, at: bench.time) }
            await #expect(throws: Refusal.notAllowed) { try await snippets.remove(snippet.id, by: bench.reader, at: bench.time) }
            try await snippets.remove(snippet.id, by: bench.jana, at: bench.time)
            #expect(try await snippets.all().isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func `a fact of the day holds until it expires or is ended`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (facts, hour) = (bench.desk.facts, Duration.seconds(3600))
            try await facts.note("Bürgeramt zu", source: "Bürgeramt", until: bench.time + hour, by: bench.jana, at: bench.time)
            try await facts.note("S3 gestört", source: "Leitstelle", until: bench.time + hour * 2, by: bench.jonas, at: bench.time)
            #expect(try await facts.current(at: bench.time).map(\.text) == ["S3 gestört", "Bürgeramt zu"])
            #expect(try await facts.current(at: bench.time + hour).map(\.text) == ["S3 gestört"])
            let fact = try #require(try await facts.current(at: bench.time + hour).first)
            #expect(fact.notedBy == "Jonas" && fact.source == "Leitstelle")
            try await facts.end(fact.id, by: bench.jana, at: bench.time + hour)
            #expect(try await facts.current(at: bench.time + hour).isEmpty)
            for (text, source, until, refusal) in [
                (" ", "A", hour, Refusal.emptyText), ("B", "", hour, .sourceMissing), ("B", "A", .zero, .expiryPast),
                (String(repeating: "x", count: 301), "A", hour, .tooLong(by: 1)),
            ] {
                await #expect(throws: refusal) {
                    try await facts.note(text, source: source, until: bench.time + until, by: bench.jana, at: bench.time)
                }
            }
            await #expect(throws: Refusal.notAllowed) {
                try await facts.note("B", source: "A", until: bench.time + hour, by: bench.reader, at: bench.time)
            }
        }
    }
}
