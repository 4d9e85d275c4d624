import Desk
import Foundation
import Musterstadt
import Simulators
import Testing

/// The network breaks off, refuses, asks for patience: every answer is public exactly once, or shown as unclear.
@Suite(.serialized) struct TroubleOnTheWayTests {
    private func times(_ text: String, in town: Musterstadt) async -> Int {
        await town.answers.filter { $0.text.hasSuffix(text) }.count
    }

    /// Asks, answers while the fault holds, and waits until the delivery has this state.
    private func answer(
        _ text: String, on engine: Engine, under fault: Fault, until state: Delivery.State,
        then check: (Musterstadt, Correspondence) async throws -> Void = { _, _ in }
    ) async throws {
        try await withTown(on: engine) { town in
            let question = try await town.citizen(writes: "Frage zu \(text)")
            let thread = try await town.thread(of: question)
            await town.mastodon.arrange(fault)
            try await town.reply(text, in: thread, by: town.jonas)
            town.clock.advance(by: Replies.grace + .seconds(1))
            try await town.eventually("the delivery is \(state)") {
                try await town.thread(of: question).entries.last?.deliveries.last?.state == state
            }
            try await check(town, town.thread(of: question))
        }
    }

    @Test(arguments: Engine.allCases) func `a connection that breaks after the write does not double the answer`(on engine: Engine) async throws {
        let fault = Fault(.closeAfter, method: "POST", path: "/api/v1/statuses", times: 1)
        try await answer("Abgerissen", on: engine, under: fault, until: .delivered) { town, _ in
            #expect(await times("Abgerissen", in: town) == 1)
        }
    }

    @Test(arguments: Engine.allCases) func `an error after the write does not double the answer`(on engine: Engine) async throws {
        let fault = Fault(.errorAfter, method: "POST", path: "/api/v1/statuses", times: 1)
        try await answer("Fehler danach", on: engine, under: fault, until: .delivered) { town, _ in
            #expect(await times("Fehler danach", in: town) == 1)
        }
    }

    @Test(arguments: Engine.allCases) func `a forbidden answer says so and can be written anew`(on engine: Engine) async throws {
        let fault = Fault(.forbidden, method: "POST", path: "/api/v1/statuses", times: 1)
        try await answer("Verboten", on: engine, under: fault, until: .failed) { town, thread in
            let delivery = try #require(thread.entries.last?.deliveries.last)
            #expect(thread.conversation.state == .open)
            try await town.desk.outbox.rewrite(delivery.id, by: town.jonas, at: town.clock.now())
            #expect(try await town.desk.replies.draft(in: thread.conversation.id, by: town.jonas)?.text == "Verboten")
            #expect(await times("Verboten", in: town) == 0)
        }
    }

    @Test(arguments: Engine.allCases) func `an expired token stops the channel loudly and loses nothing`(on engine: Engine) async throws {
        try await withTown(on: engine) { town in
            let question = try await town.citizen(writes: "Noch da?")
            let thread = try await town.thread(of: question)
            try await town.mastodon.revokeTokens(of: "stadt")
            try await town.reply("Ja.", in: thread, by: town.jonas)
            town.clock.advance(by: Replies.grace + .seconds(1))
            try await town.eventually("the channel asks to be reconnected") {
                try await town.desk.channels.channel(town.channel).warnings(at: town.clock.now()) == [.reconnect]
            }
            #expect(await times("Ja.", in: town) == 0)
        }
    }

    @Test(arguments: Engine.allCases) func `a reply that names nobody is found by the comparison`(on engine: Engine) async throws {
        try await withTown(on: engine) { town in
            let post = try await town.posts("Das Freibad öffnet.")
            let comment = try await town.citizen(writes: "Endlich!", under: post, mentionsUs: false)
            let thread = try await town.thread(of: comment)
            #expect(thread.root?.text == "Das Freibad öffnet.")
        }
    }
}
