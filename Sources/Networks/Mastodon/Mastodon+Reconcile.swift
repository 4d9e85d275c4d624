import Foundation

extension Mastodon {
    /// What this walk proves: our own posts since `start` with all that stands below them, what the server noticed for us, and the
    /// private correspondence. Answers below posts older than that come by notification only.
    public func reconcile(since start: Date, open: [String]) -> AsyncThrowingStream<[Item], any Error> {
        var walk = MastodonWalk(mastodon: self, since: start, open: open)
        return pulledStream { try await walk.next() }
    }
}

/// A walk through what the server still shows: a list of steps, each one request that may add further steps.
struct MastodonWalk {
    enum List { case own, notifications, conversations, requests }
    enum Step { case list(List, URL), threads, context(String), recheck([String]), single(String) }

    let mastodon: Mastodon
    let start: Date
    private let open: [String]
    private var todo: [Step]
    /// Local ids of posts that were seen: those below which we looked needn't be looked at again, and none of them is gone.
    private var seen: Set<String> = []
    private var below: Set<String> = []
    private var visited: Set<URL> = []
    private var threads: [(id: String, isRoot: Bool)] = []

    init(mastodon: Mastodon, since start: Date, open: [String]) {
        self.mastodon = mastodon
        self.start = start
        self.open = open
        let api = mastodon.api
        let own = api.url("api/v1/accounts/\(MastodonAPI.escape(mastodon.account.id))/statuses", [("limit", "40")])
        todo = [
            .list(.own, own), .threads, .list(.notifications, api.url("api/v1/notifications", Mastodon.wholePage)),
            .list(.conversations, api.url("api/v1/conversations", [("limit", "40")])),
            .list(.requests, api.url("api/v1/notifications/requests", [("limit", "40")])), .recheck([]),
        ]
    }

    /// The next page; `nil` when all was seen.
    mutating func next() async throws -> [Item]? {
        while !todo.isEmpty {
            try await rest()
            switch todo.removeFirst() {
            case .list(let list, let url): return try await page(of: list, at: url)
            case .threads: todo = threads.sorted { $0.isRoot && !$1.isRoot }.map { .context($0.id) } + todo
            case .context(let id): if !below.contains(id) { return try await context(of: id) }
            case .recheck(let ids): if let items = try await recheck(ids) { return items }
            case .single(let id): return try await single(id)
            }
        }
        return nil
    }

    /// Sending draws on the same budget, so the walk leaves a fifth of it and waits rather than begin anew.
    private func rest() async throws {
        let now = mastodon.now()
        guard let until = mastodon.api.limits.restsUntil(.general, reserve: 60, at: now) else { return }
        try await mastodon.pause(.seconds(until.timeIntervalSince(now)))
    }

    // MARK: Lists

    private mutating func page(of list: List, at url: URL) async throws -> [Item] {
        visited.insert(url)
        guard let answer = try await read(list, url) else { return [] }
        guard let parts = JSONSlices.elements(of: answer.body) else { throw FetchFailure.serverTrouble(status: answer.status) }
        let reachedStart = parts.contains { isTooOld($0) }
        if !reachedStart, let next = next(after: parts, answer, url), !visited.contains(next) { todo.insert(.list(list, next), at: 0) }
        var items: [Item] = []
        for part in parts {
            if let item = item(of: list, part) { items.append(item) }
        }
        return items
    }

    /// - Returns: `nil` for a list that this server doesn't have and that we can do without.
    private func read(_ list: List, _ url: URL) async throws -> MastodonAPI.Answer? {
        let isOptional = list == .conversations || list == .requests
        do {
            return try await mastodon.api.read(url)
        } catch let failure {
            if isOptional && (failure == .notOffered || failure == .permissionMissing) { return nil }
            throw failure
        }
    }

    private mutating func item(of list: List, _ part: Data) -> Item? {
        switch list {
        case .own:
            if let status = try? JSONDecoder().decode(MastodonStatus.self, from: part) {
                guard status.shared.isEmpty else { return nil }
                note(status)
            }
            return mastodon.item(status: part)
        case .notifications: return mastodon.item(notification: part)
        case .conversations, .requests:
            return mastodon.item(lastOf: part)
        }
    }

