import Desk
import Foundation
import Musterstadt
import Simulators
import Testing

/// In at the network, out at the network, on both databases, with the lanes running.
@Suite(.serialized) struct QuestionAndAnswerTests {
    @Test(arguments: Engine.allCases) func `a question is answered where it was asked`(on engine: Engine) async throws {
        try await withTown(on: engine) { town in
            let question = try await town.citizen(writes: "Wann kommt der Bus?")
            let thread = try await town.thread(of: question)
            #expect(thread.conversation.state == .open && thread.conversation.visibility == .public)
            try await town.reply("Um acht Uhr.", in: thread, by: town.jonas)
            try await town.deliverEverything()
            let answer = try #require(await town.answers.last)
            #expect(answer.text.hasSuffix("Um acht Uhr."))
            #expect(answer.replyTo == question.id)
            let after = try await town.thread(of: question)
            #expect(after.conversation.state == .answered)
            #expect(after.entries.last?.deliveries.last?.state == .delivered)
            #expect(after.entries.last?.message.url != nil)
        }
    }

    @Test(arguments: Engine.allCases) func `a private question is never answered in public`(on engine: Engine) async throws {
        try await withTown(on: engine) { town in
            let question = try await town.citizen(writes: "Darf das niemand sonst wissen?", visibility: "direct")
            let thread = try await town.thread(of: question)
            #expect(thread.conversation.visibility == .private)
            try await town.reply("Das bleibt unter uns.", in: thread, by: town.jonas)
            try await town.deliverEverything()
            #expect(await town.answers.last?.visibility == "direct")
        }
    }

    @Test(arguments: Engine.allCases) func `an answer given in the network's own app appears in the conversation`(on engine: Engine) async throws {
        try await withTown(on: engine) { town in
            let question = try await town.citizen(writes: "Ist das Rathaus offen?")
            _ = try await town.thread(of: question)
            try await town.mastodon.post(as: "stadt", "@\(question.acct) Ja, bis 18 Uhr.", replyTo: question.id)
            try await town.eventually("the answer is in the conversation") {
                let thread = try await town.thread(of: question)
                return thread.conversation.state == .answered && thread.entries.last?.message.colleague == nil
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a question after the answer reopens the conversation`(on engine: Engine) async throws {
        try await withTown(on: engine) { town in
            let question = try await town.citizen(writes: "Wo gibt es Säcke?")
            let thread = try await town.thread(of: question)
            try await town.reply("Im Bürgeramt.", in: thread, by: town.jonas)
            try await town.deliverEverything()
            let answer = try #require(await town.answers.last)
            let again = try await town.citizen(writes: "Und in welchem?", under: answer)
            let reopened = try await town.thread(of: again)
            #expect(reopened.conversation.id == thread.conversation.id)
            #expect(reopened.conversation.state == .open)
        }
    }

    @Test(arguments: Engine.allCases) func `a question that was promised an answer comes back by itself on its day`(on engine: Engine) async throws {
        try await withTown(on: engine) { town in
            let question = try await town.citizen(writes: "Wann wird die Brücke fertig?")
            let thread = try await town.thread(of: question)
            let day = CivilDay(town.clock.now(), in: try #require(TimeZone(identifier: "Europe/Berlin"))) + 2
            let letter = Replies.Letter(
                text: "Wir fragen nach.", seen: try #require(thread.seen), followUp: day, token: "zwischenbescheid-zwischenbescheid")
            try await town.desk.replies.send(letter, in: thread.conversation.id, by: town.jonas, at: town.clock.now())
            try await town.deliverEverything()
            #expect(try await town.thread(of: question).conversation.state == .waiting)
            #expect(await town.answers.last?.text.hasSuffix("Wir fragen nach.") == true)
            town.clock.advance(by: .seconds(2 * 24 * 3600))
            try await town.eventually("the conversation is open again") {
                try await town.thread(of: question).conversation.state == .open
            }
        }
    }
}
