import Mustache

/// What a template sees of a value: the names in ``fields`` and nothing else, read without reflection.
public protocol PageValue: MustacheParent, Sendable {
    static var fields: Fields<Self> { get }
}

extension PageValue {
    /// Knows a name whose value is `nil`: such a name renders as nothing and is *not* looked up in the values around this one.
    public func child(named name: String) -> Any? {
        guard let read = Self.fields.read[name] else { return nil }
        return read(self) ?? Absent()
    }
}

/// The names that templates may use, each with the way to its value: `["title": \.title]`.
public struct Fields<Value>: ExpressibleByDictionaryLiteral, Sendable {
    let read: [String: @Sendable (Value) -> Any?]

    public init(dictionaryLiteral elements: (String, @Sendable (Value) -> Any?)...) {
        read = Dictionary(elements) { _, last in last }
    }
}

/// A known name without a value. Mustache climbs to the outer value on `nil`, which would show a stranger's field of the same name.
struct Absent: MustacheCustomRepresentation {
    var representation: Any? { nil }
}

/// Most of what a page shows is text; said to be renderable, it is not asked four times what else it could be.
extension String: @retroactive MustacheCustomRenderable {
    public var renderText: String { self }
    public var isNull: Bool { false }
}
