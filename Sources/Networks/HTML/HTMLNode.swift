import CGumbo

/// A node of a parsed document; valid while the document is.
struct HTMLNode {
    enum Kind { case element(String), text, other }

    private let node: UnsafeMutablePointer<GumboNode>
    init(_ node: UnsafeMutablePointer<GumboNode>) { self.node = node }

    var kind: Kind {
        switch node.pointee.type {
        case GUMBO_NODE_ELEMENT: .element(String(cString: gumbo_normalized_tagname(node.pointee.v.element.tag)))
        case GUMBO_NODE_TEXT, GUMBO_NODE_CDATA, GUMBO_NODE_WHITESPACE: .text
        default: .other  // comments and templates
        }
    }

    var text: String { String(cString: node.pointee.v.text.text) }

    /// Of an element.
    var children: [HTMLNode] {
        let list = node.pointee.v.element.children
        return (0..<Int(list.length)).compactMap { list.data[$0].map { HTMLNode($0.assumingMemoryBound(to: GumboNode.self)) } }
    }

    /// Of an element.
    subscript(attribute: String) -> String? {
        guard let found = gumbo_get_attribute(&node.pointee.v.element.attributes, attribute) else { return nil }
        return String(cString: found.pointee.value)
    }

    /// Of an element.
    func has(class name: String) -> Bool { self["class"]?.split(separator: " ").contains(Substring(name)) == true }

    /// The text of all that is below, on one line.
    var innerText: String {
        var todo = [self]
        var parts: [String] = []
        while let node = todo.popLast() {
            switch node.kind {
            case .text: parts.append(node.text)
            case .element("img"): parts.append(node["alt"] ?? "")
            case .element: todo += node.children.reversed()
            case .other: break
            }
        }
        return parts.joined().cleanedLine
    }
}
