/// Notifications that a policy held back: citizens whom nobody sees until somebody looks here.
extension SimulatedMastodon {
    /// One request per sender, named by the sender's id; the newest first.
    func requests(of receiver: Int64) -> [JSON] {
        senders(of: receiver).compactMap { request($0, of: receiver) }
    }

    private func senders(of receiver: Int64) -> [Int64] {
        var seen: Set<Int64> = []
        return (state.notices[receiver] ?? []).reversed().filter(\.filtered).map(\.from).filter { seen.insert($0).inserted }
    }

    func request(_ sender: Int64, of receiver: Int64) -> JSON? {
        let notices = (state.notices[receiver] ?? []).filter { $0.filtered && $0.from == sender }
        guard let first = notices.first, let last = notices.last, let account = state.accounts[sender] else { return nil }
        return [
            "id": name(sender), "created_at": .string(MastodonTime.text(first.createdAt)),
            "updated_at": .string(MastodonTime.text(last.createdAt)), "account": shape(account),
            "notifications_count": .string(String(notices.count)),
            "last_status": last.status.flatMap { state.statuses[$0] }.map { shape($0, for: receiver) } ?? .null,
        ]
    }

    /// From now on this sender is heard; what was held back appears among the notifications under its old ids.
    func accept(_ sender: Int64, of receiver: Int64) throws(WireRefusal) {
        guard request(sender, of: receiver) != nil else { throw .notFound }
        _ = try change(receiver) { $0.accepted.insert(sender) }
        for position in (state.notices[receiver] ?? []).indices where state.notices[receiver]?[position].from == sender {
            state.notices[receiver]?[position].filtered = false
        }
        emit(StreamEvent(event: "notifications_merged", payload: "1", receivers: [receiver], channels: ["user", "user:notification"]))
    }

    func shape(_ policy: NotificationPolicy, of receiver: Int64) -> JSON {
        let pending = (state.notices[receiver] ?? []).filter(\.filtered)
        var json: [String: JSON] = [:]
        for kind in NotificationPolicy.kinds { json[kind] = .string(policy[kind]) }
        json["summary"] = [
            "pending_requests_count": JSON(Set(pending.map(\.from)).count), "pending_notifications_count": JSON(pending.count),
        ]
        return .object(json)
    }
}
