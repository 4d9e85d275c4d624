import Mustache

/// HTML that was made here and is safe as it stands: the only thing that a view may put in unescaped.
struct Markup: MustacheCustomRenderable, Hashable, Sendable {
    private(set) var text = ""

    var renderText: String { text }
    var isNull: Bool { text.isEmpty }

    mutating func append(_ html: String) { text += html }
}
