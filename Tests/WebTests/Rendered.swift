import Foundation

@testable import Web

/// The real views, words and assets, loaded once for all tests.
struct Rendered {
    let resources: Resources
    let words: [Language: Words]
    let views: Views
    let assets: Assets

    private static let loaded = Result { try Rendered() }

    static func load() throws -> Rendered { try loaded.get() }

    private init() throws {
        resources = try Resources()
        words = try Words.load(from: resources)
        views = try Views(from: resources, words: words)
        assets = try Assets(from: resources)
    }

    func town(_ language: Language) throws -> SampleTown {
        guard let words = words[language] else { throw NoWords() }
        return SampleTown(words: words, assets: assets.version)
    }

    struct NoWords: Error {}
}
