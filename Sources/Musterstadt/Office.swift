import Desk
import Foundation
import Networks
import Simulators
import Store

/// The counter of Musterstadt: its authority, its team and its account, on a desk.
struct Office: Sendable {
    let town: Town
    let desk: Desk

    /// Sets up the authority and adds who of the team is missing.
    /// - Returns: The team, by their keys.
    func open(at time: Date) async throws -> [String: ID<Colleague>] {
        if try await desk.team.authority() == nil { try await desk.team.establish(Authority(town.authority), at: time) }
        var ids = Dictionary(try await desk.team.all().map { ($0.email, $0.id) }) { first, _ in first }
        var team: [String: ID<Colleague>] = [:]
        for one in town.staff {
            guard let role = Colleague.Role(rawValue: one.role) else { throw Town.Unknown(what: "role", key: one.role) }
            if ids[one.email] == nil {
                ids[one.email] = try await desk.team.add(
                    name: one.name, email: one.email, role: role, language: one.language, by: .operator, at: time).id
            }
            team[one.key] = ids[one.email]
        }
        return team
    }

    /// Makes the teams that are missing.
    /// - Parameter team: Everybody, by their keys.
    func makeTeams(_ team: [String: ID<Colleague>], at time: Date) async throws {
        let known = Set(try await desk.teams.all().map(\.name))
        for one in town.teams where !known.contains(one.name) {
            _ = try await desk.teams.add(
                name: one.name, members: Set(try one.members.map(team.colleague)), by: .operator, at: time)
        }
    }

    /// Notes what is so today.
    /// - Parameter team: By their keys.
    func noteFacts(_ team: [String: ID<Colleague>], at time: Date) async throws {
        for fact in town.facts.reversed() {
            try await desk.facts.note(
                fact.text, source: fact.source, until: time + .seconds(fact.hours * 3600), by: try team.colleague(fact.colleague), at: time)
        }
    }

    /// Connects the town's account, also anew: the server may listen at another port than the last time.
    func connect(to server: SimulatedMastodon, at time: Date) async throws -> ID<Channel> {
        let token = try await server.token(for: TownOnMastodon.account)
        return try await desk.channels.connectMastodon(server: await server.base, token: token, by: .operator, at: time)
    }
}

extension [String: ID<Colleague>] {
    /// - Throws: ``Town/Unknown``.
    func colleague(_ key: String) throws -> ID<Colleague> {
        guard let id = self[key] else { throw Town.Unknown(what: "colleague", key: key) }
        return id
    }
}

extension Desk {
    /// The conversation that holds a thing of the network.
    /// - Parameter object: Its global name.
    /// - Returns: `nil` until it has arrived there.
    func conversation(of object: String) async throws -> ID<Conversation>? {
        try await store.read { db in try db.value("SELECT conversation_id FROM message WHERE object = \(object)") }
    }
}

extension MastodonSimulator {
    /// Runs the server beside the body, on a free port of this machine unless one is named, and ends it after it.
    /// - Throws: ``DidNotStart`` where the port is taken.
    public func whileListening<Result>(
        port: Int = 0, memory: URL? = nil, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let (starts, started) = AsyncStream<Void>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { started.finish() }
                try await run(port: port, memory: memory) { _ in started.yield() }
            }
            defer { group.cancelAll() }
            var hasStarted = false
            for await _ in starts {
                hasStarted = true
                break
            }
            guard hasStarted else { throw DidNotStart(port: port) }
            return try await body(await server.base)
        }
    }

    public struct DidNotStart: Error, CustomStringConvertible {
        let port: Int
        public var description: String { "The simulated network can't listen on port \(port): something else does." }
    }
}
