import Foundation
import Mustache

/// All templates, in every language. Words stand in them already, so that rendering looks up nothing but the page's values.
public struct Views: Sendable {
    private let libraries: [Language: MustacheLibrary]
    private let parts = RenderedParts()

    /// Reads every template once.
    /// - Throws: Where a template is malformed or names words that nobody wrote.
    public init(from resources: Resources, words: [Language: Words]) throws {
        MustacheContentTypes.register(EscapedHTML(), named: "HTML")
        let sources = try Self.sources(in: resources)
        libraries = try words.mapValues { words in
            try MustacheLibrary(templates: sources.reduce(into: [:]) { templates, source in
                let text = try TemplateSource(name: source.name, text: source.text).spoken(in: words)
                templates[source.name] = try MustacheTemplate(string: "{{% CONTENT_TYPE:HTML}}\n" + text)
            })
        }
    }

    /// The HTML of one view.
    /// - Parameter name: Its path below Views, without its ending: `inbox/row`.
    public func render(_ name: String, _ value: some PageValue, in language: Language) -> String {
        libraries[language]?.render(value, withTemplate: name) ?? ""
    }

    /// Parts of a page one after the other, each made once as long as it stays the same.
    func rendered(_ name: String, _ values: [some PageValue & Hashable], in language: Language) -> Markup {
        rendered(name, values, in: language) { $0 }
    }

    /// - Parameter make: Makes the page's value of what it is known by; asked only where it isn't known yet.
    func rendered<Key: Hashable & Sendable>(
        _ name: String, _ keys: [Key], in language: Language, make: (Key) -> some PageValue
    ) -> Markup {
        keys.reduce(into: Markup()) { page, key in
            page.append(parts.html(name, key, in: language) { render(name, make(key), in: language) })
        }
    }

    static func sources(in resources: Resources) throws -> [(name: String, text: String)] {
        try resources.files(in: "Views").compactMap { path, bytes in
            guard path.hasSuffix(".mustache") else { return nil }
            return (String(path.dropLast(".mustache".count)), String(decoding: bytes, as: UTF8.self))
        }
    }
}
