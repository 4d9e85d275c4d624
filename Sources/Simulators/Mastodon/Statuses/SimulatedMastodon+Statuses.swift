import Foundation

extension SimulatedMastodon {
    /// Publishes, notifies whom it names, and tells the streams.
    func publish(_ draft: StatusDraft, by author: Int64) throws(WireRefusal) -> Status {
        try check(draft, by: author)
        let id = nextID()
        let account = try account(author)
        var status = Status(
            id: id, account: author, uri: "\(globalName(account))/statuses/\(id)", text: draft.text, createdAt: now)
        status.warning = draft.warning
        status.sensitive = draft.sensitive || !draft.warning.isEmpty
        status.language = draft.language
        status.visibility = draft.visibility
        status.inReplyTo = draft.inReplyTo
        status.media = draft.media
        status.application = draft.application
        status.mentions = mentioned(in: draft.text)
        status.overrides = draft.overrides
        status.poll = draft.poll.map { open($0, on: id) }
        keep(status)
        tellMentioned(of: status)
        broadcast(status, as: "update")
        tellConversation(of: status)
        return status
    }

    private func check(_ draft: StatusDraft, by author: Int64) throws(WireRefusal) {
        if draft.text.allSatisfy(\.isWhitespace), draft.media.isEmpty, draft.poll == nil { throw .validation("Text can't be blank") }
        try checkLength(text: draft.text, warning: draft.warning)
        if draft.media.count > 4 { throw .validation("Cannot attach more than 4 files") }
        if draft.poll != nil, !draft.media.isEmpty { throw .validation("Cannot attach files that have not finished processing or a poll") }
        for id in draft.media { try checkAttachable(id, by: author) }
        if let parent = draft.inReplyTo { _ = try visibleStatus(parent, to: author) }
    }

    func checkLength(text: String, warning: String) throws(WireRefusal) {
        guard StatusText(text).length + warning.count <= world.maxCharacters else { throw .tooLong(limit: world.maxCharacters) }
    }

    func mentioned(in text: String) -> [Int64] {
        var seen: Set<Int64> = []
        return StatusText(text).mentions.compactMap { account(named: $0)?.id }.filter { seen.insert($0).inserted }
    }

    private func tellMentioned(of status: Status) {
        for account in status.mentions where account != status.account {
            notify(account, type: "mention", from: status.account, status: status)
        }
    }

    func keep(_ status: Status) {
        if state.statuses.updateValue(status, forKey: status.id) == nil { index.add(status) }
        changed()
    }

    func status(_ id: Int64) throws(WireRefusal) -> Status {
        guard let status = state.statuses[id] else { throw .notFound }
        return status
    }

    /// What somebody may not see does not exist for them.
    func visibleStatus(_ id: Int64, to viewer: Int64?) throws(WireRefusal) -> Status {
        let status = try status(id)
        guard canSee(status, viewer) else { throw .notFound }
        return status
    }

    func canSee(_ status: Status, _ viewer: Int64?) -> Bool {
        guard let viewer else { return status.visibility == .public || status.visibility == .unlisted }
        if status.account == viewer || status.mentions.contains(viewer) { return true }
        switch status.visibility {
        case .public, .unlisted: return true
        case .private: return state.accounts[viewer]?.following.contains(status.account) ?? false
        case .direct: return false
        }
    }

    /// What must be the writer's own.
    func ownStatus(_ id: Int64, of author: Int64) throws(WireRefusal) -> Status {
        let status = try status(id)
        guard status.account == author else { throw .notFound }
        return status
    }

    /// Changes text, warning or media; the earlier version stays in the history, and everybody who had to do with it hears of it.
    func edit(_ id: Int64, by author: Int64, _ change: (inout Status) -> Void) throws(WireRefusal) -> Status {
        var status = try ownStatus(id, of: author)
        let before = Status.Revision(
            text: status.text, warning: status.warning, sensitive: status.sensitive, media: status.media,
            at: status.editedAt ?? status.createdAt)
        change(&status)
        try checkLength(text: status.text, warning: status.warning)
        let old = Set(status.mentions)
        status.mentions = mentioned(in: status.text)
        status.editedAt = now
        status.revisions.append(before)
        keep(status)
        for account in status.mentions where account != author && !old.contains(account) {
            notify(account, type: "mention", from: author, status: status)
        }
        for account in status.rebloggedBy where account != author { notify(account, type: "update", from: author, status: status) }
        broadcast(status, as: "status.update")
        return status
    }

    /// Takes it down, with everything that hangs on it; replies to it stay, as on the network.
    func remove(_ id: Int64, by author: Int64) throws(WireRefusal) -> Status {
        let status = try ownStatus(id, of: author)
        broadcast(status, as: "delete")
        for reblog in state.statuses.values.filter({ $0.reblogOf == id }) { forget(reblog) }
        forget(status)
        return status
    }

    func forget(_ status: Status) {
        state.statuses[status.id] = nil
        index.remove(status)
        if let poll = status.poll { state.polls[poll] = nil }
        for receiver in state.notices.keys { state.notices[receiver]?.removeAll { $0.status == status.id } }
        changed()
    }

    func ancestors(of status: Status, for viewer: Int64?) -> [Status] {
        var chain: [Status] = []
        var next = status.inReplyTo
        while let id = next, let parent = state.statuses[id], canSee(parent, viewer) {
            chain.append(parent)
            next = parent.inReplyTo
        }
        return chain.reversed()
    }

    /// Depth first, as the network lists a thread. Strangers see a limited depth.
    func descendants(of id: Int64, for viewer: Int64?, depth: Int = 0) -> [Status] {
        guard viewer != nil || depth < 20 else { return [] }
        return (index.replies[id] ?? []).compactMap { state.statuses[$0] }.filter { canSee($0, viewer) }
            .flatMap { [$0] + descendants(of: $0.id, for: viewer, depth: depth + 1) }
    }
}