    /// Mastodon counts answers well; elsewhere the count may be anything, so we look.
    private mutating func note(_ status: MastodonStatus) {
        guard let id = status.id, seen.insert(id).inserted else { return }
        if status.replies > 0 || !mastodon.account.server.isStock { threads.append((id, status.parentID == nil)) }
    }

    private struct Dated: Decodable {
        let created: String?
        enum Key: String, CodingKey {
            case created = "created_at"
            case updated = "updated_at"
            case last = "last_status"
        }
        init(from decoder: any Decoder) throws {
            let box = try decoder.container(keyedBy: Key.self)
            created = box.text(.updated) ?? box.text(.created) ?? box.maybe(.last, as: Dated.self)?.created
        }
    }

    private func isTooOld(_ part: Data) -> Bool {
        networkTime((try? JSONDecoder().decode(Dated.self, from: part))?.created).map { $0 < start } ?? false
    }

    /// By the server's own link, where it leads to the server itself; where it gives none, by the last id.
    private func next(after parts: [Data], _ answer: MastodonAPI.Answer, _ url: URL) -> URL? {
        if let header = answer.headers["link"] {
            return linkTarget("next", in: header).flatMap { mastodon.api.isOwn($0) ? $0 : nil }
        }
        guard let last = parts.last.flatMap(Mastodon.id), var whole = URLComponents(url: url, resolvingAgainstBaseURL: false)
        else { return nil }
        whole.queryItems = (whole.queryItems ?? []).filter { $0.name != "max_id" } + [URLQueryItem(name: "max_id", value: last)]
        return whole.url
    }

    // MARK: What stands below, and what is gone

    private mutating func context(of id: String) async throws -> [Item] {
        let answer = try await mastodon.api.ask(mastodon.api.url("api/v1/statuses/\(MastodonAPI.escape(id))/context"))
        if answer.saysGone { return [] }
        guard answer.isGood, answer.isJSON else { throw mastodon.api.failure(answer) }
        guard let parts = JSONSlices.value(of: "descendants", in: answer.body).flatMap(JSONSlices.elements) else {
            throw FetchFailure.serverTrouble(status: answer.status)
        }
        for part in parts {
            guard let id = Mastodon.id(of: part) else { continue }
            below.insert(id)
            seen.insert(id)
        }
        return parts.map { mastodon.item(status: $0) }
    }

    /// - Parameter ids: A batch; empty for the beginning, which cuts what is open into batches.
    private mutating func recheck(_ ids: [String]) async throws -> [Item]? {
        guard !ids.isEmpty else {
            let left = open.filter { !seen.contains($0) }
            guard mastodon.account.server.apiVersion != nil else {
                todo += left.map { .single($0) }
                return nil
            }
            todo += stride(from: 0, to: left.count, by: 40).map { .recheck(Array(left[$0..<min($0 + 40, left.count)])) }
            return nil
        }
        let answer: MastodonAPI.Answer
        do {
            answer = try await mastodon.api.read("api/v1/statuses", ids.map { ("id[]", $0) })
        } catch FetchFailure.notOffered {
            todo += ids.map { .single($0) }
            return nil
        }
        guard let parts = JSONSlices.elements(of: answer.body) else { throw FetchFailure.serverTrouble(status: answer.status) }
        let found = Set(parts.compactMap(Mastodon.id))
        // Not in the batch is no proof: the single answer says whether it is gone.
        todo += ids.filter { !found.contains($0) }.map { .single($0) }
        return parts.map { mastodon.item(status: $0) }
    }

    private func single(_ id: String) async throws -> [Item] {
        let answer = try await mastodon.api.ask(mastodon.api.url("api/v1/statuses/\(MastodonAPI.escape(id))"))
        if answer.saysGone { return [mastodon.item(deletionOf: id)] }
        if answer.isGood && answer.isJSON { return [mastodon.item(status: answer.body)] }
        switch mastodon.api.failure(answer) {
        case .notOffered, .permissionMissing: return []  // says nothing about the post
        case let failure: throw failure
        }
    }
}
