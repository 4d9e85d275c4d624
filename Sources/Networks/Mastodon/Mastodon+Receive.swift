import Foundation

extension Mastodon {
    public func interpret(_ item: Item) throws(NotUnderstood) -> [InboundEvent] {
        if item.verb == "delete" { return [.removed(localID: String(item.object.dropFirst("id:".count)))] }
        if let notification = try? JSONDecoder().decode(MastodonNotification.self, from: item.bytes) { return try events(notification) }
        guard let status = try? JSONDecoder().decode(MastodonStatus.self, from: item.bytes) else {
            throw NotUnderstood("neither a post nor a notification")
        }
        guard let shared = status.shared.first else { return [.message(try message(status))] }
        guard let by = status.author else { throw NotUnderstood("a share without its author") }
        return [.reaction(Reaction(kind: .share, object: object(of: shared), by: author(by)))]
    }

    private func events(_ notification: MastodonNotification) throws(NotUnderstood) -> [InboundEvent] {
        switch notification.meaning {
        case .irrelevant: return []
        case .unknown:
            let type = notification.type.filter { $0.isASCII && ($0.isLetter || "._:-".contains($0)) }.prefix(40)
            throw NotUnderstood("a notification of the unknown type \(type)")
        case .message, .perhapsMessage:
            guard let status = notification.status else { throw NotUnderstood("a notification without its post") }
            return [.message(try message(status))]
        case .reaction(let kind):
            guard let status = notification.status, let by = notification.account else {
                throw NotUnderstood("a reaction without its post or its author")
            }
            return [.reaction(Reaction(kind: kind, object: object(of: status), by: author(by)))]
        }
    }

    public func fetch(after cursor: String?) async throws(FetchFailure) -> Page {
        guard let cursor else { return try await beginning() }
        if cursor == Self.nothingYet { return try await everything() }
        let answer = try await api.read("api/v1/notifications", [("min_id", cursor)] + Self.wholePage)
        guard let newestFirst = JSONSlices.elements(of: answer.body) else { throw .serverTrouble(status: answer.status) }
        // Servers that don't know `min_id` send their newest again; what we had is told by where the last page ended.
        let fresh = newestFirst.prefix { Self.id(of: $0) != cursor }
        let items = fresh.reversed().compactMap { item(notification: $0) }
        return Page(items: items, cursor: fresh.first.flatMap(Self.id) ?? cursor, hasMore: fresh.count >= 20)
    }

    /// As many as servers give, with those that the account's own policy filters out: they are citizens all the same (since 4.3).
    static let wholePage = [("limit", "80"), ("include_filtered", "true")]

    /// The cursor of an account that nobody notified yet: no id, which some servers would look for.
    private static let nothingYet = "0"

    /// All there is, from the newest back to the first.
    private func everything() async throws(FetchFailure) -> Page {
        var newestFirst: [Data] = []
        while true {
            let before = newestFirst.last.flatMap(Self.id).map { [("max_id", $0)] } ?? []
            let answer = try await api.read("api/v1/notifications", before + Self.wholePage)
            guard let page = JSONSlices.elements(of: answer.body) else { throw .serverTrouble(status: answer.status) }
            let isNew = page.last.flatMap(Self.id) != newestFirst.last.flatMap(Self.id)
            if isNew { newestFirst += page }
            guard isNew, page.count >= 20, newestFirst.count < 10_000 else { break }
        }
        let items = newestFirst.reversed().compactMap { item(notification: $0) }
        return Page(items: items, cursor: newestFirst.first.flatMap(Self.id) ?? Self.nothingYet, hasMore: false)
    }

    private func beginning() async throws(FetchFailure) -> Page {
        let answer = try await api.read("api/v1/notifications", [("limit", "1"), ("include_filtered", "true")])
        guard let newest = JSONSlices.elements(of: answer.body) else { throw .serverTrouble(status: answer.status) }
        return Page(items: [], cursor: newest.first.flatMap(Self.id) ?? Self.nothingYet, hasMore: false)
    }

    public func ancestors(of localID: String) async throws(FetchFailure) -> [Item] {
        let answer = try await api.read("api/v1/statuses/\(MastodonAPI.escape(localID))/context")
        guard let above = JSONSlices.value(of: "ancestors", in: answer.body).flatMap(JSONSlices.elements) else {
            throw .serverTrouble(status: answer.status)
        }
        return above.map { item(status: $0) }
    }

    static func id(of bytes: Data) -> String? {
        struct Named: Decodable { let id: LooseID }
        return (try? JSONDecoder().decode(Named.self, from: bytes))?.id.text
    }
}
