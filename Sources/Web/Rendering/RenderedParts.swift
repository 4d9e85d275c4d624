import Synchronization

/// What was rendered lately: a part of a page is made once for all pages that show it. A part knows only its own value, so it is the
/// same wherever it stands. Nothing is kept here that can't be made anew.
final class RenderedParts: Sendable {
    private struct Key: Hashable, @unchecked Sendable {  // its value is Sendable; AnyHashable can't say so
        let view: String
        let language: Language
        let value: AnyHashable
    }

    /// Two generations: what is asked for again moves into the young one; when that is full, the old one goes.
    private struct Generations {
        private static let size = 2000
        private var young: [Key: String] = [:]
        private var old: [Key: String] = [:]

        mutating func html(_ key: Key) -> String? {
            if let html = young[key] { return html }
            guard let html = old.removeValue(forKey: key) else { return nil }
            keep(html, for: key)
            return html
        }

        mutating func keep(_ html: String, for key: Key) {
            if young.count >= Self.size { (old, young) = (young, [:]) }
            young[key] = html
        }
    }

    private let parts = Mutex(Generations())

    func html(_ view: String, _ value: some Hashable & Sendable, in language: Language, render: () -> String) -> String {
        let key = Key(view: view, language: language, value: AnyHashable(value))
        if let known = parts.withLock({ $0.html(key) }) { return known }
        let html = render()
        parts.withLock { $0.keep(html, for: key) }
        return html
    }
}
