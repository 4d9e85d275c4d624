import Foundation
import Musterstadt
import Testing

@testable import Desk

struct AnsweredOtherwiseTests {
    @Test(arguments: Engine.allCases) func `what was told on the telephone is noted with who and when, and closes`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Ist das Bürgeramt offen?"))
            let before = try await bench.theConversation().conversation
            func tell(_ answer: OtherAnswer, seen: ID<Message>?) async throws {
                try await bench.desk.conversations.note(answer, in: before.id, seen: seen, by: bench.jana, at: bench.time)
            }
            let call = bench.time - .seconds(600)
            await #expect(throws: Refusal.wroteMeanwhile) { try await tell(.there, seen: nil) }
            await #expect(throws: Refusal.sourceMissing) {
                try await tell(.telephone(office: " ", said: "", at: call), seen: before.lastMessage)
            }
            await #expect(throws: Refusal.callInFuture) {
                try await tell(.telephone(office: "Bürgeramt", said: "", at: bench.time + .seconds(60)), seen: before.lastMessage)
            }
            try await tell(.telephone(office: "Bürgeramt, Frau Beispiel", said: "Bis 18 Uhr.", at: call), seen: before.lastMessage)
            let after = try await bench.theConversation()
            #expect(after.conversation.state == .closed && after.conversation.closedBecause == .answered)
            let note = try #require(after.entries.last?.message)
            #expect(note.direction == .note && note.answeredBy == .telephone && note.writtenAt == call)
            #expect(note.text == "Bürgeramt, Frau Beispiel\nBis 18 Uhr.")
            await #expect(throws: Refusal.alreadyClosed) { try await tell(.there, seen: before.lastMessage) }
            #expect(try await bench.desk.search.find("Frau Beispiel").count == 1)
        }
    }
}
