import Desk
import Foundation
import Logging
import Networks
import Simulators
import Store

/// Musterstadt for tests: a desk with its lanes running and its team at work, connected to a simulated network on which its citizens live.
///
///     try await withTown(on: .sqlite) { town in
///         let question = try await town.citizen("tini", writes: "Wann kommt der Bus?")
///         let thread = try await town.thread(of: question)
///         try await town.reply("Um acht.", in: thread, by: town.jonas)
///         try await town.deliverEverything()
///     }
public struct Musterstadt: Sendable {
    public let desk: Desk
    public let clock: TestClock
    public let mastodon: SimulatedMastodon
    /// The town's channel on that network.
    public let channel: ID<Channel>
    /// Everybody of the team, by their key in `staff.json`.
    public let staff: [String: ID<Colleague>]
    /// An admin.
    public let jana: ID<Colleague>
    /// An editor.
    public let jonas: ID<Colleague>
    /// Another editor.
    public let lena: ID<Colleague>
    /// A reader.
    public let franziska: ID<Colleague>

    let town: Town

    init(_ town: Town, desk: Desk, clock: TestClock, mastodon: SimulatedMastodon) async throws {
        (self.town, self.desk, self.clock, self.mastodon) = (town, desk, clock, mastodon)
        let office = Office(town: town, desk: desk)
        staff = try await office.open(at: clock.now())
        channel = try await office.connect(to: mastodon, at: clock.now())
        jana = try staff.colleague("jana")
        jonas = try staff.colleague("jonas")
        lena = try staff.colleague("lena")
        franziska = try staff.colleague("franziska")
    }
}

/// Opens a fresh Musterstadt, runs its network and the desk's lanes beside the body, and takes everything away after it.
/// - Parameter runsLanes: `false` where a test starts `town.desk.run()` itself, or makes each step by hand.
public func withTown<Result>(
    on engine: Engine, runsLanes: Bool = true, _ body: (Musterstadt) async throws -> Result
) async throws -> Result {
    let town = try Town()
    let clock = TestClock()
    return try await engine.withStore { store in
        try await Desk.migrate(store)
        let files = FileManager.default.temporaryDirectory.appending(path: "musterstadt-\(UUID().uuidString).media")
        defer { try? FileManager.default.removeItem(at: files) }
        let simulator = MastodonSimulator(world: TownOnMastodon.world(of: town), clock: { clock.now() })
        return try await simulator.whileListening { _ in
            let desk = Desk(
                store: store, keys: KeyRing(Data(repeating: 7, count: 32)), files: try MediaFiles(folder: files.path),
                world: World(client: GuardedClient(allowing: [.loopback].compactMap(\.self)), now: { clock.now() }), clock: clock.clock,
                log: Logger(label: "musterstadt") { _ in SwiftLogNoOpLogHandler() })
            let musterstadt = try await Musterstadt(town, desk: desk, clock: clock, mastodon: simulator.server)
            return try await withThrowingTaskGroup(of: Void.self) { group in
                if runsLanes { group.addTask { try await desk.run() } }
                defer { group.cancelAll() }
                return try await body(musterstadt)
            }
        }
    }
}

extension AddressRange {
    static let loopback = AddressRange("127.0.0.0/8")
}
