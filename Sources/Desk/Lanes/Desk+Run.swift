import Foundation
import Logging
import Store

extension Desk {
    /// The desk's work beside the pages: lanes for channels, sealing, media, compaction. Runs until it is cancelled, or until a newer
    /// version of the program has taken over the database, because two never serve one.
    /// - Throws: `StoreError.migration` where the program's own migrations are not beside it.
    public func run() async throws {
        let (sealing, media, dues, known) = (Bell(), Bell(), Bell(), try Self.newestVersion(for: store.dialect))
        await withTaskGroup { group in
            group.addTask { await every(.seconds(60), "sealing", bell: sealing) { try await seal() } }
            group.addTask { await every(.seconds(60), "media", bell: media) { try await mediaFetcher.work() } }
            group.addTask { await every(.seconds(3600), "due times", bell: dues) { try await keepDueTimes() } }
            group.addTask { await every(.seconds(1800), "the night's work", bell: Bell()) { try await workAtNight() } }
            group.addTask { await watch(for: known, sealing: sealing, media: media, dues: dues) }
            // The watch alone ends by itself.
            await group.next()
            group.cancelAll()
        }
    }

    /// Hands over to other nodes at once what this one listened to, and closes the database.
    public func close() async {
        try? await channels.stopListening(as: node)
        await store.close()
    }

    /// The one waker of the process: when something was committed, and else every few seconds, it looks once at what there is to do and
    /// rings for whoever it concerns. Due times are the lanes' own.
    private func watch(for known: Int, sealing: Bell, media: Bell, dues: Bell) async {
        let changes = Bell()
        var failures = 0
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in store.hints() { changes.ring() }
            }
            defer { group.cancelAll() }
            var lanes: [ID<Channel>: ChannelLane.Bells] = [:]
            var seen = Glance()
            while !Task.isCancelled {
                await changes.wait(atMost: Self.longestSilence, by: clock)
                let now: Glance
                do {
                    now = try await glance()
                    failures = 0
                } catch {
                    failures += 1
                    if failures == 1, !Task.isCancelled { log.error("What there is to do can't be seen", metadata: ["error": "\(error)"]) }
                    continue
                }
                guard now.version <= known else {
                    return log.critical("A newer version of Schalter has taken over this database; this one ends")
                }
                for channel in now.channels where lanes[channel.id] == nil { lanes[channel.id] = open(channel.id, in: &group) }
                if now.unsealed { sealing.ring() }
                if now.mediaDue { media.ring() }
                if now.duesChange { dues.ring() }
                for channel in now.channels {
                    let bells = lanes[channel.id]
                    let before = seen.channels.first { $0.id == channel.id }
                    if channel.nextDelivery != before?.nextDelivery || channel.isConnected != before?.isConnected { bells?.deliveries.ring() }
                    if channel.itemsWait { bells?.items.ring() }
                    if channel.connection != before?.connection { bells?.channel.ring() }
                }
                seen = now
                // A thousand commits a second are one look each so many milliseconds.
                try? await clock.sleep(Self.shortestPause)
            }
        }
    }

    private func open(_ channel: ID<Channel>, in group: inout DiscardingTaskGroup) -> ChannelLane.Bells {
        let bells = ChannelLane.Bells()
        var log = self.log
        log[metadataKey: "channel"] = "\(channel)"
        let lane = ChannelLane(desk: self, id: channel, bells: bells, log: log)
        group.addTask { await lane.run() }
        return bells
    }

    private static let longestSilence: Duration = .seconds(4)
    private static let shortestPause: Duration = .milliseconds(20)

    /// What there is to do, in one query.
    private struct Glance: Sendable {
        var version = 0
        var unsealed = false
        var mediaDue = false
        var duesChange = false
        var channels: [Wait] = []

        struct Wait: Sendable {
            let id: ID<Channel>
            let isConnected: Bool
            /// Changes when it is connected anew.
            let connection: String
            /// The first act that waits for nobody else; its courier knows when it is due.
            let nextDelivery: Int64?
            let itemsWait: Bool
        }
    }

    private func glance() async throws -> Glance {
        let time = clock.now()
        return try await store.read { db in
            let rows = try db.rows(
                """
                SELECT channel.id, channel.state, channel.connected_at, (SELECT max(number) FROM schema_migration) AS version,
                    EXISTS (SELECT 1 FROM event WHERE number IS NULL) AS unsealed,
                    EXISTS (SELECT 1 FROM media WHERE state = 'waiting' AND due_at <= \(time)) AS media_due,
                    EXISTS (SELECT 1 FROM conversation WHERE COALESCE(state, '') IN ('open', 'waiting') AND due_by < business_calendar.version)
                        OR EXISTS (SELECT 1 FROM conversation WHERE state = 'waiting' AND follow_up_on <= \(CivilDay(time, in: .berlin)))
                        AS dues_change,
                    (SELECT min(due_at) FROM delivery WHERE channel_id = channel.id AND state IN ('waiting', 'claimed', 'sending')
                        AND \(sql: Delivery.isFirst)) AS next_delivery,
                    (SELECT min(due_at) FROM item WHERE channel_id = channel.id AND state = 'waiting') AS next_item
                FROM business_calendar LEFT JOIN channel ON 1 = 1 ORDER BY channel.id
                """)
            var glance = Glance()
            for row in rows {
                glance.version = try row["version"]
                glance.unsealed = try row["unsealed"]
                glance.mediaDue = try row["media_due"]
                glance.duesChange = try row["dues_change"]
                guard let id: ID<Channel> = try row["id"] else { continue }
                let (state, connectedAt): (Channel.State, Int64) = (try row["state"], try row["connected_at"])
                let nextItem: Date? = try row["next_item"]
                glance.channels.append(
                    Glance.Wait(
                        id: id, isConnected: state == .connected, connection: "\(state) \(connectedAt)",
                        nextDelivery: try row["next_delivery"], itemsWait: nextItem.map { $0 <= time } ?? false))
            }
            return glance
        }
    }

    /// Gives events their numbers and tells all nodes that the record goes on; they read it from their last number on.
    private func seal() async throws {
        guard let head = try await sealer.seal() else { return }
        try await store.notify("sealed:\(head)")
    }

    private func keepDueTimes() async throws {
        while try await calendars.renewDues() {}
        while try await conversations.bringBack(at: clock.now()) {}
    }

    private func workAtNight() async throws {
        guard try await compaction.isDue() else { return }
        do {
            try await compaction.work()
            try await mediaFetcher.sweepStrays()
        } catch {
            try? await compaction.putBack()
            throw error
        }
        if let head = try await record.headForLog() {
            log.notice("The record's head", metadata: ["number": "\(head.number)", "hash": "\(head.hash)"])
        }
    }

    private func every(_ pause: Duration, _ name: String, bell: Bell, _ work: () async throws -> Void) async {
        while !Task.isCancelled {
            do { try await work() } catch is CancellationError { return } catch {
                log.warning("Background work failed and is tried again", metadata: ["work": "\(name)", "error": "\(error)"])
                try? await clock.sleep(.seconds(2))
                continue
            }
            await bell.wait(atMost: pause, by: clock)
        }
    }
}
