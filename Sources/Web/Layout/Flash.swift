/// A notice at the top of a page: what happened, and what can be done about it.
public struct Flash: PageValue {
    public enum Kind: String, Sendable { case done, warning, problem }

    let kind: Kind
    let text: String
    let advice: String?
    /// Where a form goes that makes it undone.
    let undo: String?

    public init(_ kind: Kind, _ text: String, advice: String? = nil, undo: String? = nil) {
        self.kind = kind
        self.text = text
        self.advice = advice
        self.undo = undo
    }

    public static let fields: Fields<Flash> = [
        "kind": \.kind.rawValue, "text": \.text, "advice": \.advice, "undo": \.undo, "isBrief": { $0.undo?.hasPrefix("/replies/") == true }, "isProblem": { $0.kind == .problem },
    ]
}

extension Words {
    /// A refusal in words: what is the matter, and what to do about it.
    /// - Parameter name: The refusal's case. One without words says so plainly; a test finds it first.
    public func refusal(_ name: String, _ values: [String: String] = [:]) -> Flash {
        Flash(.problem, self("refusal.\(name)", values), advice: ifWritten("refusal.\(name).advice", values))
    }

    /// Something worth knowing before the deed, which stays possible.
    public func warning(_ name: String, _ values: [String: String] = [:]) -> Flash {
        Flash(.warning, self("warning.\(name)", values), advice: ifWritten("warning.\(name).advice", values))
    }

    /// Why no answer can be written here just now.
    public func hindrance(_ name: String, _ values: [String: String] = [:]) -> Flash {
        Flash(.warning, self("hindrance.\(name)", values), advice: ifWritten("hindrance.\(name).advice", values))
    }

    public func done(_ name: String, _ values: [String: String] = [:]) -> Flash {
        Flash(.done, self("done.\(name)", values))
    }
}
