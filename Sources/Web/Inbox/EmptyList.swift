/// Why a list is empty, and what to do next.
public struct EmptyList: PageValue {
    let title: String
    let text: String
    let path: String?
    let label: String?

    /// The words of `inbox.empty.name`, with `.action` where a `path` leads on.
    public init(_ name: String, path: String? = nil, words: Words) {
        title = words("inbox.empty.\(name)")
        text = words("inbox.empty.\(name).text")
        self.path = path
        label = path == nil ? nil : words("inbox.empty.\(name).action")
    }

    public static let fields: Fields<EmptyList> = ["title": \.title, "text": \.text, "path": \.path, "label": \.label]
}

/// One line below the list: how complete it is.
public struct ChannelHealth: PageValue {
    let isFine: Bool
    let text: String

    public init(isFine: Bool, text: String) {
        self.isFine = isFine
        self.text = text
    }

    public static let fields: Fields<ChannelHealth> = ["isFine": \.isFine, "text": \.text]
}
