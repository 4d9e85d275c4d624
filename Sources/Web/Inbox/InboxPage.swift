/// The inbox with no conversation open.
public struct InboxPage: PageValue {
    let frame: Frame
    let list: InboxList
    /// The post whose list this is.
    let post: PostPane?

    public init(frame: Frame, list: InboxList, post: PostPane? = nil) {
        self.frame = frame
        self.list = list
        self.post = post
    }

    public static let fields: Fields<InboxPage> = ["frame": \.frame, "list": \.list, "post": \.post]
}
