import Testing
import Foundation
import Logging
import Musterstadt
import Networks
import Store

@testable import Desk

/// A desk on a fresh database, with one channel, an admin, two editors and a reader, and no lanes running: a test makes each step itself.
struct Bench {
    let desk: Desk
    let channel: Channel
    let admin: ID<Colleague>
    let jana: ID<Colleague>
    let jonas: ID<Colleague>
    let reader: ID<Colleague>
    let time = Date(timeIntervalSince1970: 1_795_100_000)

    static func with(_ engine: Engine, _ body: (Bench) async throws -> Void) async throws {
        try await engine.withStore { store in
            try await Desk.migrate(store)
            let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            defer { try? FileManager.default.removeItem(at: folder) }
            let desk = Desk(
                store: store, keys: KeyRing(Data(repeating: 7, count: 32)), files: try MediaFiles(folder: folder.path),
                world: World(client: GuardedClient(), now: { Date() }), log: Logger(label: "test"))
            try await body(try await Bench(desk))
        }
    }

    private init(_ desk: Desk) async throws {
        self.desk = desk
        let time = Date(timeIntervalSince1970: 1_795_100_000)
        func add(_ name: String, _ role: Colleague.Role) async throws -> ID<Colleague> {
            try await desk.team.add(name: name, email: "\(name)@musterstadt.example", role: role, by: .operator, at: time).id
        }
        admin = try await add("Alma", .admin)
        jana = try await add("Jana", .editor)
        jonas = try await add("Jonas", .editor)
        reader = try await add("Rita", .reader)
        let id = try await desk.channels.connect(
            Admission(
                network: "mastodon", account: "https://muster.example/@stadt", handle: "stadt@muster.example", profile: Self.profile,
                token: "secret"), importFrom: time, by: .operator, at: time)
        channel = try await desk.channels.channel(id)
    }

    /// Takes in what the network told, as one item.
    func hear(
        _ events: [InboundEvent], context: [InboundMessage] = [], key: String = UUID().uuidString, version: String = "",
        isImport: Bool = false, on other: Channel? = nil, at moment: Date? = nil
    ) async throws {
        let (channel, time) = (other ?? self.channel, moment ?? self.time)
        var object = key
        var verb = "status"
        if case .message(let message)? = events.first { object = message.object }
        if case .removed(let localID)? = events.first { (object, verb) = ("id:" + localID, "delete") }
        try await desk.intake.journal.write(
            [Item(object: object, verb: verb, version: version, bytes: Data("{}".utf8))], from: channel.id,
            origin: isImport ? .import : .poll, at: time)
        for waiting in try await desk.intake.journal.waiting(on: channel.id, at: time, limit: 100) {
            try await desk.intake.take([Intake.Meaning(of: waiting, events, under: context)], on: channel, at: time)
        }
    }

    func hear(_ message: InboundMessage, on other: Channel? = nil) async throws {
        try await hear([.message(message)], version: message.editedAt.map { "\($0.timeIntervalSince1970)" } ?? "", on: other)
    }

    /// A second account of the same authority, on another server.
    func otherChannel() async throws -> Channel {
        let id = try await desk.channels.connect(
            Admission(
                network: "mastodon", account: "https://anderswo.example/@museum", handle: "museum@anderswo.example", profile: Self.profile,
                token: "secret"), importFrom: time, by: .operator, at: time)
        return try await desk.channels.channel(id)
    }

    /// The only conversation there is.
    func theConversation() async throws -> Correspondence {
        let rows = try await desk.conversations.list(.all)
        guard let row = rows.first, rows.count == 1 else { throw Surprise(count: rows.count) }
        return try await desk.conversations.thread(row.id)
    }

    struct Surprise: Error { let count: Int }

    func letter(_ text: String, in thread: Correspondence) throws -> Replies.Letter {
        Replies.Letter(text: text, seen: try #require(thread.seen), token: Token.make())
    }

    /// A stock Mastodon's profile, as the adapter keeps it.
    private static let profile = try! JSONEncoder().encode(
        MastodonAccount(
            server: MastodonServer(
                url: URL(string: "https://muster.example")!, domain: "muster.example", title: "Muster", version: "4.6.0", apiVersion: 10,
                streamingBase: nil, charactersPerURL: 23, scopes: [], takesProofKey: true, capabilities: TestNetwork().capabilities),
            id: "1", object: "https://muster.example/@stadt", handle: "stadt@muster.example", displayName: "Stadt Musterstadt"))
}
