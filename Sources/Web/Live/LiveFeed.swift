import Desk
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle

/// Follows the record and tells every open desk what changed. Hints only wake it: what it tells is read from the record, from the number
/// it has come to, so that nothing is lost when a hint is. One per process; an actor because its desks have no other home.
actor LiveFeed: Service {
    private let desk: Desk
    private let pages: Pages
    private let log: Logger
    private var last: Int64?
    /// Rows to be shown anew though nothing happened that stands in the record.
    private var noticed: Set<ID<Conversation>> = []
    private var desks: [Int: AsyncStream<LiveFrames>.Continuation] = [:]
    private var newest = 0
    private var presence = Presence()
    private var isClosed = false

    /// So many batches may wait for a slow desk; then it is dropped, and comes back by itself.
    private static let patience = 32
    /// Further behind than this, a page is quicker made anew.
    static let mostNews = 500
    private static let shortestPause: Duration = .milliseconds(100)
    private static let longestSilence: Duration = .seconds(10)
    private static let heartbeat: Duration = .seconds(10)

    init(desk: Desk, pages: Pages, log: Logger) {
        self.desk = desk
        self.pages = pages
        self.log = log
    }

    func run() async {
        let (strokes, hammer) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.hear(hammer) }
                group.addTask { await self.every(Self.longestSilence) { hammer.yield() } }
                group.addTask { await self.every(Self.heartbeat) { await self.beat() } }
                hammer.yield()
                for await _ in strokes {
                    await self.look()
                    try? await Task.sleep(for: Self.shortestPause)
                }
                group.cancelAll()
            }
        }
        close()
    }

    /// What the desk sees from now on, and the number from which on it sees everything; what lies before that it reads itself.
    func open() async throws -> (number: Int, from: Int64, frames: AsyncStream<LiveFrames>) {
        let from = try await start()
        newest += 1
        let number = newest
        let (frames, continuation) = AsyncStream<LiveFrames>.makeStream(bufferingPolicy: .bufferingOldest(Self.patience))
        if isClosed { continuation.finish() } else { desks[number] = continuation }
        return (number, from, frames)
    }

    func leave(_ number: Int) {
        desks.removeValue(forKey: number)?.finish()
    }

    /// What happened between two numbers, for one that comes back.
    /// - Returns: `nil` where it is too much to tell.
    nonisolated func missed(from: Int64, upTo: Int64) async throws -> LiveFrames? {
        // The last event seen once more: its frames may have been cut off between them.
        let news = try await desk.record.news(after: max(from, 1) - 1, limit: Self.mostNews + 2)
        guard news.count <= Self.mostNews else { return nil }
        // What is newer comes with the next batch, in its order.
        return try await frames(of: news.filter { $0.number <= upTo }, last: upTo)
    }
}

// MARK: - Who is where

extension LiveFeed {
    /// A tab of this node says something. It is heard as all nodes hear it, so that nobody's signs come in two orders.
    nonisolated func hear(_ sign: Presence.Sign) async throws {
        try await desk.store.notify(sign.notice)
    }

    func told(of conversation: ID<Conversation>) -> String { presence.told(of: conversation.rawValue) }

    private func note(_ sign: Presence.Sign) {
        guard presence.hear(sign, at: desk.clock.now()) else { return }
        tell(LiveFrames(presence: presence.told(of: sign.conversation), last: last ?? 0))
    }
}

extension LiveFeed {
    private func hear(_ hammer: AsyncStream<Void>.Continuation) async {
        for await hint in desk.store.hints() {
            if case .notified(let text) = hint, let sign = Presence.Sign(notice: text) {
                note(sign)
                continue
            }
            if case .notified(let text) = hint, text.hasPrefix("row:"), let id = ID<Conversation>(text.dropFirst(4)) { noticed.insert(id) }
            hammer.yield()
        }
    }

    private nonisolated func every(_ pause: Duration, _ work: @Sendable () async -> Void) async {
        while (try? await Task.sleep(for: pause)) != nil { await work() }
    }

    /// - Returns: The number that the feed has come to.
    private func start() async throws -> Int64 {
        if let last { return last }
        let head = try await desk.record.head()
        let begun = last ?? head
        last = begun
        return begun
    }

    /// Reads on from the last number and tells what it found.
    private func look() async {
        do {
            while true {
                let (from, rows) = (try await start(), noticed)
                let news = try await desk.record.news(after: from, limit: Self.mostNews)
                try await tell(news, beside: rows, from: from)
                noticed.subtract(rows)
                guard news.count == Self.mostNews else { break }
            }
        } catch {
            if Task.isCancelled || error is CancellationError { return }
            log.warning("The live feed could not read on and tries again", metadata: ["error": "\(error)"])
        }
    }

    /// The number goes up only with what was told, so that a failure tells it again, and a desk that opens meanwhile misses nothing.
    private func tell(_ news: [Record.News], beside noticed: Set<ID<Conversation>>, from: Int64) async throws {
        guard !news.isEmpty || !noticed.isEmpty else { return }
        let head = news.last?.number ?? from
        guard !desks.isEmpty else {
            last = head
            return
        }
        let frames = try await frames(of: news, beside: noticed, last: head)
        last = head
        tell(frames)
    }

    /// Each conversation once, in the order of their newest events; rendered once per language.
    private nonisolated func frames(
        of news: [Record.News], beside noticed: Set<ID<Conversation>> = [], last: Int64
    ) async throws -> LiveFrames {
        let numbers = news.reduce(into: [ID<Conversation>: Int64]()) { numbers, event in
            if let id = event.conversation { numbers[id] = event.number }
        }
        let rows = try await desk.conversations.rows(Array(Set(numbers.keys).union(noticed)))
        let ordered = rows.map { (number: numbers[$0.id], row: $0) }.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
        let calls = news.contains { Alarms.concerns($0.verb) } ? try await desk.alarms.calls() : nil
        return LiveFrames(last: last, calls: calls, rows: ordered, pages: pages)
    }

    private func tell(_ frames: LiveFrames) {
        for (number, desk) in desks {
            // A desk that doesn't keep up is dropped: its browser comes back and asks for what it missed.
            if case .dropped = desk.yield(frames) { leave(number) }
        }
    }

    private func beat() {
        for conversation in presence.passTime(to: desk.clock.now()) { tell(LiveFrames(presence: presence.told(of: conversation), last: last ?? 0)) }
        guard let last, !desks.isEmpty else { return }
        tell(LiveFrames(heartbeat: last, pages: pages))
    }

    private func close() {
        isClosed = true
        for desk in desks.values { desk.finish() }
        desks = [:]
    }
}
