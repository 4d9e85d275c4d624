extension SimulatedMastodon {
    /// The page for one writer.
    /// - Parameter acct: `nil` or somebody unknown chooses the first citizen.
    func page(writer acct: String?, isPrivate: Bool, replyTo: String?, editing: String?) -> TimelinePage {
        let people = everybody
        let citizen = people.first { $0.domain != nil } ?? people.first
        let writer = acct.flatMap { account(named: $0) } ?? citizen
        var page = TimelinePage(
            people: people.map { ($0.acct, $0.displayName.isEmpty ? $0.username : $0.displayName) }, writer: writer?.acct ?? "",
            isPrivate: isPrivate, threads: threads(for: writer?.id, isPrivate: isPrivate))
        let visible = { (text: String) in (try? self.number(text)).flatMap { try? self.visibleStatus($0, to: writer?.id) } }
        page.replyTo = replyTo.flatMap(visible).map { shown($0) }
        page.editing = editing.flatMap(visible).flatMap { $0.account == writer?.id ? (shown($0), $0.text) : nil }
        return page
    }

    /// The newest hundred threads, whose newest word is at the top.
    private func threads(for writer: Int64?, isPrivate: Bool) -> [TimelinePage.Thread] {
        let visible = index.order.suffix(1_000).compactMap { state.statuses[$0] }.filter { status in
            status.reblogOf == nil && (status.visibility == .direct) == isPrivate && canSee(status, isPrivate ? writer : nil)
                || !isPrivate && status.visibility == .private && canSee(status, writer)
        }
        let ids = Set(visible.map(\.id))
        let roots = visible.filter { status in status.inReplyTo.map { !ids.contains($0) } ?? true }
        return roots.map { ($0, newest(in: $0, ids)) }.sorted { $0.1 > $1.1 }.prefix(100).map { thread($0.0, ids) }
    }

    private func newest(in status: Status, _ ids: Set<Int64>) -> Int64 {
        answers(to: status, ids).map { newest(in: $0, ids) }.max() ?? status.id
    }

    private func answers(to status: Status, _ ids: Set<Int64>) -> [Status] {
        (index.replies[status.id] ?? []).filter(ids.contains).compactMap { state.statuses[$0] }
    }

    private func thread(_ status: Status, _ ids: Set<Int64>) -> TimelinePage.Thread {
        TimelinePage.Thread(post: shown(status), replies: answers(to: status, ids).map { thread($0, ids) })
    }

    private func shown(_ status: Status) -> TimelinePage.Shown {
        let post = post(status)
        let author = state.accounts[status.account]
        return TimelinePage.Shown(
            id: post.id, name: author.map { $0.displayName.isEmpty ? $0.username : $0.displayName } ?? "", acct: post.acct,
            isOwn: author?.domain == nil, html: html(of: status), warning: post.warning, visibility: post.visibility, time: post.createdAt,
            shownTime: MastodonTime.shown(status.createdAt),
            isEdited: post.isEdited, likes: status.favouritedBy.count, media: post.media, pollOptions: post.pollOptions)
    }

    /// Writes as apps do: whoever is answered is named, and a private word names its receiver; without a name nobody would hear of it.
    func write(_ text: String, as acct: String, replyTo: String?, visibility: String) throws -> SimulatedPost {
        let writer = account(named: acct)?.id
        let parent = replyTo.flatMap { try? number($0) }.flatMap { try? visibleStatus($0, to: writer) }
        // What can't be answered by this writer isn't answered.
        if replyTo != nil, parent == nil { throw SimulatorRefusal(.notFound) }
        let town = everybody.first { $0.domain == nil }
        let receiver = parent.map { $0.account == writer ? town : state.accounts[$0.account] } ?? town
        guard let receiver, receiver.id != writer, !mentioned(in: text).contains(receiver.id) else {
            return try post(as: acct, text, replyTo: replyTo, visibility: visibility)
        }
        let handle = receiver.domain == nil && acct.contains("@") ? "\(receiver.username)@\(world.domain)" : receiver.acct
        return try post(as: acct, "@\(handle) \(text)", replyTo: replyTo, visibility: visibility)
    }
}
