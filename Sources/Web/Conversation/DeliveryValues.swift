import Desk
import Foundation

/// What became of our acts, as the conversation's page says it.
struct DeliveryValues {
    let thread: Correspondence
    let visit: Visit
    let now: Date
    let words: Words

    /// Of each kind of act the last one; what changed nothing in the end is not worth a line, and that it went out none beside what is to
    /// become of it now.
    func values(of entry: Correspondence.Entry) -> [DeliveryValue] {
        let last = Dictionary(entry.deliveries.map { ($0.act, $0) }) { _, later in later }.values
        let isChanging = entry.message.removedAt != nil || entry.isChanging
        return last.filter { $0.act == .reply ? $0.state != .delivered || !isChanging : ![.delivered, .withdrawn].contains($0.state) }
            .sorted { $0.id.rawValue < $1.id.rawValue }
            .map { value($0, entry.message) }
    }

    private func value(_ delivery: Delivery, _ message: Message) -> DeliveryValue {
        DeliveryValue(
            id: "\(delivery.id)", act: delivery.act.rawValue, state: state(delivery, message), mayAct: visit.isEditor,
            words: words)
    }

    private func state(_ delivery: Delivery, _ message: Message) -> DeliveryValue.State {
        switch delivery.state {
        case .waiting, .claimed: waiting(delivery)
        case .sending: .sending
        case .delivered: .delivered(url: message.url)
        case .failed: failed(delivery)
        case .unclear: .unclear
        case .withdrawn: .withdrawn
        }
    }

    private func failed(_ delivery: Delivery) -> DeliveryValue.State {
        let failure = words.failure(delivery.failure?.name ?? "refused", detail: delivery.failure?.detail ?? "")
        return .failed(why: failure.why, advice: failure.advice, canRedraft: delivery.act == .reply)
    }

    private func waiting(_ delivery: Delivery) -> DeliveryValue.State {
        let channel = thread.channel
        let isBlocked = thread.entries.flatMap(\.deliveries).contains { $0.id.rawValue < delivery.id.rawValue && $0.state == .unclear }
        if channel.state != .connected { return .postponed(why: words("postponed.tokenExpired"), until: nil) }
        if isBlocked { return .postponed(why: words("postponed.earlierUnclear"), until: nil) }
        if channel.restsUntil > now {
            return .postponed(why: words("postponed.rateLimited"), until: words.moment(channel.restsUntil, now: now))
        }
        if delivery.tries > 0, delivery.dueAt > now {
            return .postponed(why: words("postponed.unreachable"), until: words.moment(delivery.dueAt, now: now))
        }
        return .waiting(seconds: max(0, Int(delivery.dueAt.timeIntervalSince(now).rounded(.up))))
    }
}

extension Correspondence.Entry {
    /// An edit or a deletion of it is on its way.
    var isChanging: Bool {
        deliveries.contains { [.edit, .delete].contains($0.act) && [.waiting, .claimed, .sending].contains($0.state) }
    }
}
