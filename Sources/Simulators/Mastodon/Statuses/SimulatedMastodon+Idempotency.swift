import Foundation

extension SimulatedMastodon {
    /// Publishes once per key; the same key again gives the first status, unless that was deleted.
    func publishOnce(_ draft: StatusDraft, key: String?, by account: Int64) throws(WireRefusal) -> Status {
        if let earlier = made(with: key, by: account).flatMap({ state.statuses[$0] }) { return earlier }
        let status = try publish(draft, by: account)
        remember(status.id, for: key, by: account)
        return status
    }

    func scheduleOnce(_ draft: StatusDraft, at time: Date, key: String?, by account: Int64) throws(WireRefusal) -> ScheduledStatus {
        if let earlier = made(with: key, by: account).flatMap({ state.scheduled[$0] }) { return earlier }
        let plan = try schedule(draft, at: time, by: account, key: key)
        remember(plan.id, for: key, by: account)
        return plan
    }

    /// The id that the same account made with this key within the last hour.
    private func made(with key: String?, by account: Int64) -> Int64? {
        guard let key, state.profile.honoursIdempotency, !has(.idempotencyIgnored),
            let kept = state.idempotency["\(account) \(key)"], kept.until > now
        else { return nil }
        return kept.id
    }

    private func remember(_ id: Int64, for key: String?, by account: Int64) {
        guard let key else { return }
        state.idempotency["\(account) \(key)"] = MastodonState.KeptKey(id: id, until: now.addingTimeInterval(3600))
        changed()
    }
}
