extension SimulatedMastodon {
    func favourite(_ id: Int64, by account: Int64, on: Bool) throws(WireRefusal) -> Status {
        var status = try visibleStatus(id, to: account)
        let isNews = on ? status.favouritedBy.insert(account).inserted : status.favouritedBy.remove(account) == nil
        keep(status)
        if on, isNews, status.account != account { notify(status.account, type: "favourite", from: account, status: status) }
        return status
    }

    func bookmark(_ id: Int64, by account: Int64, on: Bool) throws(WireRefusal) -> Status {
        var status = try visibleStatus(id, to: account)
        if on { status.bookmarkedBy.insert(account) } else { status.bookmarkedBy.remove(account) }
        keep(status)
        return status
    }

    /// - Returns: The sharing, a status of its own around the one that was shared; sharing twice gives the first again.
    func reblog(_ id: Int64, by account: Int64) throws(WireRefusal) -> Status {
        var original = try visibleStatus(id, to: account)
        guard original.visibility != .direct, original.visibility != .private || original.account == account else { throw .notAllowed }
        if let earlier = state.statuses.values.first(where: { $0.reblogOf == id && $0.account == account }) { return earlier }
        original.rebloggedBy.insert(account)
        keep(original)
        let reblogID = nextID()
        var reblog = Status(
            id: reblogID, account: account, uri: "\(globalName(try self.account(account)))/statuses/\(reblogID)/activity", text: "",
            createdAt: now)
        reblog.reblogOf = id
        reblog.visibility = original.visibility
        keep(reblog)
        if original.account != account { notify(original.account, type: "reblog", from: account, status: original) }
        broadcast(reblog, as: "update")
        return reblog
    }

    func unreblog(_ id: Int64, by account: Int64) throws(WireRefusal) -> Status {
        var original = try visibleStatus(id, to: account)
        original.rebloggedBy.remove(account)
        keep(original)
        for reblog in state.statuses.values.filter({ $0.reblogOf == id && $0.account == account }) {
            broadcast(reblog, as: "delete")
            forget(reblog)
        }
        return original
    }
}
