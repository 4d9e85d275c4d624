/// Our own posts, each with how much is under it.
public struct PostsPage: PageValue {
    let frame: Frame
    let posts: [PostLine]
    /// The way to older ones; `nil` on the last page.
    let olderPath: String?

    public init(frame: Frame, posts: [PostLine], olderPath: String?) {
        self.frame = frame
        self.posts = posts
        self.olderPath = olderPath
    }

    public static let fields: Fields<PostsPage> = [
        "frame": \.frame, "posts": \.posts, "hasPosts": { !$0.posts.isEmpty }, "olderPath": \.olderPath,
    ]
}

/// One of our posts in the list of all.
public struct PostLine: PageValue {
    let id: String
    let network: NetworkBadge
    let beginning: String
    let at: Moment
    /// „12 Gespräche, 3 offen“.
    let extent: String
    let hasOpen: Bool

    public init(id: String, network: NetworkBadge, beginning: String, at: Moment, extent: String, hasOpen: Bool) {
        self.id = id
        self.network = network
        self.beginning = beginning
        self.at = at
        self.extent = extent
        self.hasOpen = hasOpen
    }

    public static let fields: Fields<PostLine> = [
        "id": \.id, "network": \.network, "beginning": \.beginning, "at": \.at, "extent": \.extent, "hasOpen": \.hasOpen,
    ]
}

/// The post itself, beside the list of what is under it.
public struct PostPane: PageValue {
    let network: NetworkBadge
    let channel: String
    let url: String?
    let extent: String
    let post: MessageValue

    public init(network: NetworkBadge, channel: String, url: String?, extent: String, post: MessageValue) {
        self.network = network
        self.channel = channel
        self.url = url
        self.extent = extent
        self.post = post
    }

    public static let fields: Fields<PostPane> = [
        "network": \.network, "channel": \.channel, "url": \.url, "extent": \.extent, "post": \.post,
    ]
}
