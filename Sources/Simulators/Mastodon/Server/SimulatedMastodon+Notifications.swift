import Foundation

extension SimulatedMastodon {
    /// Tells an account of something. Nobody hears from people they blocked or muted, and the policy may hold it back or drop it.
    func notify(_ receiver: Int64, type: String, from: Int64, status: Status? = nil) {
        guard let account = state.accounts[receiver], !account.blocking.contains(from), !account.muting.contains(from) else { return }
        let verdict = verdict(of: account, on: from, private: status?.visibility == .direct)
        guard verdict != "drop" else { return }
        var notice = Notice(id: nextID(), type: type, receiver: receiver, from: from, status: status?.id, createdAt: now)
        notice.filtered = verdict == "filter"
        state.notices[receiver, default: []].append(notice)
        changed()
        if !notice.filtered { stream(notice) }
        if take(.unknownNotificationType) != nil { inventNotice(for: receiver, from: from) }
    }

    /// A type that no client has heard of yet.
    private func inventNotice(for receiver: Int64, from: Int64) {
        let notice = Notice(id: nextID(), type: "annual_fair", receiver: receiver, from: from, createdAt: now)
        state.notices[receiver, default: []].append(notice)
        stream(notice)
    }

    private func verdict(of receiver: Account, on sender: Int64, private isPrivate: Bool) -> String {
        guard !receiver.accepted.contains(sender), sender != receiver.id, let from = state.accounts[sender] else { return "accept" }
        var reasons: [String] = []
        if !receiver.following.contains(sender) { reasons.append("for_not_following") }
        if !from.following.contains(receiver.id) { reasons.append("for_not_followers") }
        if now.timeIntervalSince(from.createdAt) < 30 * 86_400 { reasons.append("for_new_accounts") }
        if isPrivate { reasons.append("for_private_mentions") }
        let verdicts = reasons.map { receiver.policy[$0] }
        return verdicts.contains("drop") ? "drop" : verdicts.contains("filter") ? "filter" : "accept"
    }

    func notices(of receiver: Int64, types: [String], excluding: [String], account: Int64?) -> [Notice] {
        (state.notices[receiver] ?? []).filter { notice in
            !notice.filtered && (types.isEmpty || types.contains(notice.type)) && !excluding.contains(notice.type)
                && (account == nil || notice.from == account)
        }
    }

    func notice(_ id: Int64, of receiver: Int64) throws(WireRefusal) -> Notice {
        guard let notice = state.notices[receiver]?.first(where: { $0.id == id }) else { throw .notFound }
        return notice
    }

    func dismiss(_ id: Int64?, of receiver: Int64) {
        state.notices[receiver]?.removeAll { id == nil || $0.id == id }
        changed()
    }

    func shape(_ notice: Notice) -> JSON {
        let status = notice.status.flatMap { state.statuses[$0] }
        var json: [String: JSON] = [
            "id": name(notice.id), "type": .string(notice.type), "group_key": .string("ungrouped-\(idText(notice.id))"),
            "created_at": .string(MastodonTime.text(notice.createdAt)),
            "account": state.accounts[notice.from].map(shape) ?? .null,
        ]
        json["filtered"] = notice.filtered ? true : nil
        if let status { json["status"] = shape(status, for: notice.receiver) }
        return garnished(.object(json), as: .notification)
    }
}
