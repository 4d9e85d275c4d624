import Foundation

extension SimulatedMastodon {
    /// Adds somebody, or changes the name of somebody who is there.
    @discardableResult
    func join(_ person: MastodonWorld.Person, overrides: JSON? = nil) -> Account {
        let acct = localName(person.acct)
        var account = account(named: acct) ?? Account(person, id: nextID(), at: now)
        if !person.displayName.isEmpty { account.displayName = person.displayName }
        if !person.note.isEmpty { account.note = person.note }
        account.domain = acct.contains("@") ? account.domain : nil
        account.overrides = overrides ?? account.overrides
        state.accounts[account.id] = account
        index.add(account)
        changed()
        return account
    }

    /// `stadt` for `@stadt`, `stadt` and `stadt@muster.example`.
    func localName(_ handle: String) -> String {
        let acct = handle.hasPrefix("@") ? String(handle.dropFirst()) : handle
        let own = "@" + world.domain.lowercased()
        return acct.lowercased().hasSuffix(own) ? String(acct.dropLast(own.count)) : acct
    }

    func account(named handle: String) -> Account? {
        index.handles[localName(handle).lowercased()].flatMap { state.accounts[$0] }
    }

    func account(_ id: Int64) throws(WireRefusal) -> Account {
        guard let account = state.accounts[id] else { throw .notFound }
        return account
    }

    func account(called handle: String) throws(WireRefusal) -> Account {
        guard let account = account(named: handle) else { throw .notFound }
        return account
    }

    func change(_ id: Int64, _ change: (inout Account) -> Void) throws(WireRefusal) -> Account {
        var account = try account(id)
        change(&account)
        state.accounts[id] = account
        changed()
        return account
    }

    func accounts(matching text: String, limit: Int) -> [Account] {
        let wanted = text.lowercased().trimmingPrefix("@")
        return state.accounts.values
            .filter {
                $0.acct.lowercased().contains(wanted) || $0.displayName.lowercased().contains(wanted) || account(named: text)?.id == $0.id
            }
            .sorted { $0.id < $1.id }.prefix(limit).map { $0 }
    }

    func follow(_ other: Int64, by account: Int64) throws(WireRefusal) {
        let isNew = try self.account(account).following.contains(other) == false
        _ = try self.account(other)
        _ = try change(account) { $0.following.insert(other) }
        if isNew { notify(other, type: "follow", from: account) }
    }

    func relationship(of account: Int64, to other: Int64) throws(WireRefusal) -> JSON {
        let own = try self.account(account)
        let theirs = try self.account(other)
        return [
            "id": name(other), "following": .bool(own.following.contains(other)), "followed_by": .bool(theirs.following.contains(account)),
            "showing_reblogs": true, "notifying": false, "blocking": .bool(own.blocking.contains(other)),
            "blocked_by": .bool(theirs.blocking.contains(account)), "muting": .bool(own.muting.contains(other)),
            "muting_notifications": .bool(own.muting.contains(other)), "requested": false, "requested_by": false, "domain_blocking": false,
            "endorsed": false, "note": "",
        ]
    }

    func shape(_ account: Account) -> JSON {
        let url = profileURL(account)
        let statuses = index.byAuthor[account.id] ?? []
        let avatar = JSON.string("\(base)/avatars/\(account.id).png")
        let json: JSON = [
            "id": name(account.id), "username": .string(account.username), "acct": .string(account.acct),
            "display_name": .string(account.displayName), "locked": false, "bot": .bool(account.bot), "discoverable": true, "group": false,
            "created_at": .string(MastodonTime.day(account.createdAt)),
            "note": .string(StatusText(account.note).html(base: base) { _ in nil }),
            "url": .string(url), "uri": .string(globalName(account)), "avatar": avatar, "avatar_static": avatar,
            "header": .string("\(base)/avatars/header.png"), "header_static": .string("\(base)/avatars/header.png"),
            "followers_count": JSON(state.accounts.values.count { $0.following.contains(account.id) }),
            "following_count": JSON(account.following.count), "statuses_count": JSON(statuses.count),
            "last_status_at": JSON(statuses.last.flatMap { state.statuses[$0] }.map { String(MastodonTime.text($0.createdAt).prefix(10)) }),
            "noindex": false, "emojis": [], "fields": [], "roles": [],
        ]
        return garnished(json.overridden(by: account.overrides), as: .account)
    }

    /// Where people look at it in a browser.
    func profileURL(_ account: Account) -> String {
        guard let domain = account.domain, !world.showsOthers else { return "\(base)/@\(account.acct)" }
        return "https://\(domain)/@\(account.username)"
    }

    func globalName(_ account: Account) -> String { "https://\(account.domain ?? world.domain)/users/\(account.username)" }
}
