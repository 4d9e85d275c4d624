import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// Guarantees 3 and 5: sent once, and nobody overwrites anybody.
struct OnceOutTests {
    @Test(arguments: Engine.allCases) func `a double click sends once`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let letter = try bench.letter("Antwort", in: thread)
            try await bench.desk.replies.send(letter, in: thread.conversation.id, by: bench.jana, at: bench.time)
            try await bench.desk.replies.send(letter, in: thread.conversation.id, by: bench.jana, at: bench.time)
            #expect(try await bench.theConversation().entries.map(\.message.direction) == [.in, .out])
        }
    }

    @Test(arguments: Engine.allCases) func `of two who answer in the same instant one is told, and keeps the draft`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            let outcomes = await withTaskGroup(of: (ID<Colleague>, Refusal?).self) { group in
                for colleague in [bench.jana, bench.jonas] {
                    group.addTask {
                        do {
                            try await bench.desk.replies.send(
                                bench.letter("Von \(colleague)", in: thread), in: id, by: colleague, at: bench.time)
                            return (colleague, nil)
                        } catch { return (colleague, error as? Refusal ?? .notFound) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let refused = outcomes.filter { $0.1 != nil }
            #expect(refused.count == 1)
            guard case .answeredMeanwhile? = refused.first?.1 else { Issue.record("refused for \(refused)"); return }
            let loser = try #require(refused.first?.0)
            #expect(try await bench.desk.replies.draft(in: id, by: loser)?.text == "Von \(loser)")
            #expect(try await bench.theConversation().entries.filter { $0.message.direction == .out }.count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func `an edited question is not answered unseen`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            try await bench.hear(.example("Ganz andere Frage", editedAt: bench.time))
            await #expect(throws: Refusal.textChanged) {
                try await bench.desk.replies.send(bench.letter("Ja", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
            }
            #expect(try await bench.desk.replies.draft(in: thread.conversation.id, by: bench.jana)?.text == "Ja")
        }
    }

    @Test(arguments: Engine.allCases) func `a reply taken back is a draft again, until the first byte`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            try await bench.desk.replies.send(bench.letter("Voreilig", in: thread), in: id, by: bench.jana, at: bench.time)
            let first = try #require(try await bench.theConversation().entries.last?.deliveries.first)
            try await bench.desk.outbox.withdraw(first.id, by: bench.jana, at: bench.time)
            #expect(try await bench.desk.replies.draft(in: id, by: bench.jana)?.text == "Voreilig")
            let again = try await bench.theConversation()
            #expect(again.entries.map(\.message.text) == ["Frage"] && again.conversation.state == .open)

            try await bench.desk.replies.send(bench.letter("Bedacht", in: again), in: id, by: bench.jana, at: bench.time)
            let later = bench.time + .seconds(6)
            let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "a"))
            #expect(try await bench.desk.outbox.begin(claimed, window: .zero, at: later))
            await #expect(throws: Refusal.tooLateToTakeBack) {
                try await bench.desk.outbox.withdraw(claimed.id, by: bench.jana, at: later)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `whoever lost the claim does not send`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            try await bench.desk.replies.send(bench.letter("Antwort", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
            let later = bench.time + .seconds(6)
            let asleep = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "asleep"))
            #expect(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "awake") == nil)
            _ = try await bench.desk.store.write { db in try db.run("UPDATE delivery SET claim_until = 0") }
            let awake = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "awake"))
            #expect(try await bench.desk.outbox.begin(asleep, window: .zero, at: later) == false)
            #expect(try await bench.desk.outbox.begin(awake, window: .zero, at: later))
        }
    }

    @Test(arguments: Engine.allCases) func `whoever slept while uploading does not publish, and it leaves as soon as that is known`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let outbox = bench.desk.outbox
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            try await bench.desk.replies.send(bench.letter("Antwort", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
            let later = bench.time + .seconds(6)
            let asleep = try #require(try await outbox.claim(on: bench.channel.id, at: later, token: "asleep"))
            #expect(try await outbox.begin(asleep, window: .zero, at: later))
            #expect(await outbox.mayLeave(asleep, window: .zero, at: later))
            _ = try await bench.desk.store.write { db in try db.run("UPDATE delivery SET claim_until = 0") }
            try await outbox.recover(on: bench.channel.id, window: .zero, at: later)
            #expect(try await bench.theConversation().entries.last?.deliveries.first?.state == .unclear)
            #expect(await outbox.mayLeave(asleep, window: .zero, at: later) == false)
            try await outbox.record(.postponed(.unreachable), for: asleep, at: later)
            #expect(try await bench.theConversation().entries.last?.deliveries.first?.state == .waiting, "it is certain that nothing left")
        }
    }

    @Test(arguments: Engine.allCases) func `of doubt nobody frees but who tried last`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let outbox = bench.desk.outbox
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            try await bench.desk.replies.send(bench.letter("Antwort", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
            let later = bench.time + .seconds(6)
            func expire() async throws {
                _ = try await bench.desk.store.write { db in try db.run("UPDATE delivery SET claim_until = 0") }
                try await outbox.recover(on: bench.channel.id, window: .zero, at: later)
            }
            let first = try #require(try await outbox.claim(on: bench.channel.id, at: later, token: "first"))
            #expect(try await outbox.begin(first, window: .zero, at: later))
            try await expire()
            try await outbox.sendAgain(first.id, by: bench.jana, token: Token.make(), at: later)
            let soon = later + .seconds(60)
            let second = try #require(try await outbox.claim(on: bench.channel.id, at: soon, token: "second"))
            #expect(try await outbox.begin(second, window: .zero, at: soon))
            try await expire()
            try await outbox.record(.postponed(.unreachable), for: first, at: soon)
            #expect(try await bench.theConversation().entries.last?.deliveries.last?.state == .unclear, "the second may be public")
        }
    }

    @Test(arguments: Engine.allCases) func `a form whose answer was taken back keeps what is typed, and says so`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            var letter = try bench.letter("Voreilig", in: thread)
            try await bench.desk.replies.send(letter, in: id, by: bench.jana, at: bench.time)
            let first = try #require(try await bench.theConversation().entries.last?.deliveries.first)
            try await bench.desk.outbox.withdraw(first.id, by: bench.jana, at: bench.time)
            letter.text = "Bedacht"
            await #expect(throws: Refusal.takenBack) {
                try await bench.desk.replies.send(letter, in: id, by: bench.jana, at: bench.time)
            }
            #expect(try await bench.desk.replies.draft(in: id, by: bench.jana)?.text == "Bedacht")
            #expect(try await bench.desk.replies.save("Besser", in: id, token: letter.token, by: bench.jana, at: bench.time))
            #expect(try await bench.desk.replies.draft(in: id, by: bench.jana)?.text == "Besser")
        }
    }

    @Test(arguments: Engine.allCases) func `a form with a file that is sent twice sends it once, and leaves none behind`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let (id, letter) = (thread.conversation.id, try bench.letter("Siehe Plan.", in: thread))
            let attach = {
                try await bench.desk.replies.attach(
                    Data([1]), name: "a.png", type: "image/png", altText: "Plan", to: id, token: letter.token, by: bench.jana, at: bench.time)
            }
            try await attach()
            try await attach()
            try await bench.desk.replies.send(letter, in: id, by: bench.jana, at: bench.time)
            try await attach()
            try await bench.desk.replies.send(letter, in: id, by: bench.jana, at: bench.time)
            #expect(try await bench.theConversation().entries.map(\.media.count) == [0, 1])
            #expect(try await bench.desk.replies.draft(in: id, by: bench.jana) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `what a death left in sending is unclear, and what follows it waits`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            try await bench.desk.replies.send(bench.letter("Eins", in: thread), in: id, by: bench.jana, at: bench.time)
            let later = bench.time + .seconds(6)
            let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "dead"))
            #expect(try await bench.desk.outbox.begin(claimed, window: .zero, at: later))
            _ = try await bench.desk.store.write { db in try db.run("UPDATE delivery SET claim_until = 0") }
            try await bench.desk.outbox.recover(on: bench.channel.id, window: .zero, at: later)
            try await bench.desk.replies.send(bench.letter("Zwei", in: bench.theConversation()), in: id, by: bench.jana, at: later)
            let muchLater = later + .seconds(60)
            #expect(try await bench.desk.outbox.claim(on: bench.channel.id, at: muchLater, token: "b") == nil)
            let unclear = try #require(try await bench.theConversation().entries.flatMap(\.deliveries).first { $0.state == .unclear })
            try await bench.desk.outbox.confirm(unclear.id, at: nil, by: bench.jana, at: muchLater)
            #expect(try await bench.desk.outbox.claim(on: bench.channel.id, at: muchLater, token: "b") != nil)
        }
    }

    @Test(arguments: Engine.allCases) func `a server that honours the key is asked again after a death`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            try await bench.desk.replies.send(bench.letter("Eins", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
            let later = bench.time + .seconds(6)
            let claimed = try #require(try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "dead"))
            #expect(try await bench.desk.outbox.begin(claimed, window: .zero, at: later))
            _ = try await bench.desk.store.write { db in try db.run("UPDATE delivery SET claim_until = 0") }
            try await bench.desk.outbox.recover(on: bench.channel.id, window: .seconds(3600), at: later)
            let again = try await bench.desk.outbox.claim(on: bench.channel.id, at: later, token: "alive")
            #expect(again?.key == claimed.key)
        }
    }
}
