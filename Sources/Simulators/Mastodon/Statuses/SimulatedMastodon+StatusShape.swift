extension SimulatedMastodon {
    /// A status as its viewer gets it.
    func shape(_ status: Status, for viewer: Int64?) -> JSON {
        let author = state.accounts[status.account]
        let inner = status.reblogOf.flatMap { state.statuses[$0] }
        let shown = inner ?? status
        var json: [String: JSON] = [
            "id": name(status.id), "created_at": .string(MastodonTime.text(status.createdAt)),
            "edited_at": JSON(status.editedAt.map(MastodonTime.text)), "uri": .string(status.uri), "url": .string(url(of: shown)),
            "visibility": .string(status.visibility.rawValue), "sensitive": .bool(shown.sensitive), "spoiler_text": .string(shown.warning),
            "language": JSON(shown.language), "content": .string(html(of: shown)), "account": author.map(shape) ?? .null,
            "in_reply_to_id": status.inReplyTo.map(name) ?? .null,
            "in_reply_to_account_id": status.inReplyTo.flatMap { state.statuses[$0] }.map { name($0.account) } ?? .null,
            "reblog": inner.map { shape($0, for: viewer) } ?? .null,
            "media_attachments": .array(shown.media.compactMap { state.media[$0] }.map(shape)),
            "mentions": .array(shown.mentions.compactMap { state.accounts[$0] }.map(mention)), "tags": .array(tags(of: shown)),
            "emojis": [],
            "card": nil, "poll": shown.poll.flatMap { state.polls[$0] }.map { shape($0, for: viewer) } ?? .null, "quote": nil,
        ]
        if status.application != nil, author?.domain == nil {
            json["application"] = ["name": JSON(status.application), "website": nil]
        }
        addCounts(of: shown, for: viewer, to: &json)
        return garnished(JSON.object(json).overridden(by: shown.overrides), as: .status)
    }

    private func addCounts(of status: Status, for viewer: Int64?, to json: inout [String: JSON]) {
        json["replies_count"] = JSON(index.replies[status.id]?.count ?? 0)
        json["reblogs_count"] = JSON(status.rebloggedBy.count)
        json["favourites_count"] = JSON(status.favouritedBy.count)
        json["quotes_count"] = 0
        guard let viewer else { return }
        json["favourited"] = .bool(status.favouritedBy.contains(viewer))
        json["reblogged"] = .bool(status.rebloggedBy.contains(viewer))
        json["bookmarked"] = .bool(status.bookmarkedBy.contains(viewer))
        json["muted"] = false
        json["filtered"] = []
        if status.account == viewer { json["pinned"] = false }
    }

    func html(of status: Status) -> String { html(of: status.text) }

    func html(of text: String) -> String {
        StatusText(text).html(base: base) { handle in
            account(named: handle).map { (profileURL($0), $0.username) }
        }
    }

    func url(of status: Status) -> String {
        guard let author = state.accounts[status.account] else { return "" }
        return "\(profileURL(author))/\(idText(status.id))"
    }

    private func mention(_ account: Account) -> JSON {
        [
            "id": name(account.id), "username": .string(account.username), "acct": .string(account.acct),
            "url": .string(profileURL(account)),
        ]
    }

    private func tags(of status: Status) -> [JSON] {
        StatusText(status.text).hashtags.map { ["name": .string($0), "url": .string("\(base)/tags/\($0)")] }
    }

    /// Oldest first: every version that it had, the present one last.
    func history(of status: Status) -> JSON {
        let present = Status.Revision(
            text: status.text, warning: status.warning, sensitive: status.sensitive, media: status.media,
            at: status.editedAt ?? status.createdAt)
        return .array(
            (status.revisions + [present]).map { version in
                [
                    "content": .string(html(of: version.text)), "spoiler_text": .string(version.warning),
                    "sensitive": .bool(version.sensitive),
                    "created_at": .string(MastodonTime.text(version.at)), "account": state.accounts[status.account].map(shape) ?? .null,
                    "media_attachments": .array(version.media.compactMap { state.media[$0] }.map(shape)), "emojis": [],
                ]
            })
    }
}
