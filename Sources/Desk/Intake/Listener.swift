import Foundation
import Logging
import Networks
import Store

/// Hears what a network tells on one channel: by its stream, by asking, and by a periodic look at everything within reach, which shows
/// that nothing is missing. Whatever is heard is written into the journal first.
struct Listener: Sendable {
    let channels: Channels
    let journal: Journal
    let channel: Channel
    let network: any Network
    let clock: Clock
    let fate: Fate
    let log: Logger
    /// Rung when there is something to interpret.
    let heard: Bell

    static let pollInterval: Duration = .seconds(20)
    static let reconcileInterval: Duration = .seconds(15 * 60)
    /// How far back each comparison looks.
    static let reach: Duration = .seconds(30 * 24 * 3600)

    /// Listens to the stream until it breaks; comes back at once where the server has none.
    func stream() async throws {
        var lastNoted: Date?
        do {
            for try await sign in network.listen() {
                switch sign {
                case .opened:
                    try await channels.recovered(channel.id, with: .stream)
                    // A stream replays nothing: what was said while it was down is fetched.
                    try await poll()
                case .heartbeat: break
                case .item(let item):
                    fate(.itemHeard)
                    try await journal.write([item], from: channel.id, origin: .stream, at: clock.now())
                    fate(.itemStored)
                    heard.ring()
                }
                // Signs of life come many a second; the page needs one now and then.
                if lastNoted.map({ clock.now() > $0 + .seconds(20) }) ?? true {
                    lastNoted = clock.now()
                    try await channels.heard(on: channel.id, at: clock.now())
                }
            }
        } catch let failure as FetchFailure {
            // That an open stream breaks is nothing to tell anybody; that it can't be opened is.
            if lastNoted == nil { try await channels.failed(channel, failure, with: .stream, at: clock.now()) }
            throw failure
        }
    }

    /// Fetches what is new since the last page.
    func poll() async throws {
        do {
            try await fetchPages()
        } catch let failure as FetchFailure {
            try await channels.failed(channel, failure, with: .poll, at: clock.now())
            throw failure
        }
    }

    private func fetchPages() async throws {
        while !Task.isCancelled {
            let known = try await channels.channel(channel.id)
            let page = try await network.fetch(after: known.cursor)
            let time = clock.now()
            if try await journal.write(page.items, from: channel.id, origin: .poll, at: time) > 0 { heard.ring() }
            fate(.itemStored)
            // Only now: after a death in between the page is fetched once more, and known.
            if let next = page.cursor { try await channels.keep(cursor: next, after: known.cursor, of: channel.id, at: time) }
            fate(.cursorStored)
            guard page.hasMore, page.cursor != known.cursor else { return try await channels.recovered(channel.id, with: .poll) }
        }
    }

    /// What waits in the journal still is no message yet, and whether it was deleted meanwhile would not be looked after. What can't be
    /// taken in at all holds nothing up for long.
    private func waitUntilTakenIn() async throws {
        for _ in 0..<60 {
            guard try await journal.waits(on: channel.id, at: clock.now()) else { return }
            heard.ring()
            try await clock.sleep(.seconds(1))
        }
    }

    /// Compares the journal with everything the network still shows.
    func reconcile() async throws {
        let now = clock.now()
        let known = try await channels.channel(channel.id)
        // The first poll only begins: what is written from now on comes by it, what was written before by this look.
        if known.cursor == nil { try await poll() }
        let isFirst = known.reconciledAt == nil
        let start = isFirst ? min(known.importFrom, now - Self.reach) : now - Self.reach
        try await waitUntilTakenIn()
        let standing = try await channels.standing(on: channel.id, since: start)
        do {
            for try await items in network.reconcile(since: start, open: standing) {
                let origin: Journal.Origin = isFirst ? .import : .reconcile
                if try await journal.write(items, from: channel.id, origin: origin, at: clock.now()) > 0 { heard.ring() }
            }
            try Task.checkCancellation()
            try await channels.reconciled(channel.id, from: start, at: now)
            // A server that can't be asked just now is asked the next time.
            do { try await channels.renewProfile(of: known) } catch is ConnectFailure {}
        } catch let failure as FetchFailure {
            try await channels.failed(channel, failure, with: .reconcile, at: clock.now())
            throw failure
        }
    }
}
