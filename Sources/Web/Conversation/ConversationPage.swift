/// A conversation beside the list it was opened from.
public struct ConversationPage: PageValue {
    let frame: Frame
    let list: InboxList
    let conversation: ConversationPane

    public init(frame: Frame, list: InboxList, conversation: ConversationPane) {
        self.frame = frame
        self.list = list
        self.conversation = conversation
    }

    public static let fields: Fields<ConversationPage> = [
        "frame": \.frame, "list": \.list, "conversation": \.conversation,
    ]
}
