extension SimulatedMastodon {
    /// One's own and the followed ones', newest first; private correspondence only where it is one's own.
    func home(of viewer: Int64) -> [Status] {
        let following = state.accounts[viewer]?.following ?? []
        return newest { $0.account == viewer || (following.contains($0.account) && $0.visibility != .direct && self.canSee($0, viewer)) }
    }

    func publicTimeline(localOnly: Bool, remoteOnly: Bool) -> [Status] {
        newest { status in
            let isLocal = self.state.accounts[status.account]?.domain == nil
            return status.visibility == .public && status.reblogOf == nil && !(localOnly && !isLocal) && !(remoteOnly && isLocal)
        }
    }

    func statuses(of account: Int64, for viewer: Int64?, excludeReplies: Bool, excludeReblogs: Bool, onlyMedia: Bool) -> [Status] {
        newest { status in
            status.account == account && self.canSee(status, viewer) && !(excludeReplies && status.inReplyTo != nil)
                && !(excludeReblogs && status.reblogOf != nil) && !(onlyMedia && status.media.isEmpty)
        }
    }

    func newest(_ include: (Status) -> Bool) -> [Status] {
        index.order.reversed().compactMap { state.statuses[$0] }.filter(include)
    }
}
