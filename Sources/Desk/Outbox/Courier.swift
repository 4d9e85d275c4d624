import Foundation
import Logging
import Networks
import Store

/// Carries the due acts of one channel to its network.
struct Courier: Sendable {
    let store: Store
    let outbox: Outbox
    let files: MediaFiles
    let channel: Channel
    let network: any Network
    let clock: Clock
    let fate: Fate
    let log: Logger

    /// Carries everything that is due.
    /// - Returns: How long there is nothing to do; `nil` until something new is written.
    func work() async throws -> Duration? {
        try await outbox.recover(on: channel.id, window: window, at: clock.now())
        while !Task.isCancelled {
            let now = try await store.read { [id = channel.id] db in try db.channel(id) }
            guard now.state == .connected else { return nil }
            // The network asked us to wait.
            guard now.restsUntil <= clock.now() else { return pause(until: now.restsUntil) }
            guard let delivery = try await outbox.claim(on: channel.id, at: clock.now(), token: UUID().uuidString) else { break }
            // A task of its own, because it must not be cancelled half-way: what the network answers is written down though the program
            // is asked to end.
            try await Task { try await carry(delivery) }.value
        }
        return try await outbox.nextDue(on: channel.id).map(pause)
    }

    private func pause(until time: Date) -> Duration { .seconds(max(0.2, time.timeIntervalSince(clock.now()))) }

    private var window: Duration { .seconds(network.capabilities.idempotencySeconds) }

    private func carry(_ delivery: Delivery) async throws {
        let act = try await act(of: delivery)
        // Whoever lost the claim meanwhile (asleep past its lease) stops here, before the first byte.
        guard try await outbox.begin(delivery, window: window, at: clock.now()) else { return }
        let began = clock.now()
        guard let act else { return try await outbox.record(.failed(.mediaRefused), for: delivery, at: clock.now()) }
        var outcome = await perform(act, delivery)
        fate(.actPerformed)
        if case .unclear(let why) = outcome {
            log.warning("The fate of an act is unclear", metadata: ["delivery": "\(delivery.id)", "why": "\(why)"])
            outcome = await clarified(act, delivery, since: began) ?? outcome
        }
        try await outbox.record(outcome, for: delivery, connectedAt: channel.connectedAt, at: clock.now())
    }

    /// Does the act, and says now and then that this node is still at it.
    private func perform(_ act: OutboundAct, _ delivery: Delivery) async -> Outcome {
        await withTaskGroup { group in
            group.addTask {
                await network.perform(act, key: delivery.key) {
                    await outbox.mayLeave(delivery, window: window, at: clock.now())
                } as Outcome?
            }
            group.addTask {
                while (try? await clock.sleep(Outbox.sendingLength / 4)) != nil { try? await outbox.hold(delivery) }
                return nil
            }
            let outcome = await group.next() ?? nil
            group.cancelAll()
            return outcome ?? .unclear("no outcome")
        }
    }

    /// Looks whether it is public after all. Not finding it proves nothing; a server known to honour the key may be asked again.
    private func clarified(_ act: OutboundAct, _ delivery: Delivery, since began: Date) async -> Outcome? {
        if let published = try? await network.lookUp(act, since: began - .seconds(120)) { return .delivered(published) }
        return delivery.mayBeSent(delivery.firstSentAt ?? began, window: window, at: clock.now()) ? .postponed(.unanswered) : nil
    }

    /// - Returns: `nil` where a file that goes with it can't be read: it never leaves with less than was written.
    private func act(of delivery: Delivery) async throws -> OutboundAct? {
        let (message, handle, media) = try await store.read { db in
            let handle: String? = try db.value(
                """
                SELECT citizen.handle FROM conversation JOIN citizen ON citizen.id = conversation.citizen_id
                WHERE conversation.id = \(delivery.conversation)
                """)
            let media = try db.rows("SELECT * FROM media WHERE message_id = \(delivery.message) ORDER BY id").map(Media.init)
            return (try db.message(delivery.message), handle ?? "", media)
        }
        let localID = message.localID ?? ""
        switch delivery.act {
        case .reply:
            let files = media.compactMap(outbound)
            return files.count == media.count ? .reply(reply(message, message.text, to: handle, files)) : nil
        // The files that are there stay.
        case .edit: return .edit(localID: localID, reply(message, delivery.text ?? message.text, to: handle, []))
        case .delete: return .delete(localID: localID)
        case .like: return .like(localID: localID)
        case .unlike: return .unlike(localID: localID)
        }
    }

    private func outbound(_ media: Media) -> OutboundMedia? {
        guard let digest = media.digest, let bytes = files.bytes(of: digest) else { return nil }
        return OutboundMedia(
            name: media.name ?? digest, type: media.type ?? "application/octet-stream", bytes: bytes, altText: media.altText ?? "")
    }

    private func reply(_ message: Message, _ text: String, to handle: String, _ media: [OutboundMedia]) -> Reply {
        Reply(
            text: text, parentLocalID: message.parentLocalID ?? "", to: handle, networkVisibility: message.networkVisibility,
            warning: message.warning, language: message.language, media: media)
    }
}
