import AsyncHTTPClient
import Desk
import Foundation
import Musterstadt
import NIOCore
import Networks
import Simulators
import Store
import Synchronization

/// What a network tells.
extension BenchGround {
    /// Items written into the journal, a hundred at a time, eight at once.
    func journal() async throws -> [Figure] {
        let items = try await self.items(20_000, named: "journal")
        let began = ContinuousClock.now
        try await write(items)
        let rate = Double(items.count) / ((.now - began) / .seconds(1))
        return [figure("journal", rate, "items a second", budget: "≥ 20000 a second")]
    }

    /// From the journal into the inbox, while fifty people turn a page every two seconds.
    func intake() async throws -> [Figure] {
        let stored = try await waiting()
        try await write(try await items(10_000, named: "intake"))
        return try await whileServing { node in
            let visitor = BenchVisitor(base: node.base, session: session)
            return try await withThrowingTaskGroup { group in
                group.addTask {
                    while !Task.isCancelled {
                        try await visitor.visit("/inbox")
                        try await Task.sleep(for: .milliseconds(40))
                    }
                }
                defer { group.cancelAll() }
                let all = stored + 10_000
                var left = all
                while left > all * 9 / 10 { left = try await waiting(pause: .milliseconds(20)) }  // it has begun
                let (first, began) = (left, ContinuousClock.now)
                while left > 0 { left = try await waiting(pause: .milliseconds(200)) }
                let rate = Double(first) / ((.now - began) / .seconds(1))
                return [figure("journal to inbox", rate, "items a second", budget: "≥ 2000 a second")]
            }
        }
    }

    /// Two hundred messages a second, seen on fifty open desks.
    func live() async throws -> [Figure] {
        try await whileServing { node in
            let desks = BenchDesks(ground: self, node: node)
            _ = try await desks.hear(perSecond: 50, for: 2)  // everything has happened once
            let heard = try await desks.hear(perSecond: 200, for: 15)
            var details = heard.desks.details
            details["never seen"] = Double(heard.missing)
            details["the network's own stream p95"] = heard.network.percentile(0.95)
            return [
                figure("message to 50 desks p95", heard.desks.percentile(0.95), "ms", budget: "p95 ≤ 250 ms at 200 a second", details: details)
            ]
        }
    }

    private func waiting(pause: Duration = .zero) async throws -> Int {
        try await Task.sleep(for: pause)
        return try await wiring.store.read { db in try db.value("SELECT count(*) FROM item WHERE state = 'waiting'") ?? 0 }
    }

    private func write(_ items: [Item]) async throws {
        let chunks = stride(from: 0, to: items.count, by: 100).map { Array(items[$0..<min($0 + 100, items.count)]) }
        let next = Serial()
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    while true {
                        let number = next.take()
                        guard number < chunks.count else { return }
                        try await desk.intake.journal.write(chunks[number], from: channel, origin: .stream, at: desk.clock.now())
                    }
                }
            }
        }
    }

    /// Mentions of the town as its network tells them, each by somebody else.
    private func items(_ count: Int, named name: String) async throws -> [Item] {
        let model = try await network.post(as: "muster@menge.example", "@stadt Muster")
        let answer = try await BenchVisitor.client.execute(
            HTTPClientRequest(url: "\(await network.base)/api/v1/statuses/\(model.id)"), timeout: .seconds(10))
        let bytes = Data(try await answer.body.collect(upTo: 1 << 20).readableBytesView)
        guard let status = try JSONSerialization.jsonObject(with: bytes) as? [String: Any], let author = status["account"] as? [String: Any]
        else { throw BenchVisitor.Refused(path: "/api/v1/statuses", status: Int(answer.status.code)) }
        return try (0..<count).map { number in
            let object = "https://menge.example/\(name)/\(number)"
            let account = author.merging([
                "id": "\(name)\(number)", "acct": "\(name)\(number)@menge.example", "username": "\(name)\(number)",
                "uri": "\(object)/author", "url": "\(object)/author",
            ]) { $1 }
            let words = Crowd.words(of: number).joined(separator: " ")
            let own = status.merging([
                "id": "\(name)\(number)", "uri": object, "url": object, "account": account, "content": "<p>@stadt \(words)</p>",
            ]) { $1 }
            return Item(object: object, verb: "status", version: "", bytes: try JSONSerialization.data(withJSONObject: own))
        }
    }
}

