import Foundation
import Logging
import Musterstadt
import Networks
import Testing

@testable import Desk

struct NightTests {
    @Test(arguments: Engine.allCases) func `the night's work is done once, also after a night without the program`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let compaction = bench.desk.compaction
            #expect(try await compaction.isDue() == false, "a fresh database has nothing to remove")
            _ = try await bench.desk.store.write { db in try db.run("UPDATE chore SET begun_at = begun_at - 86400000") }
            #expect(try await compaction.isDue())
            #expect(try await compaction.isDue() == false)
            try await compaction.putBack()
            #expect(try await compaction.isDue(), "what broke off is due again")
        }
    }

    @Test func `a night begins at three in Germany, whatever the clocks do`() throws {
        let format = ISO8601DateFormatter()
        for (time, night) in [
            ("2026-11-26T12:00:00+01:00", "2026-11-26T03:00:00+01:00"), ("2026-11-26T02:59:00+01:00", "2026-11-25T03:00:00+01:00"),
            ("2026-10-25T12:00:00+01:00", "2026-10-25T03:00:00+01:00"), ("2026-03-29T12:00:00+02:00", "2026-03-29T03:00:00+02:00"),
        ] {
            #expect(Compaction.lastNight(before: try #require(format.date(from: time))) == format.date(from: night), "\(time)")
        }
    }

    @Test(arguments: Engine.allCases) func `old bytes and strangers' deletions leave, keys of ours stay`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(.example("Frage"))
            try await bench.hear([.removed(localID: "unbekannt")])
            _ = try await bench.desk.store.write { db in try db.run("UPDATE item SET received_at = 0") }
            try await bench.desk.compaction.work()
            let left = try await bench.desk.store.read { db in
                try db.rows("SELECT verb, bytes FROM item").map { (try $0["verb"] as String, try $0["bytes"] as Data?) }
            }
            #expect(left.count == 1 && left[0].0 == "status" && left[0].1 == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `a node with another folder for media is told so`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            #expect(try await bench.desk.missingMediaFolder() == nil)
            #expect(try await bench.desk.missingMediaFolder() == nil)
            let other = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            defer { try? FileManager.default.removeItem(at: other) }
            let elsewhere = Desk(
                store: bench.desk.store, keys: KeyRing(Data(repeating: 7, count: 32)), files: try MediaFiles(folder: other.path),
                world: World(client: GuardedClient(), now: { Date() }), log: Logger(label: "test"))
            #expect(try await elsewhere.missingMediaFolder() == bench.desk.files.mark())
        }
    }

    @Test(arguments: Engine.allCases) func `an answer never leaves with fewer pictures than it was written with`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let desk = bench.desk
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            let id = thread.conversation.id
            try await desk.replies.attach(
                Data([1, 2, 3]), name: "plan.png", type: "image/png", altText: "Plan", to: id, by: bench.jana, at: bench.time)
            try await desk.replies.send(bench.letter("Hier der Plan.", in: thread), in: id, by: bench.jana, at: bench.time)
            try FileManager.default.removeItem(at: desk.files.folder)
            let clock = Clock(now: { bench.time + .seconds(10) }, sleep: { try await Task.sleep(for: $0) })
            let courier = Courier(
                store: desk.store, outbox: desk.outbox, files: desk.files, channel: bench.channel, network: TestNetwork(), clock: clock,
                fate: { _ in }, log: Logger(label: "test"))
            _ = try await courier.work()
            let delivery = try #require(try await bench.theConversation().entries.last?.deliveries.first)
            #expect(delivery.state == .failed && delivery.failure == .mediaRefused)
        }
    }

    @Test(arguments: Engine.allCases) func `what the network answers is written down though the lane is cancelled`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let desk = bench.desk
            try await bench.hear(.example("Frage"))
            let thread = try await bench.theConversation()
            try await desk.replies.send(bench.letter("Ja.", in: thread), in: thread.conversation.id, by: bench.jana, at: bench.time)
            let clock = Clock(now: { bench.time + .seconds(10) }, sleep: { try await Task.sleep(for: $0) })
            let (begun, begin) = AsyncStream<Void>.makeStream()
            let (ends, end) = AsyncStream<Void>.makeStream()
            var network = TestNetwork()
            network.whilePerforming = {
                begin.yield()
                for await _ in ends { break }
            }
            let courier = Courier(
                store: desk.store, outbox: desk.outbox, files: desk.files, channel: bench.channel, network: network, clock: clock,
                fate: { _ in }, log: Logger(label: "test"))
            let work = Task { try await courier.work() }
            for await _ in begun { break }
            work.cancel()
            end.yield()
            _ = try? await work.value
            #expect(try await bench.theConversation().entries.last?.deliveries.first?.state == .delivered)
        }
    }
}
