import AsyncHTTPClient
import Foundation
import NIOCore

/// What a browser asks for.
extension BenchGround {
    private static let requests = 2000
    private static let atOnce = 8

    func page(_ name: String, budget: String? = nil, path: @escaping @Sendable (Int) -> String) async throws -> [Figure] {
        try await whileServing { node in
            let visitor = BenchVisitor(base: node.base, session: session)
            _ = try await visitor.times(200, atOnce: Self.atOnce, path: path)
            let bare = Times(try await visitor.times(Self.requests, atOnce: Self.atOnce) { _ in "/healthz" })
            let before = node.effort.processor
            let times = Times(try await visitor.times(Self.requests, atOnce: Self.atOnce, path: path))
            var details = times.details
            details["processor ms a page"] = (node.effort.processor - before) / Double(Self.requests)
            details["healthz p95"] = bare.percentile(0.95)
            return [figure("\(name) p95", times.percentile(0.95), "ms", budget: budget, details: details)]
        }
    }

    func start() async throws -> [Figure] {
        var times: [Duration] = []
        for _ in 0..<5 {
            let began = ContinuousClock.now
            try await whileServing { node in
                try await BenchVisitor(base: node.base, session: session).visit("/inbox")
                times.append(.now - began)
            }
        }
        return [figure("start to first page", Times(times).percentile(0.5), "ms", budget: "≤ 1000 ms", details: Times(times).details)]
    }

    /// Resident memory after pages, search and two hundred news a second for a while.
    func memory() async throws -> [Figure] {
        try await whileServing { node in
            let fresh = node.resident
            let visitor = BenchVisitor(base: node.base, session: session)
            for path in ["/inbox", "/conversations/\(longConversation)", "/inbox?q=Bauamt"] {
                _ = try await visitor.times(2000, atOnce: Self.atOnce) { _ in path }
            }
            _ = try await BenchDesks(ground: self, node: node).hear(perSecond: 200, for: 10)
            return [figure("memory after load", node.resident, "MB", budget: "≤ 120 MB", details: ["at the start": fresh])]
        }
    }

    func idle() async throws -> [Figure] {
        try await whileServing { node in
            try await BenchVisitor(base: node.base, session: session).visit("/inbox")
            try await Task.sleep(for: .seconds(15))  // the first look at the network is over
            let (before, queries) = (node.effort, try await transactions())
            try await Task.sleep(for: .seconds(30))
            let (after, later) = (node.effort, try await transactions())
            var details = ["processor ms a second": (after.processor - before.processor) / 30]
            // Its own two looks are not the program's.
            if let queries, let later { details["transactions a second"] = (later - queries - 1) / 30 }
            return [
                figure("idle wake-ups", (after.wakeUps - before.wakeUps) / 30, "a second", budget: "≤ 1 query a second", details: details)
            ]
        }
    }

    /// How many transactions PostgreSQL has seen in this database; `nil` on SQLite, which doesn't count.
    private func transactions() async throws -> Double? {
        guard wiring.store.dialect == .postgres else { return nil }
        let count: Int? = try await wiring.store.read { db in
            try db.value("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
        }
        return count.map(Double.init)
    }
}

/// A colleague's browser.
struct BenchVisitor: Sendable {
    let base: String
    let session: String

    /// Fifty desks keep a line open each.
    static let client = HTTPClient(
        configuration: .init(connectionPool: .init(idleTimeout: .seconds(10), concurrentHTTP1ConnectionsPerHostSoftLimit: 100)))

    func request(_ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + path)
        request.headers.add(name: "cookie", value: "schalter=\(session)")
        return request
    }

    func visit(_ path: String) async throws {
        let answer = try await Self.client.execute(request(path), timeout: .seconds(30))
        guard answer.status == .ok else { throw Refused(path: path, status: Int(answer.status.code)) }
        _ = try await answer.body.collect(upTo: 1 << 24)
    }

    struct Refused: Error {
        let path: String
        let status: Int
    }

    /// - Returns: How long each visit took.
    func times(_ count: Int, atOnce: Int, path: @escaping @Sendable (Int) -> String) async throws -> [Duration] {
        let next = Serial()
        return try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<atOnce {
                group.addTask {
                    var times: [Duration] = []
                    while true {
                        let number = next.take()
                        guard number < count else { return times }
                        let began = ContinuousClock.now
                        try await visit(path(number))
                        times.append(.now - began)
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}