/// Fifty open desks, each with the live feed open, and one look at the network's own stream beside them.
struct BenchDesks: Sendable {
    let ground: BenchGround
    let node: BenchNode
    static let count = 50

    struct Heard: Sendable {
        let desks: Times
        let network: Times
        let missing: Int
    }

    func hear(perSecond rate: Int, for seconds: Int) async throws -> Heard {
        let name = UUID().uuidString.prefix(8)
        let count = rate * seconds
        let log = SentAndSeen(count: count)
        let (opened, opening) = AsyncStream<Void>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for desk in 0..<Self.count {
                let visitor = BenchVisitor(base: node.base, session: ground.session)
                group.addTask { try await listen(visitor.request("/live"), to: "live\(name)x", as: desk, log, opening) }
            }
            var own = HTTPClientRequest(url: "\(await ground.network.base)/api/v1/streaming/user")
            own.headers.add(name: "authorization", value: "Bearer \(try await ground.network.token(for: TownOnMastodon.account))")
            group.addTask { [own] in try await listen(own, to: "live\(name)x", as: Self.count, log, opening) }
            var open = 0
            for await _ in opened {
                open += 1
                if open == Self.count + 1 { break }
            }
            let began = ContinuousClock.now
            for number in 0..<count {
                try await Task.sleep(until: began + .seconds(Double(number) / Double(rate)))
                log.sent(number)
                try await ground.network.post(as: "\(name)\(number)@menge.example", "@stadt live\(name)x\(number)x")
            }
            let patience = ContinuousClock.now + .seconds(20)
            while log.missing(Self.count) > 0, .now < patience { try await Task.sleep(for: .milliseconds(50)) }
            group.cancelAll()
            return Heard(desks: log.times(of: 0..<Self.count), network: log.times(of: Self.count..<(Self.count + 1)), missing: log.missing(Self.count))
        }
    }

    /// Looks in what comes for the mark and the number behind it.
    private func listen(
        _ request: HTTPClientRequest, to mark: String, as listener: Int, _ log: SentAndSeen, _ opening: AsyncStream<Void>.Continuation
    ) async throws {
        let answer = try await BenchVisitor.client.execute(request, deadline: .distantFuture)
        guard answer.status == .ok else { throw BenchVisitor.Refused(path: request.url, status: Int(answer.status.code)) }
        opening.yield()
        let mark = Array(mark.utf8)
        var rest: [UInt8] = []
        for try await part in answer.body {
            rest += part.readableBytesView
            var position = 0
            while true {
                guard let start = rest[position...].firstIndex(of: mark[0]) else {
                    position = rest.count
                    break
                }
                // The number may not have come yet.
                guard start + mark.count + 8 <= rest.count else {
                    position = start
                    break
                }
                if rest[start..<(start + mark.count)].elementsEqual(mark) {
                    let digits = rest[(start + mark.count)...].prefix { $0 >= 48 && $0 <= 57 }
                    if let number = Int(String(decoding: digits, as: UTF8.self)) { log.seen(number, by: listener) }
                }
                position = start + 1
            }
            rest.removeFirst(position)
        }
    }
}

/// When each message was written, and when each listener first saw it.
final class SentAndSeen: Sendable {
    private struct State {
        var sent: [ContinuousClock.Instant?]
        var seen: [[Duration?]]
    }
    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(
            sent: Array(repeating: nil, count: count),
            seen: Array(repeating: Array(repeating: nil, count: count), count: BenchDesks.count + 1)))
    }

    func sent(_ number: Int) { state.withLock { $0.sent[number] = .now } }

    func seen(_ number: Int, by listener: Int) {
        let now = ContinuousClock.now
        state.withLock { state in
            guard state.sent.indices.contains(number), let sent = state.sent[number], state.seen[listener][number] == nil else { return }
            state.seen[listener][number] = now - sent
        }
    }

    /// How many sightings are missing among the first so many listeners.
    func missing(_ listeners: Int) -> Int {
        state.withLock { state in state.seen.prefix(listeners).reduce(0) { sum, one in sum + one.count { $0 == nil } } }
    }

    func times(of listeners: Range<Int>) -> Times {
        Times(state.withLock { state in state.seen[listeners].flatMap { $0.compactMap(\.self) } })
    }
}
