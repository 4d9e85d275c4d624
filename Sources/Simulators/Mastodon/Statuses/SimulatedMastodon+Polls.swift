import Foundation

extension SimulatedMastodon {
    func open(_ draft: PollDraft, on status: Int64) -> Int64 {
        let id = nextID()
        state.polls[id] = Poll(
            id: id, status: status, options: draft.options, multiple: draft.multiple, hideTotals: draft.hideTotals,
            expiresAt: now.addingTimeInterval(Double(draft.seconds)), strangersVotes: draft.strangersVotes)
        return id
    }

    func check(_ draft: PollDraft) throws(WireRefusal) {
        if draft.options.count < 2 { throw .validation("Options must be more than one item") }
        if draft.options.count > 4 { throw .validation("Options can't contain more than 4 items") }
        if draft.options.contains(where: { $0.count > 50 }) { throw .validation("Options can't be longer than 50 characters each") }
        if draft.seconds < 300 { throw .validation("Expires at is too soon") }
        if draft.seconds > 2_629_746 { throw .validation("Expires at is too far into the future") }
    }

    func poll(_ id: Int64, for viewer: Int64?) throws(WireRefusal) -> Poll {
        guard let poll = state.polls[id] else { throw .notFound }
        _ = try visibleStatus(poll.status, to: viewer)
        return poll
    }

    func vote(_ choices: [Int], in id: Int64, by account: Int64) throws(WireRefusal) -> Poll {
        var poll = try poll(id, for: account)
        if poll.expiresAt <= now { throw .validation("The poll has already ended") }
        if poll.votes[account] != nil { throw .validation("You have already voted on this poll") }
        guard !choices.isEmpty, poll.multiple || choices.count == 1, choices.allSatisfy(poll.options.indices.contains) else {
            throw .validation("Choice is invalid")
        }
        poll.votes[account] = choices
        state.polls[id] = poll
        changed()
        return poll
    }

    func shape(_ poll: Poll, for viewer: Int64?) -> JSON {
        let expired = poll.expiresAt <= now
        let own = viewer.flatMap { poll.votes[$0] }
        let options = poll.options.enumerated().map { position, title -> JSON in
            let votes = poll.votes.values.count { $0.contains(position) } + poll.strangersVotes.dropFirst(position).prefix(1).reduce(0, +)
            return ["title": .string(title), "votes_count": poll.hideTotals && !expired ? .null : JSON(votes)]
        }
        var json: [String: JSON] = [
            "id": name(poll.id), "expires_at": .string(MastodonTime.text(poll.expiresAt)), "expired": .bool(expired),
            "multiple": .bool(poll.multiple), "votes_count": JSON((poll.votes.values.map(\.count) + poll.strangersVotes).reduce(0, +)),
            "voters_count": poll.multiple ? JSON(poll.votes.count) : .null, "options": .array(options), "emojis": [],
        ]
        if viewer != nil {
            json["voted"] = .bool(own != nil || viewer == state.statuses[poll.status]?.account)
            json["own_votes"] = .array((own ?? []).map { JSON($0) })
        }
        return .object(json)
    }

    /// What its time has come for: polls that ended, and scheduled statuses. Asked at every request and whenever the clock is moved.
    func whatIsDue() throws(WireRefusal) {
        for (id, poll) in state.polls where !poll.announced && poll.expiresAt <= now {
            state.polls[id]?.announced = true
            guard let status = state.statuses[poll.status] else { continue }
            for account in Set(poll.votes.keys).union([status.account]) {
                notify(account, type: "poll", from: status.account, status: status)
            }
        }
        for (id, plan) in state.scheduled where plan.at <= now {
            state.scheduled[id] = nil
            _ = try publish(plan.draft, by: plan.account)
        }
    }
}
