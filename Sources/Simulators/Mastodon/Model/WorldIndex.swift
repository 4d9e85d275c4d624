/// Ways into the state that are computed from it and never stored.
struct WorldIndex {
    /// Status ids, oldest first.
    private(set) var order: [Int64] = []
    private(set) var byAuthor: [Int64: [Int64]] = [:]
    private(set) var replies: [Int64: [Int64]] = [:]
    private(set) var handles: [String: Int64] = [:]

    init(_ state: MastodonState) {
        for account in state.accounts.values { add(account) }
        for id in state.statuses.keys.sorted() { if let status = state.statuses[id] { add(status) } }
    }

    mutating func add(_ account: Account) { handles[account.acct.lowercased()] = account.id }

    /// Statuses are added in the order of their ids.
    mutating func add(_ status: Status) {
        order.append(status.id)
        byAuthor[status.account, default: []].append(status.id)
        if let parent = status.inReplyTo { replies[parent, default: []].append(status.id) }
    }

    mutating func remove(_ status: Status) {
        order.removeAll { $0 == status.id }
        byAuthor[status.account]?.removeAll { $0 == status.id }
        if let parent = status.inReplyTo { replies[parent]?.removeAll { $0 == status.id } }
    }
}
