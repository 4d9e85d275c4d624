import HTTPTypes
import Hummingbird

extension WireRoutes {
    func addAccounts() {
        get("/api/v1/accounts/verify_credentials") { try await $0.verifyAccount() }
        get("/api/v1/accounts/lookup") { try await $0.lookUpAccount() }
        get("/api/v1/accounts/search") { try await $0.searchAccounts() }
        get("/api/v2/search") { try await $0.search() }
        get("/api/v1/accounts/relationships") { try await $0.relationships() }
        get("/api/v1/accounts/:id") { try await $0.account() }
        get("/api/v1/accounts/:id/statuses") { try await $0.accountStatuses() }
        get("/api/v1/follow_requests") {
            _ = try await $0.caller("read:follows"); return Response(json: [])
        }
        for deed in ["follow", "unfollow", "block", "unblock", "mute", "unmute"] {
            post("/api/v1/accounts/:id/\(RouterPath(deed))") { try await $0.relate(deed) }
        }
        post("/api/v1/reports") { try await $0.report() }
    }
}

extension Call {
    func verifyAccount() async throws -> Response {
        let id = try await caller("read:accounts", or: "profile")
        let account = try await server.account(id)
        let source: JSON = [
            "note": .string(account.note), "fields": [], "privacy": "public", "sensitive": false, "language": "de",
            "follow_requests_count": 0,
        ]
        return Response(
            json: await server.shape(account).overridden(by: ["source": source, "role": ["id": "-99", "name": "", "permissions": "0"]]))
    }

    func account() async throws -> Response { Response(json: await server.shape(try await server.account(try await id()))) }

    func lookUpAccount() async throws -> Response {
        Response(json: await server.shape(try await server.account(called: fields["acct"] ?? "")))
    }

    func searchAccounts() async throws -> Response {
        _ = try await caller("read:accounts", or: "read:search")
        return Response(json: .array(await found(limit: 40)))
    }

    private func found(limit: Int) async -> [JSON] {
        await server.shapes(of: server.accounts(matching: fields["q"] ?? "", limit: min(fields.int("limit") ?? 40, limit)))
    }

    /// Accounts by name, and a status by its address.
    func search() async throws -> Response {
        let viewer = try await caller("read:search")
        let type = fields["type"]
        let query = fields["q"] ?? ""
        let accounts = type == nil || type == "accounts" ? await found(limit: 40) : []
        let statuses = type == nil || type == "statuses" ? await server.statuses(at: query, for: viewer) : []
        return Response(json: ["accounts": .array(accounts), "statuses": .array(statuses), "hashtags": []])
    }

    func relationships() async throws -> Response {
        let own = try await caller("read:follows")
        var answers: [JSON] = []
        for text in fields.all("id") + [fields["id"]].compactMap({ $0 }) {
            answers.append(try await server.relationship(of: own, to: try await server.number(text)))
        }
        return Response(json: .array(answers))
    }

    func accountStatuses() async throws -> Response {
        let viewer = try await viewer()
        let account = try await server.account(try await id())
        let statuses = await server.statuses(
            of: account.id, for: viewer, excludeReplies: fields.flag("exclude_replies") ?? false,
            excludeReblogs: fields.flag("exclude_reblogs") ?? false, onlyMedia: fields.flag("only_media") ?? false)
        return await statusPage(fields.flag("pinned") ?? false ? [] : statuses, for: viewer)
    }

    func relate(_ deed: String) async throws -> Response {
        let scope = deed.hasSuffix("follow") ? "write:follows" : deed.hasSuffix("block") ? "write:blocks" : "write:mutes"
        let own = try await caller(scope)
        let other = try await id()
        try await server.relate(own, to: other, deed)
        return Response(json: try await server.relationship(of: own, to: other))
    }

    func report() async throws -> Response {
        _ = try await caller("write:reports")
        let target = try await server.account(try await server.number(fields["account_id"] ?? ""))
        if (fields["comment"] ?? "").count > 1000 { throw WireRefusal.validation("Comment is too long (maximum is 1000 characters)") }
        return Response(json: [
            "id": .string(await server.idText(await server.nextID())), "action_taken": false, "action_taken_at": nil,
            "category": .string(fields["category"] ?? "other"), "comment": .string(fields["comment"] ?? ""),
            "forwarded": .bool(fields.flag("forward") ?? false), "created_at": .string(MastodonTime.text(await server.now)),
            "status_ids": JSON(fields.all("status_ids")), "rule_ids": JSON(fields.all("rule_ids")),
            "target_account": await server.shape(target),
        ])
    }
}

extension SimulatedMastodon {
    func relate(_ own: Int64, to other: Int64, _ deed: String) throws(WireRefusal) {
        _ = try account(other)
        switch deed {
        case "follow": try follow(other, by: own)
        case "unfollow": _ = try change(own) { $0.following.remove(other) }
        case "block":
            _ = try change(own) {
                $0.blocking.insert(other)
                $0.following.remove(other)
            }
        case "unblock": _ = try change(own) { $0.blocking.remove(other) }
        case "mute": _ = try change(own) { $0.muting.insert(other) }
        default: _ = try change(own) { $0.muting.remove(other) }
        }
    }

    func shapes(of accounts: [Account]) -> [JSON] { accounts.map(shape) }

    /// The status that has this global name or address, if the viewer may see it.
    func statuses(at address: String, for viewer: Int64) -> [JSON] {
        guard address.hasPrefix("http") else { return [] }
        return newest { ($0.uri == address || self.url(of: $0) == address) && self.canSee($0, viewer) }.map { shape($0, for: viewer) }
    }
}
