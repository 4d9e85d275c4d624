import Foundation

extension SimulatedMastodon {
    func schedule(_ draft: StatusDraft, at time: Date, by account: Int64, key: String?) throws(WireRefusal) -> ScheduledStatus {
        guard time.timeIntervalSince(now) >= 300 else { throw .validation("Scheduled at The scheduled date must be in the future") }
        let plan = ScheduledStatus(id: nextID(), account: account, at: time, draft: draft, idempotencyKey: key)
        state.scheduled[plan.id] = plan
        return plan
    }

    func plans(of account: Int64) -> [ScheduledStatus] {
        state.scheduled.values.filter { $0.account == account }.sorted { $0.id > $1.id }
    }

    func plan(_ id: Int64, of account: Int64) throws(WireRefusal) -> ScheduledStatus {
        guard let plan = state.scheduled[id], plan.account == account else { throw .notFound }
        return plan
    }

    func move(_ id: Int64, of account: Int64, to time: Date) throws(WireRefusal) -> ScheduledStatus {
        var plan = try plan(id, of: account)
        guard time.timeIntervalSince(now) >= 300 else { throw .validation("Scheduled at The scheduled date must be in the future") }
        plan.at = time
        state.scheduled[id] = plan
        changed()
        return plan
    }

    func cancel(_ id: Int64, of account: Int64) throws(WireRefusal) {
        _ = try plan(id, of: account)
        state.scheduled[id] = nil
        changed()
    }

    func shape(_ plan: ScheduledStatus) -> JSON {
        [
            "id": name(plan.id), "scheduled_at": .string(MastodonTime.text(plan.at)),
            "params": [
                "text": .string(plan.draft.text), "visibility": .string(plan.draft.visibility.rawValue),
                "in_reply_to_id": plan.draft.inReplyTo.map(name) ?? .null, "spoiler_text": .string(plan.draft.warning),
                "sensitive": .bool(plan.draft.sensitive), "language": JSON(plan.draft.language), "poll": nil,
                "media_ids": plan.draft.media.isEmpty ? .null : .array(plan.draft.media.map(name)),
                "idempotency": JSON(plan.idempotencyKey),
                "with_rate_limit": false, "application_id": 1, "scheduled_at": nil,
            ],
            "media_attachments": .array(plan.draft.media.compactMap { state.media[$0] }.map(shape)),
        ]
    }
}
