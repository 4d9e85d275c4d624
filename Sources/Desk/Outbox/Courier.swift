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
        try await outbox.recover(on: channel.id, window: .seconds(network.capabilities.idempotencySeconds), at: clock.now())
        while !Task.isCancelled {
            guard try await mayGoOn(), let delivery = try await outbox.claim(on: channel.id, at: clock.now(), token: UUID().uuidString)
            else { break }
            try await carry(delivery)
        }
        let due = try await outbox.nextDue(on: channel.id)
        return due.map { .seconds(max(0.05, $0.timeIntervalSince(clock.now()))) }
    }

    /// Whether the channel takes anything now: it is connected, and the network did not ask us to wait.
    private func mayGoOn() async throws -> Bool {
        let now = try await store.read { [id = channel.id] db in try db.channel(id) }
        return now.state == .connected && now.restsUntil <= clock.now()
    }

    private func carry(_ delivery: Delivery) async throws {
        guard let act = try await act(of: delivery) else { return }
        // Whoever lost the claim meanwhile (asleep past its lease) stops here, before the first byte.
        guard try await outbox.begin(delivery, at: clock.now()) else { return }
        let began = clock.now()
        var outcome = await network.perform(act, key: delivery.key)
        fate(.actPerformed)
        if case .unclear(let why) = outcome {
            log.warning("The fate of an act is unclear", metadata: ["delivery": "\(delivery.id)", "why": "\(why)"])
            outcome = await clarified(act, delivery, since: began) ?? outcome
        }
        try await outbox.record(outcome, for: delivery, at: clock.now())
    }

    /// Looks whether it is public after all. Not finding it proves nothing; a server known to honour the key may be asked again.
    private func clarified(_ act: OutboundAct, _ delivery: Delivery, since began: Date) async -> Outcome? {
        if let published = try? await network.lookUp(act, since: began - .seconds(120)) { return .delivered(published) }
        let window = Duration.seconds(network.capabilities.idempotencySeconds)
        let first = delivery.firstSentAt ?? began
        guard act.isRepeatable || (delivery.act == .reply && clock.now() + .seconds(60) < first + window && delivery.tries < 5) else {
            return nil
        }
        return .postponed(.unreachable)
    }

    /// - Returns: `nil` where there is nothing to do any more; that is written down.
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
        switch delivery.act {
        case .reply: return .reply(reply(message, message.text, to: handle, media))
        case .edit: return .edit(localID: message.localID ?? "", reply(message, delivery.text ?? message.text, to: handle, media))
        case .delete: return .delete(localID: message.localID ?? "")
        case .like: return .like(localID: message.localID ?? "")
        case .unlike: return .unlike(localID: message.localID ?? "")
        }
    }

    private func reply(_ message: Message, _ text: String, to handle: String, _ media: [Media]) -> Reply {
        Reply(
            text: text, parentLocalID: message.parentLocalID ?? "", to: handle, networkVisibility: message.networkVisibility,
            warning: message.warning, language: message.language,
            media: media.compactMap { one in
                guard let digest = one.digest, let bytes = files.bytes(of: digest) else { return nil }
                return OutboundMedia(
                    name: one.name ?? digest, type: one.type ?? "application/octet-stream", bytes: bytes, altText: one.altText ?? "")
            })
    }
}
