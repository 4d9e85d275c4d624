import Foundation

extension Mastodon {
    public func lookUp(_ act: OutboundAct, since: Date) async throws(FetchFailure) -> Published? {
        switch act {
        case .reply(let reply): return try await find(reply, since: since)
        case .edit(let localID, let reply):
            let answer = try await api.ask(api.url("api/v1/statuses/\(MastodonAPI.escape(localID))"))
            if answer.saysGone { return nil }
            guard answer.isGood, answer.isJSON, let status: MastodonStatus = answer.decode() else { throw api.failure(answer) }
            return says(status, reply) ? published(status) : nil
        case .delete, .like, .unlike: return nil  // repeatable: nobody asks
        }
    }

    /// Our own posts, newest first, until they are older than the try. A minute's grace, because the clock is the network's.
    private func find(_ reply: Reply, since: Date) async throws(FetchFailure) -> Published? {
        let path = "api/v1/accounts/\(MastodonAPI.escape(account.id))/statuses"
        var query = [("limit", "40"), ("exclude_reblogs", "true")]
        for _ in 0..<10 {
            let answer = try await api.read(path, query)
            guard let parts = JSONSlices.elements(of: answer.body) else { throw .serverTrouble(status: answer.status) }
            let posts = parts.compactMap { try? JSONDecoder().decode(MastodonStatus.self, from: $0) }
            let recent = posts.filter { post in networkTime(post.createdAt).map { $0 >= since - 60 } ?? true }
            if let found = recent.first(where: { $0.parentID == reply.parentLocalID && says($0, reply) }) { return published(found) }
            guard recent.count == posts.count, let last = posts.last?.id, query.last?.1 != last else { return nil }
            query = [query[0], query[1], ("max_id", last)]
        }
        return nil
    }

    private func says(_ status: MastodonStatus, _ reply: Reply) -> Bool {
        let sent = Self.comparable(named(reply))
        return Self.comparable(text(of: status)) == sent
    }

    /// White space and the hosts of mentions are written by the server as it likes.
    private static func comparable(_ text: String) -> String {
        var whole = ""
        for word in text.lowercased().split(whereSeparator: \.isWhitespace) {
            let at = word.first == "@" ? word.dropFirst().firstIndex(of: "@") : nil
            whole += at.map { word[..<$0] } ?? word
        }
        return whole
    }
}
