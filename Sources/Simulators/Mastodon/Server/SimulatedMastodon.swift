import Foundation

/// One simulated server with its people, statuses and streams: the network's memory. Its verbs stand in extensions, a noun each.
///
/// It knows only what a real server would know; everything our own program remembers, it must have been told over HTTP.
public actor SimulatedMastodon {
    let world: MastodonWorld
    let clock: @Sendable () -> Date
    /// Where people reach it, without a slash at the end. Known for sure once it listens.
    public internal(set) var base: String
    var state = MastodonState()
    var index: WorldIndex
    /// Counts every change, so that whoever writes the state to a file knows whether to.
    var revision = 0
    var keptRevision = -1
    var subscribers: [Int: Subscriber] = [:]
    /// Events that wait to be let go, while the stream is held.
    var held: [StreamEvent]?
    var spent: [String: RequestWindow] = [:]
    var records: [RequestRecord] = []
    /// Requests that hang on purpose, until the server stops.
    var hanging: [AsyncStream<Never>.Continuation] = []
    /// Pages that are open and want to know of changes.
    var watchers: [Int: AsyncStream<Int>.Continuation] = [:]
    /// When something happened that is told only now; `nil` while things happen as they are told.
    var retold: Date?
    private var nextSubscriber = 0

    public init(world: MastodonWorld = .small, clock: @escaping @Sendable () -> Date = { Date() }) {
        self.world = world
        self.clock = clock
        base = "http://\(world.domain)"
        let fresh = SimulatedMastodon.freshState(of: world, at: clock())
        state = fresh
        index = WorldIndex(fresh)
    }

    /// Network time: the clock's, moved forward by whatever a test asked for.
    public var now: Date { retold ?? clock().addingTimeInterval(state.advancedSeconds) }

    /// Ids carry the time in milliseconds and always grow, like Mastodon's, and are beyond what a `Double` can tell apart.
    func nextID() -> Int64 {
        let stamp = Int64(now.timeIntervalSince1970 * 1000) << 16
        state.lastID = max(state.lastID + 1, stamp)
        changed()
        return state.lastID
    }

    /// Something is not as it was: pages look again, and the file of the memory is due.
    func changed() {
        revision += 1
        for watcher in watchers.values { watcher.yield(revision) }
    }

    func nextSubscriberNumber() -> Int {
        nextSubscriber += 1
        return nextSubscriber
    }

    /// Forgets everything that happened and starts with the world as it was; connected streams are cut.
    public func reset() {
        cutStreams()
        state = SimulatedMastodon.freshState(of: world, at: clock())
        index = WorldIndex(state)
        spent = [:]
        records = []
        held = nil
        changed()
    }

    /// Moves the network's clock forward: polls end, scheduled statuses appear, keys are forgotten.
    public func advance(seconds: Double) throws {
        state.advancedSeconds += seconds
        changed()
        try whatIsDue()
    }

    private static func freshState(of world: MastodonWorld, at time: Date) -> MastodonState {
        var state = MastodonState()
        state.lastID = Int64(time.timeIntervalSince1970 * 1000 - 86_400_000) << 16
        for person in world.people {
            state.lastID += 65_536
            state.accounts[state.lastID] = Account(person, id: state.lastID, at: time.addingTimeInterval(-86_400 * 400))
        }
        return state
    }
}

extension Account {
    init(_ person: MastodonWorld.Person, id: Int64, at time: Date) {
        let parts = person.acct.split(separator: "@", maxSplits: 1).map(String.init)
        self.init(
            id: id, username: parts.first ?? person.acct, domain: parts.count > 1 ? parts[1] : nil, displayName: person.displayName,
            note: person.note, createdAt: time, overrides: person.overrides)
    }
}
