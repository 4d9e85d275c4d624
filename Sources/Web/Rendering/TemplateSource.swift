/// The text of a template on its way to Mustache.
struct TemplateSource {
    let name: String
    let text: String

    struct UnknownWords: Error, CustomStringConvertible {
        let key: String
        let template: String
        var description: String { "The view \(template) names words that nobody wrote: \(key)" }
    }

    /// Puts words in: `{{t.inbox.title}}` becomes the title, and a `{name}` inside the words becomes the page's value `{{name}}`.
    func spoken(in words: Words) throws -> String {
        var spoken = ""
        var rest = Self.withoutIndentation(text)[...]
        while let start = rest.firstRange(of: "{{t."), let end = rest[start.upperBound...].firstRange(of: "}}") {
            let key = String(rest[start.upperBound..<end.lowerBound])
            guard let entry = words.catalogue[key] else { throw UnknownWords(key: key, template: name) }
            spoken += rest[..<start.lowerBound] + Self.template(of: entry)
            rest = rest[end.upperBound...]
        }
        return spoken + rest
    }

    /// Keeps Mustache from indenting what partials render: inside a text field or a message those spaces would show.
    private static func withoutIndentation(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: true)
            .map { $0.drop { $0 == " " } }
            .joined(separator: "\n")
    }

    private static func template(of words: String) -> String {
        EscapedHTML().escapeText(words).replacing(#/\{([A-Za-z.]+)\}/#) { "{{\($0.1)}}" }
    }
}
