import Synchronization

/// A part of a page as it was rendered: the same part is made once for all pages that show it. A part knows only its own value, so it
/// is the same wherever it stands.
public struct RenderedPart: PageValue {
    let html: String

    public static let fields: Fields<RenderedPart> = ["html": \.html]
}

/// What was rendered lately. It holds no state: whoever forgets it renders anew.
final class RenderedParts: Sendable {
    private struct Key: Hashable, @unchecked Sendable {  // its value is Sendable; AnyHashable can't say so
        let view: String
        let language: Language
        let value: AnyHashable
    }

    /// Two generations: what is asked for again moves into the young one; when that is full, the old one goes.
    private struct Generations {
        var young: [Key: String] = [:]
        var old: [Key: String] = [:]
    }

    private static let generation = 2000
    private let parts = Mutex(Generations())

    func html(_ view: String, _ value: some Hashable & Sendable, in language: Language, render: () -> String) -> String {
        let key = Key(view: view, language: language, value: AnyHashable(value))
        if let known = parts.withLock({ $0.young[key] ?? $0.old[key] }) { return keep(known, for: key) }
        return keep(render(), for: key)
    }

    private func keep(_ html: String, for key: Key) -> String {
        parts.withLock { parts in
            guard parts.young[key] == nil else { return }
            if parts.young.count >= Self.generation { parts = Generations(old: parts.young) }
            parts.young[key] = html
        }
        return html
    }
}
