import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

struct SignatureTests {
    @Test(arguments: [
        ("Ja.", "Ja. /LK"), ("Ja.\nUm acht.", "Ja.\nUm acht.\n/LK"), ("", "/LK"), ("Ja. /LK", "Ja. /LK"), ("Ja./LK", "Ja./LK"),
        ("/LK", "/LK"), ("Ja. /lk", "Ja. /lk /LK"),
    ])
    func `an answer is signed once`(text: String, signed: String) {
        #expect(text.signed(with: "/LK") == signed)
        #expect(text.signed(with: nil) == text)
        #expect(signed.signed(with: "/LK") == signed)
    }

    @Test func `a word that ends like the signature is none`() {
        #expect("Siehe Seite ABLK".signed(with: "LK") == "Siehe Seite ABLK LK")
        #expect("Siehe Seite 2".signed(with: "2") == "Siehe Seite 2")
        #expect("Grüße👩‍👧".signed(with: "👧") == "Grüße👩‍👧 👧")
    }

    @Test(arguments: ["Ja.", "Ja.\nUm acht.", ""]) func `what was added is taken off again`(text: String) {
        #expect(text.signed(with: "/LK").unsigned(by: "/LK") == text)
        #expect(text.unsigned(by: "/LK") == text && text.unsigned(by: nil) == text)
    }

    private func texts(_ bench: Bench) async throws -> [String] {
        try await bench.desk.store.read { db in
            try db.rows("SELECT text FROM message WHERE direction = 'out' ORDER BY id").map { try $0["text"] }
        }
    }

    @Test(arguments: Engine.allCases) func `who chose a signature signs answers with it, and neither notes nor drafts`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.desk.team.prefer(Preferences(language: "de", signature: "/JP"), for: bench.jana)
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            try await bench.desk.replies.save("Am Dienstag.", in: id, by: bench.jana, at: bench.time)
            try await bench.desk.replies.note("Vom Bauhof.", in: id, by: bench.jana, at: bench.time)
            #expect(try await bench.desk.replies.draft(in: id, by: bench.jana)?.text == "Am Dienstag.")
            try await bench.desk.replies.send(bench.letter("Am Dienstag.", in: thread), in: id, by: bench.jana, at: bench.time)
            #expect(try await texts(bench) == ["Am Dienstag. /JP"])
            #expect(try await bench.theConversation().entries.last { $0.message.direction == .note }?.message.text == "Vom Bauhof.")
            try await bench.desk.replies.send(
                bench.letter("Nein, am Mittwoch.", in: bench.theConversation()), in: id, by: bench.jonas, at: bench.time)
            #expect(try await texts(bench).last == "Nein, am Mittwoch.")
            await #expect(throws: Refusal.emptyText) {
                try await bench.desk.replies.send(bench.letter(" ", in: bench.theConversation()), in: id, by: bench.jana, at: bench.time)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `the signature counts, and ends the last of several parts`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.desk.team.prefer(Preferences(language: "de", signature: "/JP"), for: bench.jana)
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            let answered = try #require(thread.answerable)
            func length(_ text: String, _ signature: String?) async throws -> Int {
                try #require(try await bench.desk.replies.measure(
                    text, signature: signature, warning: nil, answering: answered, of: thread.citizen, on: thread.channel)).length
            }
            let room = 500 - (try await length("", nil))
            #expect(try await length("Ja.", "/JP") == length("Ja.", nil) + 4)
            let full = String(repeating: "a", count: room)
            await #expect(throws: Refusal.tooLong(by: 4)) {
                try await bench.desk.replies.send(bench.letter(full, in: thread), in: id, by: bench.jana, at: bench.time)
            }
            #expect(try await bench.desk.replies.draft(in: id, by: bench.jana)?.text == full)
            var letter = try bench.letter(Array(repeating: "Die Müllabfuhr kommt am Dienstag.", count: 30).joined(separator: " "), in: thread)
            letter.mayBeSplit = true
            try await bench.desk.replies.send(letter, in: id, by: bench.jana, at: bench.time)
            let parts = try await texts(bench)
            #expect(parts.count > 1 && parts.count { $0.contains("/JP") } == 1 && parts.last?.contains("Dienstag. /JP") == true)
        }
    }

    @Test(arguments: Engine.allCases) func `an answer that is taken back becomes a draft without its signature`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.desk.team.prefer(Preferences(language: "de", signature: "/JP"), for: bench.jana)
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            for isLong in [false, true] {
                let text = isLong ? Array(repeating: "Die Müllabfuhr kommt am Dienstag.", count: 30).joined(separator: " ") : "Am Dienstag."
                var letter = try bench.letter(text, in: try await bench.theConversation())
                letter.mayBeSplit = isLong
                try await bench.desk.replies.save("", in: id, by: bench.jana, at: bench.time)
                try await bench.desk.replies.send(letter, in: id, by: bench.jana, at: bench.time)
                let delivery = try await bench.desk.store.read { db in
                    try db.rows("SELECT * FROM delivery WHERE state = 'waiting' ORDER BY id").map(Delivery.init)
                }
                try await bench.desk.outbox.withdraw(#require(delivery.first).id, by: bench.jana, at: bench.time)
                let draft = try #require(try await bench.desk.replies.draft(in: id, by: bench.jana)?.text)
                #expect(draft.split(whereSeparator: \.isWhitespace) == text.split(whereSeparator: \.isWhitespace))
            }
        }
    }
}
