/// The inbox with no conversation open.
public struct InboxPage: PageValue {
    let frame: Frame
    let list: InboxList

    public init(frame: Frame, list: InboxList) {
        self.frame = frame
        self.list = list
    }

    public static let fields: Fields<InboxPage> = ["frame": \.frame, "list": \.list]
}
