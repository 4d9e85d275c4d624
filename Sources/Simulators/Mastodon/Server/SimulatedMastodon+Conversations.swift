/// Private correspondence, as one participant sees it.
extension SimulatedMastodon {
    struct Correspondence {
        /// The first status of it, which names it.
        var id: Int64
        var statuses: [Status]
        var participants: [Int64]
    }

    /// Direct statuses by thread, the one with the newest word first.
    func correspondences(of account: Int64) -> [Correspondence] {
        let direct = index.order.compactMap { state.statuses[$0] }.filter { $0.visibility == .direct && canSee($0, account) }
        return Dictionary(grouping: direct) { root(of: $0).id }.map { id, statuses in
            let people = Set(statuses.flatMap { $0.mentions + [$0.account] }).subtracting([account])
            return Correspondence(id: id, statuses: statuses, participants: people.sorted())
        }.sorted { ($0.statuses.last?.id ?? 0) > ($1.statuses.last?.id ?? 0) }
    }

    private func root(of status: Status) -> Status {
        var root = status
        while let parent = root.inReplyTo.flatMap({ state.statuses[$0] }), parent.visibility == .direct { root = parent }
        return root
    }

    func correspondence(_ id: Int64, of account: Int64) throws(WireRefusal) -> Correspondence {
        guard let found = correspondences(of: account).first(where: { $0.id == id }) else { throw .notFound }
        return found
    }

    func read(_ id: Int64, by account: Int64) throws(WireRefusal) -> Correspondence {
        let found = try correspondence(id, of: account)
        _ = try change(account) { $0.readConversations[id] = found.statuses.last?.id }
        return found
    }

    func shape(_ found: Correspondence, for account: Int64) -> JSON {
        let last = found.statuses.last
        let read = state.accounts[account]?.readConversations[found.id] ?? 0
        let isUnread = found.statuses.contains { $0.account != account && $0.id > read }
        return [
            "id": name(found.id), "unread": .bool(isUnread),
            "accounts": .array(found.participants.compactMap { state.accounts[$0] }.map(shape)),
            "last_status": last.map { shape($0, for: account) } ?? .null,
        ]
    }

    func tellConversation(of status: Status) {
        guard status.visibility == .direct else { return }
        for account in Set(status.mentions + [status.account]) {
            guard let found = correspondences(of: account).first(where: { $0.statuses.contains { $0.id == status.id } }) else { continue }
            let payload = shape(found, for: account).text
            emit(StreamEvent(event: "conversation", payload: payload, receivers: [account], channels: ["direct"]))
        }
    }
}
