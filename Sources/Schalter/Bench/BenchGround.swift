import Desk
import Foundation
import Musterstadt
import Networks
import Simulators
import Store

/// A desk with a crowd on it, the network it is connected to, and the program that serves it.
struct BenchGround: Sendable {
    let wiring: Wiring
    let database: String
    let conversations: Int
    let network: SimulatedMastodon
    let channel: ID<Channel>
    let longConversation: ID<Conversation>
    let session: String

    var engine: String { wiring.store.dialect == .sqlite ? "sqlite" : "postgres" }
    var desk: Desk { wiring.desk }

    static func whileOpen<Result: Sendable>(
        database: String, folder: String, conversations: Int, _ body: @Sendable (BenchGround) async throws -> Result
    ) async throws -> Result {
        var settings = try await Settings.read(try Settings.Options.parse(["--database", database, "--allow-network", "127.0.0.0/8"]))
        settings.keyFile = "\(folder)/key"
        settings.mediaFolder = "\(folder)/media"
        let wiring = try await Wiring.open(settings)
        try await Desk.migrate(wiring.store)
        let simulator = MastodonSimulator(world: TownOnMastodon.world(of: try Town()))
        return try await simulator.whileListening { network in
            let (desk, now) = (wiring.desk, wiring.desk.clock.now())
            let token = try await simulator.server.token(for: TownOnMastodon.account)
            let channel = try await desk.channels.connectMastodon(server: network, token: token, by: .operator, at: now)
            let crowd = Crowd(desk: desk, channel: channel)
            try await crowd.gather(conversations, now: now)
            let long = try await crowd.prolong(to: 50, now: now)
            let jana = try await desk.team.add(name: "Jana", email: "jana@musterstadt.example", role: .admin, by: .operator, at: now)
            let session = try await desk.team.signIn(link: jana.token, device: "bench", at: now).session ?? ""
            let ground = BenchGround(
                wiring: wiring, database: database, conversations: conversations, network: simulator.server, channel: channel,
                longConversation: long, session: session)
            let result = try await body(ground)
            await wiring.store.close()
            return result
        }
    }

    func measure(_ topic: BenchCommand.Topic) async throws -> [Figure] {
        switch topic {
        case .start: try await start()
        case .inbox: try await page("inbox", budget: "p95 ≤ 15 ms, ≤ 1.5 × few") { _ in "/inbox" }
        // Opened from the list, which stays where it is; and as a page of its own with the list beside it.
        case .conversation:
            try await page("conversation", budget: "p95 ≤ 15 ms") { _ in "/conversations/\(longConversation)/pane" }
                + page("conversation with its list") { _ in "/conversations/\(longConversation)" }
        case .search: try await page("search", budget: "p95 ≤ 50 ms") { "/inbox?q=\(query($0))" }
        case .journal: try await journal()
        case .intake: try await intake()
        case .live: try await live()
        case .memory: try await memory()
        case .idle: try await idle()
        }
    }

    func figure(
        _ name: String, _ value: Double, _ unit: String, budget: String? = nil, baseline: String? = nil, ratio: Double? = nil,
        details: [String: Double] = [:]
    ) -> Figure {
        Figure(
            name: name, engine: engine, conversations: conversations, value: value, unit: unit, baseline: baseline, ratio: ratio,
            budget: budget, details: details)
    }

    func whileServing<Result>(_ body: (BenchNode) async throws -> Result) async throws -> Result {
        let node = try await BenchNode.start(wiring.settings, database: database)
        do {
            let result = try await body(node)
            await node.end()
            return result
        } catch {
            await node.end()
            throw error
        }
    }

    /// Two words that somebody said, one of them not too common.
    private func query(_ number: Int) -> String {
        let words = Crowd.words(of: (number &* 7919) % conversations)
        let text = "\(words[0]) \(words[1])"
        return text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}
