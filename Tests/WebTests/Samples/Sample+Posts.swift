@testable import Web

extension SampleTown {
    var posts: [Sample] {
        [
            Sample(
                name: "posts", view: "posts/page",
                value: PostsPage(
                    frame: frame(.posts),
                    posts: [
                        PostLine(
                            id: "3", network: mastodon, beginning: "Freibad Mulde: Die Rutsche ist wieder offen.", at: moment(300),
                            extent: words.count("posts.extent", 12, ["open": "3"]), hasOpen: true),
                        PostLine(
                            id: "2", network: mastodon, beginning: "Guten Morgen", at: moment(3000), extent: words("posts.nothing"), hasOpen: false),
                    ], olderPath: "/posts?before=2")),
            Sample(name: "posts-empty", view: "posts/page", value: PostsPage(frame: frame(.posts), posts: [], olderPath: nil)),
            Sample(
                name: "post", view: "inbox/page",
                value: InboxPage(
                    frame: frame(.posts), list: list(rows: rows, view: .all, isUnderPost: true),
                    post: PostPane(
                        network: mastodon, channel: "stadt@musterstadt.example", url: "https://norden.example/@stadt/1",
                        extent: words.count("posts.extent", 12, ["open": "3"]), post: ownPost))),
        ]
    }
}
