import Foundation
import Logging
import Networks
import Store

/// The lane of one channel: listening, interpreting and carrying side by side. Never throws: what goes wrong is logged, shown on the
/// channel's page and tried again later, and the other lanes go on.
struct ChannelLane: Sendable {
    let desk: Desk
    let id: ID<Channel>
    let bells: Bells
    let log: Logger

    struct Bells: Sendable {
        let deliveries = Bell()
        let items = Bell()
        let channel = Bell()
    }

    /// How long this node may be silent before another one listens instead.
    private static let lease: Duration = .seconds(9)
    /// One renewal may fail before the lease ends.
    private static let renewal: Duration = .seconds(4)

    func run() async {
        var pause = Duration.zero
        while !Task.isCancelled {
            do {
                try await work()
                pause = .zero
            } catch is CancellationError {
                return
            } catch {
                log.error("A channel's lane broke off and starts anew", metadata: ["error": "\(error)"])
                pause = min(.seconds(60), max(.seconds(1), pause * 2))
            }
            await bells.channel.wait(atMost: max(pause, .seconds(1)), by: desk.clock)
        }
    }

    /// Works with the channel as it is now, until it is connected anew or disconnected.
    private func work() async throws {
        let channel = try await desk.channels.channel(id)
        let adapter = try await desk.channels.network(of: channel)
        if channel.state == .connected, adapter == nil {
            log.error("This channel's token can't be opened with the key file of today: connect it anew, or bring back its key")
        }
        guard channel.state == .connected, let network = adapter else {
            return await bells.channel.wait(atMost: .seconds(3600), by: desk.clock)
        }
        try await withThrowingTaskGroup { group in
            group.addTask { await carry(channel, network) }
            group.addTask { await hear(channel, network) }
            group.addTask { try await stay(with: channel) }
            // The first to end is the one that saw a change, or was cancelled.
            try await group.next()
            group.cancelAll()
        }
    }

    /// Ends when the channel is not any more what this lane began with.
    private func stay(with channel: Channel) async throws {
        while !Task.isCancelled {
            await bells.channel.wait(atMost: .seconds(30), by: desk.clock)
            guard let now = try? await desk.channels.channel(id) else { continue }
            if now.state != channel.state || now.connectedAt != channel.connectedAt || now.profile != channel.profile { return }
        }
    }

    private func carry(_ channel: Channel, _ network: any Network) async {
        let courier = Courier(
            store: desk.store, outbox: desk.outbox, files: desk.files, channel: channel, network: network, clock: desk.clock,
            fate: desk.fate, log: log)
        await repeatedly("carrying", bell: bells.deliveries) { try await courier.work() ?? .seconds(30) }
    }

    /// Listens while this node has the lease.
    private func hear(_ channel: Channel, _ network: any Network) async {
        await repeatedly("listening", bell: Bell()) {
            guard try await desk.channels.listen(on: id, as: desk.node, for: Self.lease) else { return .seconds(3) }
            await listen(channel, network)
            return .seconds(1)
        }
    }

    private func listen(_ channel: Channel, _ network: any Network) async {
        let listener = Listener(
            channels: desk.channels, journal: desk.intake.journal, channel: channel, network: network, clock: desk.clock, fate: desk.fate,
            log: log, heard: bells.items)
        let interpreter = Interpreter(
            intake: desk.intake, channel: channel, network: network, clock: desk.clock, fate: desk.fate, log: log)
        await withTaskGroup { group in
            group.addTask { await keepLease() }
            group.addTask {
                await repeatedly("interpreting", bell: bells.items) { try await interpreter.work() ? .zero : .seconds(60) }
            }
            group.addTask { await hearNews(listener, streams: network.capabilities.streams) }
            group.addTask {
                await repeatedly("reconciling", bell: Bell()) {
                    try await listener.reconcile()
                    return Listener.reconcileInterval
                }
            }
            // Only the lease ends by itself: when another node has it, or we are asked to stop.
            await group.next()
            group.cancelAll()
        }
    }

    private func hearNews(_ listener: Listener, streams: Bool) async {
        await withTaskGroup { group in
            if streams {
                group.addTask {
                    await repeatedly("streaming", bell: Bell()) {
                        try await listener.stream()
                        return .seconds(1)
                    }
                }
            }
            // Beside a stream a look now and then, because a stream can be silent without being broken.
            group.addTask {
                await repeatedly("polling", bell: Bell()) {
                    try await listener.poll()
                    return streams ? .seconds(120) : Listener.pollInterval
                }
            }
        }
    }

    private func keepLease() async {
        while !Task.isCancelled {
            guard (try? await desk.clock.sleep(Self.renewal)) != nil else { return }
            // A database in trouble is no reason to stop: what we store is stored once, whoever listens.
            if let isOurs = try? await desk.channels.listen(on: id, as: desk.node, for: Self.lease), !isOurs { return }
        }
    }

    /// Repeats a piece of work for ever, with the pause it asks for, or a growing one when it fails.
    private func repeatedly(_ name: String, bell: Bell, _ work: () async throws -> Duration) async {
        var failures = 0
        while !Task.isCancelled {
            do {
                let pause = try await work()
                failures = 0
                if pause > .zero { await bell.wait(atMost: pause, by: desk.clock) }
            } catch is CancellationError {
                return
            } catch {
                failures += 1
                log.warning("A lane's work failed and is tried again", metadata: ["work": "\(name)", "error": "\(error)"])
                var pause = Duration.seconds(min(60, 1 << min(failures, 6)))
                // A database comes back all at once, and nobody is spared by waiting long for it.
                if let trouble = error as? StoreError, trouble.isOfTheDatabase { pause = .seconds(2) }
                if case FetchFailure.rateLimited(let until) = error {
                    pause = max(pause, .seconds(until.timeIntervalSince(desk.clock.now())))
                }
                // Not the bell: whoever fails isn't woken out of the pause.
                try? await desk.clock.sleep(pause)
            }
        }
    }
}
