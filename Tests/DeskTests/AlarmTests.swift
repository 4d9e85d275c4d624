import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// Somebody may be in danger: a word of the list, or a colleague, raises one alarm until somebody takes it over.
struct AlarmTests {
    private func conversation(_ bench: Bench) async throws -> Conversation { try await bench.theConversation().conversation }

    @Test(arguments: Engine.allCases) func `a word of the list makes a conversation urgent, and the alarm stands until somebody takes it over`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("papa macht nicht auf, er ATMET NICHT"))
            let call = try #require(try await bench.desk.alarms.calls().first)
            #expect(call.alarm.danger == .life && call.alarm.words == "atmet nicht" && call.text?.contains("papa") == true)
            let urgent = try await conversation(bench)
            #expect(urgent.isUrgent && urgent.dueAt == bench.time)
            try await bench.desk.alarms.takeOver(call.alarm.id, by: bench.jana, at: bench.time)
            #expect(try await bench.desk.alarms.calls().isEmpty)
            let taken = try await bench.theConversation()
            #expect(taken.conversation.assignee == bench.jana && taken.lease?.colleague == bench.jana && taken.conversation.isUrgent)
            // Pressed twice by her it is no error; her colleague hears who was quicker.
            try await bench.desk.alarms.takeOver(call.alarm.id, by: bench.jana, at: bench.time)
            await #expect(throws: Refusal.alarmTaken(by: "Jana")) {
                try await bench.desk.alarms.takeOver(call.alarm.id, by: bench.jonas, at: bench.time)
            }
            // Another cry of the same person goes to who has it, and to nobody else.
            try await bench.hear(.example("Er ist bewusstlos!", id: "8", under: "7"))
            #expect(try await bench.desk.alarms.calls().isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func `an answer ends it, a new cry after it raises a new one`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Es brennt!"))
            var letter = try bench.letter("Bitte jetzt die 112 anrufen.", in: try await bench.theConversation())
            letter.isRedirect = true
            _ = try await bench.desk.replies.save("Halb fertig", in: try await conversation(bench).id, by: bench.jana, at: bench.time)
            try await bench.desk.replies.send(letter, in: try await conversation(bench).id, by: bench.jana, at: bench.time)
            #expect(try await bench.desk.alarms.calls().isEmpty)
            #expect(try await !conversation(bench).isUrgent)
            let open = try await bench.desk.conversations.open(try await conversation(bench).id, by: bench.jana, at: bench.time)
            #expect(open.draft?.text == "Halb fertig", "a redirect leaves what she was writing")
            // Taken back, the emergency is there again.
            let delivery = try await bench.desk.conversations.delivery(letter: letter.token)
            try await bench.desk.outbox.withdraw(delivery.id, by: bench.jana, at: bench.time + .seconds(2))
            #expect(try await bench.desk.alarms.calls().count == 1)
            try await bench.desk.replies.send(
                try bench.letter("Hilfe kommt.", in: try await bench.theConversation()), in: try await conversation(bench).id, by: bench.jana,
                at: bench.time + .seconds(3))
            try await bench.hear(.example("Es brennt schon wieder, es brennt!", id: "8", under: "7"))
            #expect(try await bench.desk.alarms.calls().count == 1)
            #expect(try await bench.desk.alarms.latest().count == 2)
        }
    }

    @Test(arguments: Engine.allCases) func `a colleague marks by hand and dismisses`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Bei Oma geht seit drei Tagen keiner ans Telefon."))
            let before = try await conversation(bench)
            #expect(!before.isUrgent)
            try await bench.desk.conversations.close(before.id, .noReplyNeeded, seen: before.lastMessage, by: bench.jana, at: bench.time)
            try await bench.desk.alarms.raise(.life, in: before.id, by: bench.jonas, at: bench.time + .seconds(60))
            try await bench.desk.alarms.raise(.crime, in: before.id, by: bench.jana, at: bench.time + .seconds(61))
            let call = try #require(try await bench.desk.alarms.calls().first)
            #expect(call.alarm.raisedBy == "Jonas" && call.alarm.words == nil && call.alarm.danger == .life)
            #expect(try await bench.desk.alarms.latest().count == 1, "one alarm for one conversation")
            #expect(try await conversation(bench).state == .open)
            try await bench.desk.alarms.dismiss(in: before.id, by: bench.jana, at: bench.time + .seconds(90))
            #expect(try await bench.desk.alarms.calls().isEmpty)
            let calm = try await conversation(bench)
            #expect(calm.state == .open && calm.dueAt > bench.time + .seconds(3600))
            await #expect(throws: Refusal.notAllowed) {
                try await bench.desk.alarms.raise(.life, in: before.id, by: bench.reader, at: bench.time)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `history raises none, an edit does, and the citizen's removal leaves no words of theirs`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear([.message(.example("Damals hat es gebrannt, es brennt nicht mehr.", id: "1"))], isImport: true)
            #expect(try await bench.desk.alarms.calls().isEmpty)
            try await bench.hear(.example("Hallo", id: "2", by: "uwe@anderswo.example"))
            try await bench.hear(
                .example("Hallo, ich will sterben", id: "2", by: "uwe@anderswo.example", editedAt: Date(timeIntervalSince1970: 1_795_000_100)))
            let call = try #require(try await bench.desk.alarms.calls().first)
            #expect(call.alarm.danger == .despair)
            try await bench.hear([.removed(localID: "2")])
            #expect(try await bench.desk.alarms.calls().first?.text == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `the list is changed by editors, and what was changed counts at once`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.desk.alarms.add("Hochwasser*", danger: .life, by: bench.jana, at: bench.time)
            await #expect(throws: Refusal.alarmWordInvalid) { try await bench.desk.alarms.add(" ! ", danger: .life, by: bench.jana, at: bench.time) }
            await #expect(throws: Refusal.notAllowed) { try await bench.desk.alarms.add("Flut", danger: .life, by: bench.reader, at: bench.time) }
            try await bench.hear(.example("Hochwasserlage an der Brücke?", id: "1"))
            #expect(try await bench.desk.alarms.calls().first?.alarm.words == "Hochwasser*")
            let word = try #require(try await bench.desk.alarms.words().first { $0.words == "Hochwasser*" })
            try await bench.desk.alarms.remove(word.id, by: bench.jana, at: bench.time)
            try await bench.hear(.example("Hochwasser!", id: "2", by: "uwe@anderswo.example"))
            #expect(try await bench.desk.alarms.calls().count == 1)
        }
    }

    @Test(arguments: [
        ("ich WILL nicht mehr Leben", "will nicht mehr leben"), ("Suizidgedanken", "Suizid*"), ("hier riecht’s nach Gas, es riecht nach Gas!", "riecht nach Gas"),
        ("Wir koennen nicht raus, der Opa ist ohnmaechtig", "ohnmächtig"), ("atmet er? nicht sicher", nil), ("Notrufsäule defekt", nil),
        ("Die neue Radspur ist ein Selbstmordkommando", "Selbstmord*"), ("", nil),
    ] as [(String, String?)]) func `words are found in any form, next to each other`(text: String, found: String?) async throws {
        try await Bench.with(.sqlite) { bench in
            let words = AlarmWords(try await bench.desk.alarms.words())
            let tokens = SearchWords.tokens(of: [text])
            #expect(words.first(in: tokens[...])?.words == found)
        }
    }

    @Test func `what fits the danger, the language and the channel comes first`() async throws {
        try await Bench.with(.sqlite) { bench in
            try await bench.desk.redirectTexts.write(
                RedirectWords(title: "Leitstelle", text: "Hilfe: 112", language: "de", danger: .life, channel: bench.channel.id), as: nil,
                by: bench.jana, at: bench.time)
            let all = try await bench.desk.redirectTexts.all()
            #expect(all.fitting(bench.channel.id, language: "de", danger: .life).first?.title == "Leitstelle")
            #expect(all.fitting(bench.channel.id, language: "en", danger: .despair).first?.title == "Crisis helpline")
            #expect(all.fitting(bench.channel.id, language: "tr", danger: .crime).first?.title == "Notruf 110")
            #expect(!all.fitting(ID(rawValue: 99), language: nil, danger: .life).contains { $0.title == "Leitstelle" })
        }
    }
}
