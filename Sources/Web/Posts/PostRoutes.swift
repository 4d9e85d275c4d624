import Desk
import Foundation
import Hummingbird

/// Our own posts, and the way to what is under each.
struct PostRoutes {
    let desk: Desk
    let pages: Pages

    private static let pageSize = 30

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("posts", use: showAll)
        routes.get("posts/:id") { _, visit in
            Response.seeOther("/inbox?view=open&post=\(try visit.id() as ID<Post>)")
        }
    }

    @Sendable func showAll(_ request: Request, visit: Visit) async throws -> Response {
        let (words, now) = (pages.words(visit.language), desk.clock.now())
        let before: OwnPost? = if let id = ID<Post>(request.query("before")) { try await desk.conversations.ownPost(id) } else { nil }
        let posts = try await desk.conversations.ownPosts(before: before, limit: Self.pageSize)
        let page = PostsPage(
            frame: pages.frame(visit, .posts), posts: posts.map { PostLine($0, now: now, words) },
            olderPath: posts.count == Self.pageSize ? posts.last.map { "/posts?before=\($0.id)" } : nil)
        return pages.show("posts/page", page, to: visit)
    }
}

extension PostLine {
    fileprivate init(_ own: OwnPost, now: Date, _ words: Words) {
        self.init(
            id: "\(own.id)", network: NetworkBadge(own.network), beginning: own.beginning(160, words),
            at: words.moment(own.post.writtenAt, now: now), extent: own.extent(words), hasOpen: own.open > 0)
    }
}

extension PostPane {
    init(_ own: OwnPost, authority: String, now: Date, _ words: Words) {
        self.init(
            network: NetworkBadge(own.network), channel: own.handle, url: own.post.url, extent: own.extent(words),
            post: MessageValue(own.post, authority: authority, isAlone: true, now: now, words))
    }
}

extension OwnPost {
    func beginning(_ length: Int, _ words: Words) -> String {
        guard post.removedAt == nil else { return words("row.removed") }
        let text = (post.warning ?? post.text).split(whereSeparator: \.isNewline).joined(separator: " ")
        guard !text.isEmpty else { return words.count("row.media", post.media.count) }
        return text.count > length ? text.prefix(length) + " …" : text
    }

    func extent(_ words: Words) -> String {
        guard all > 0 else { return words("posts.nothing") }
        return words.count("posts.extent", all, ["open": words.capped(open)])
    }
}
