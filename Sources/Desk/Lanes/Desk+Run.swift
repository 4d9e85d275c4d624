import Foundation
import Logging
import Store

extension Desk {
    /// The desk's work beside the pages: lanes for channels, sealing, media, compaction. Runs until it is cancelled.
    public func run() async {
        let sealing = Bell()
        let media = Bell()
        await withDiscardingTaskGroup { group in
            group.addTask { await every(.seconds(60), "sealing", bell: sealing) { if let head = try await sealer.seal() { try await announce(head) } } }
            group.addTask {
                await every(.seconds(60), "media", bell: media) {
                    while try await mediaFetcher.fetchNext() {}
                    try await mediaFetcher.sweep()
                }
            }
            group.addTask { await every(.seconds(3600), "compaction", bell: Bell()) { try await compaction.workWhenDue() } }
            group.addTask { await watch(sealing: sealing, media: media) }
        }
    }

    /// The one waker of the process: sees with one look a second what became due, and rings for whoever it concerns.
    private func watch(sealing: Bell, media: Bell) async {
        let changes = Bell()
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await hint in store.hints() where hint == .changed { changes.ring() }
            }
            var lanes: [ID<Channel>: ChannelLane.Bells] = [:]
            var seen = Glance()
            while !Task.isCancelled {
                await changes.wait(atMost: .seconds(1), by: clock)
                guard let now = try? await glance() else { continue }
                for channel in now.channels where lanes[channel] == nil {
                    let bells = ChannelLane.Bells()
                    lanes[channel] = bells
                    var log = self.log
                    log[metadataKey: "channel"] = "\(channel)"
                    let lane = ChannelLane(desk: self, id: channel, bells: bells, log: log)
                    group.addTask { await lane.run() }
                }
                if now.unsealed { sealing.ring() }
                if now.mediaDue { media.ring() }
                if now.newestDelivery != seen.newestDelivery || now.deliveriesDue { lanes.values.forEach { $0.deliveries.ring() } }
                if now.itemsWait { lanes.values.forEach { $0.items.ring() } }
                if now.channelsChanged != seen.channelsChanged { lanes.values.forEach { $0.channel.ring() } }
                seen = now
            }
        }
    }

    /// What there is to do, in one query.
    private struct Glance: Sendable {
        var channels: [ID<Channel>] = []
        var channelsChanged = ""
        var unsealed = false
        var mediaDue = false
        var newestDelivery: Int64 = 0
        var deliveriesDue = false
        var itemsWait = false
    }

    private func glance() async throws -> Glance {
        let time = clock.now()
        return try await store.read { db in
            let rows = try db.rows(
                """
                SELECT channel.id, channel.state, channel.connected_at,
                    EXISTS (SELECT 1 FROM event WHERE number IS NULL) AS unsealed,
                    EXISTS (SELECT 1 FROM media WHERE state = 'waiting' AND due_at <= \(time)) AS media_due,
                    COALESCE((SELECT max(id) FROM delivery), 0) AS newest_delivery,
                    EXISTS (SELECT 1 FROM delivery WHERE channel_id = channel.id AND due_at <= \(time)
                        AND state IN ('waiting', 'claimed', 'sending')) AS deliveries_due,
                    EXISTS (SELECT 1 FROM item WHERE channel_id = channel.id AND state = 'waiting' AND due_at <= \(time)) AS items_wait
                FROM (SELECT 1 AS one) AS always LEFT JOIN channel ON 1 = 1 ORDER BY channel.id
                """)
            var glance = Glance()
            for row in rows {
                glance.unsealed = try row["unsealed"]
                glance.mediaDue = try row["media_due"]
                glance.newestDelivery = try row["newest_delivery"]
                guard let id: ID<Channel> = try row["id"] else { continue }
                glance.channels.append(id)
                let (state, connectedAt): (Channel.State, Int64) = (try row["state"], try row["connected_at"])
                glance.channelsChanged += "\(id) \(state) \(connectedAt) "
                glance.deliveriesDue = try glance.deliveriesDue || row["deliveries_due"]
                glance.itemsWait = try glance.itemsWait || row["items_wait"]
            }
            return glance
        }
    }

    /// Tells all nodes that the record goes on; they read it from their last number on.
    private func announce(_ head: Int64) async throws {
        try await store.notify("sealed:\(head)")
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
