import Desk
import Foundation
import Logging
import Networks
import Simulators
import Store

/// The demo: Musterstadt's network with its past, its team at the desk, and what happens while somebody watches.
public struct Demo: Sendable {
    private let town: Town
    private let desk: Desk
    private let log = Logger(label: "musterstadt")

    /// - Parameter desk: On a database that is up to date; its client must be allowed to reach this machine.
    public init(desk: Desk) throws {
        town = try Town()
        self.desk = desk
    }

    /// Runs the network while the desk is served, and ends it after that.
    ///
    /// On a database that knows Musterstadt already, the team stays as it is, and the network goes on where its memory ends.
    /// - Parameters:
    ///   - memory: The file in which the network remembers over a restart; it belongs to the desk's database. `nil` for none.
    ///   - serve: Serves pages and lanes until it is told to end. Gets the network's address, the token of Jana's one-time link, and what
    ///     begins the story, at once.
    public func run(
        networkPort: Int = 0, memory: URL? = nil,
        serve: @escaping @Sendable (_ network: String, _ link: String, _ play: @escaping @Sendable () async -> Void) async throws -> Void
    ) async throws {
        let simulator = MastodonSimulator(world: TownOnMastodon.world(of: town))
        let (beginnings, beginning) = AsyncStream<Void>.makeStream()
        try await simulator.whileListening(port: networkPort, memory: memory) { network in
            let team = try await prepare(simulator.server)
            let link = try await desk.team.makeLink(for: try team.colleague("jana"), by: .operator, at: desk.clock.now())
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in beginnings { break }
                    await tell(on: simulator.server, team)
                }
                defer { group.cancelAll() }
                try await serve(network, link) { beginning.yield() }
            }
        }
    }

    /// Everything as it is at the start.
    /// - Returns: The team, by their keys.
    private func prepare(_ server: SimulatedMastodon) async throws -> [String: ID<Colleague>] {
        let now = desk.clock.now()
        let office = Office(town: town, desk: desk)
        let team = try await office.open(at: now)
        try await TownOnMastodon(town, on: server).playPast(now: now)
        _ = try await office.connect(to: server, at: now)
        try await office.makeTeams(team, at: now)
        try await office.noteFacts(team, at: now)
        return team
    }

    /// Never throws: a story that breaks off is logged, and the desk goes on.
    private func tell(on server: SimulatedMastodon, _ team: [String: ID<Colleague>]) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await attempt { try await Notes(town: town, desk: desk, team: team).write(server) } }
            group.addTask { await attempt { try await TownOnMastodon(town, on: server).playPresent(clock: desk.clock) } }
        }
    }

    private func attempt(_ part: () async throws -> Void) async {
        do { try await part() } catch is CancellationError { return } catch {
            log.error("A part of the story broke off", metadata: ["error": "\(error)"])
        }
    }
}
