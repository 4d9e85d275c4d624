import Foundation
import Testing

@testable import Web

@Suite struct ViewTests {
    let world: Rendered

    init() throws { world = try Rendered.load() }

    private func trees(_ language: Language) throws -> [String: TemplateTree] {
        let words = try #require(world.words[language])
        return try Views.sources(in: world.resources).reduce(into: [:]) { trees, source in
            let text = try TemplateSource(name: source.name, text: source.text).spoken(in: words)
            trees[source.name] = TemplateTree(name: source.name, text: text)
        }
    }

    @Test(arguments: Language.allCases) func `every name in every view is known, some sample shows it, and only markup goes in unescaped`(language: Language) throws {
        var walk = TemplateWalk(trees: try trees(language))
        for sample in try world.town(language).all { walk.walk(sample.view, sample.value) }
        #expect(walk.unknown.sorted() == [])
        #expect(walk.unescaped.sorted() == [])
        let all = walk.trees.values.reduce(into: Set<String>()) { $0.formUnion($1.ids) }
        #expect(all.subtracting(walk.reached).sorted() == [])
    }

    @Test func `a name whose value is missing shows nothing of the values around it`() throws {
        let town = try world.town(.de)
        #expect(town.rows[0].child(named: "answering") is Absent)
        #expect(town.rows[0].child(named: "answring") == nil)
    }

    @Test(arguments: Language.allCases) func `every page is a whole document in its language`(language: Language) throws {
        for sample in try world.town(language).all where sample.view.hasSuffix("page") {
            let html = world.views.render(sample.view, sample.value, in: language)
            #expect(html.hasPrefix("<!doctype html>"), "\(sample.name)")
            #expect(html.contains("<html lang=\"\(language.rawValue)\""), "\(sample.name)")
            #expect(html.contains("</html>"), "\(sample.name)")
        }
    }

    @Test func `no view brings script or style of its own, or leaves an attribute open`() throws {
        for source in try Views.sources(in: world.resources) {
            let text = source.text
            #expect(!text.contains("{{&"), "\(source.name)")
            #expect(text.firstMatch(of: #/\s(on\w+|style)=/#) == nil, "\(source.name)")
            #expect(!text.contains("<style") && text.matches(of: #/<script(?![^>]*src=)/#).isEmpty, "\(source.name)")
            #expect(text.firstMatch(of: #/\s[\w-]+=\{\{/#) == nil, "\(source.name): an attribute without quotation marks")
        }
    }

    @Test func `no view says anything that does not come from the words`() throws {
        for source in try Views.sources(in: world.resources) {
            let markup = source.text.replacing(#/\{\{\$(screen|mainclass)\}\}\w+\{\{\/\1\}\}/#, with: "").replacing(
                #/\{\{[^}]*\}\}/#, with: ""
            ).replacing("<!doctype html>", with: "")
            let spoken = markup.matches(of: #/(?:aria-label|title|alt|placeholder|data-more-\w+)="([^"]*)"/#).map { String($0.1) }
            let text = markup.replacing(#/<[^>]*>/#, with: "")
            for said in spoken.filter({ $0 != "https://" }) + [text.replacing(#/\b[JKEALZXWRBN]\b/#, with: "")] {
                #expect(said.first { $0.isLetter } == nil, "\(source.name): \(said.trimmingCharacters(in: .whitespacesAndNewlines))")
            }
        }
    }

    @Test(arguments: Language.allCases) func `a part rendered alone is the same as on its page`(language: Language) throws {
        let town = try world.town(language)
        for var section in town.list(rows: town.rows).sections {
            let onPage = world.views.render("inbox/section", section, in: language)
            section.rendered = world.views.rendered("inbox/row", section.rows, in: language)
            section.rows = []
            #expect(world.views.render("inbox/section", section, in: language) == onPage)
        }
        for var thread in [town.publicThread, town.unsettledThread] {
            let onPage = world.views.render("conversation/messages", thread, in: language)
            for _ in 1...2 { thread.rendered = world.views.rendered("message/message", thread.messages, in: language) }
            thread.messages = []
            #expect(world.views.render("conversation/messages", thread, in: language) == onPage)
        }
    }

    @Test func `every view says who shows it`() throws {
        for source in try Views.sources(in: world.resources) {
            #expect(source.text.hasPrefix("{{! "), "\(source.name)")
            #expect(source.text.split(separator: "\n").count <= 120, "\(source.name)")
        }
    }

    @Test func `a draft keeps its lines and its spaces`() throws {
        let page = try #require(try world.town(.de).all.first { $0.name == "conversation-public" })
        #expect(world.views.render(page.view, page.value, in: .de).contains("\nHallo Miriam Okafor, das ist ärgerlich."))
        let note = Composer(conversationID: "1", query: "", reply: nil, hindrance: nil, canNote: true, note: "  eins\n\n  zwei\n")
        #expect(world.views.render("composer/composer", note, in: .de).contains(">\n  eins\n\n  zwei\n</textarea>"))
    }
}
