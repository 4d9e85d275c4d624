import Mustache

@testable import Web

/// A template taken apart, to look up every name it holds as the renderer would, and to tell which of them no sample ever reaches.
indirect enum TemplateNode {
    case variable(String, isEscaped: Bool, id: String)
    case section(String, isInverted: Bool, [TemplateNode], id: String)
    case partial(String)
    /// A page inside its frame, with the blocks it fills.
    case framed(String, blocks: [String: [TemplateNode]])
    case block(String, [TemplateNode])
}

struct TemplateTree {
    let nodes: [TemplateNode]

    init(name: String, text: String) {
        var parser = Parser(
            name: name, tags: text.matches(of: #/\{\{([#^\/>$<!&{]?)\s*([^{}]*?)\s*\}\}/#).map { (String($0.1), String($0.2)) })
        nodes = parser.nodes(until: nil)
    }

    private struct Parser {
        let name: String
        let tags: [(sign: String, name: String)]
        var next = 0

        mutating func nodes(until end: String?) -> [TemplateNode] {
            var nodes: [TemplateNode] = []
            while next < tags.count {
                let tag = tags[next]
                let id = "\(name): {{\(tag.sign)\(tag.name)}} (\(next))"
                next += 1
                switch tag.sign {
                case "/": return nodes
                case "!": continue
                case "#", "^": nodes.append(.section(tag.name, isInverted: tag.sign == "^", self.nodes(until: tag.name), id: id))
                case "$": nodes.append(.block(tag.name, self.nodes(until: tag.name)))
                case "<": nodes.append(.framed(tag.name, blocks: blocks(in: self.nodes(until: tag.name))))
                case ">": nodes.append(.partial(tag.name))
                default: nodes.append(.variable(tag.name, isEscaped: tag.sign != "{", id: id))
                }
            }
            return nodes
        }

        private func blocks(in nodes: [TemplateNode]) -> [String: [TemplateNode]] {
            nodes.reduce(into: [:]) { blocks, node in
                if case .block(let name, let content) = node { blocks[name] = content }
            }
        }
    }
}

/// Walks through templates with the values of samples.
struct TemplateWalk {
    let trees: [String: TemplateTree]
    private(set) var unknown: Set<String> = []
    private(set) var reached: Set<String> = []
    /// Goes in unescaped and is no markup of ours.
    private(set) var unescaped: Set<String> = []

    init(trees: [String: TemplateTree]) { self.trees = trees }

    mutating func walk(_ view: String, _ value: any PageValue) {
        walk(trees[view]?.nodes ?? [], stack: [value], blocks: [:])
    }

    private mutating func walk(_ nodes: [TemplateNode], stack: [Any], blocks: [String: [TemplateNode]]) {
        for node in nodes {
            switch node {
            case .variable(let name, let isEscaped, let id):
                let value = find(name, in: stack, id: id)
                if !isEscaped, !(value is Markup) { unescaped.insert(id) }
            case .section(let name, let isInverted, let content, let id):
                for inner in scopes(of: find(name, in: stack, id: id), isInverted: isInverted, stack: stack) {
                    walk(content, stack: inner, blocks: blocks)
                }
            case .partial(let name): partial(name, stack: stack, blocks: blocks)
            case .framed(let name, let filled): partial(name, stack: stack, blocks: blocks.merging(filled) { outer, _ in outer })
            case .block(let name, let content): walk(blocks[name] ?? content, stack: stack, blocks: blocks)
            }
        }
    }

    private mutating func partial(_ name: String, stack: [Any], blocks: [String: [TemplateNode]]) {
        guard let tree = trees[name] else {
            unknown.insert("no view called \(name)")
            return
        }
        walk(tree.nodes, stack: stack, blocks: blocks)
    }

    private mutating func find(_ name: String, in stack: [Any], id: String) -> Any? {
        reached.insert(id)
        if name == "." { return stack.last }
        let names = name.split(separator: ".").map(String.init)
        for value in stack.reversed() {
            guard var child = (value as? MustacheParent)?.child(named: names[0]) else { continue }
            for name in names.dropFirst() where !(child is Absent) {
                guard let inner = (child as? MustacheParent)?.child(named: name) else {
                    unknown.insert(id)
                    return nil
                }
                child = inner
            }
            return child
        }
        unknown.insert(id)
        return nil
    }

    private func scopes(of value: Any?, isInverted: Bool, stack: [Any]) -> [[Any]] {
        let scopes: [[Any]] =
            switch value {
            case nil, is Absent: []
            case let flag as Bool: flag ? [stack] : []
            case let list as [Any]: list.map { stack + [$0] }
            case let value?: [stack + [value]]
            }
        return isInverted ? (scopes.isEmpty ? [stack] : []) : scopes
    }
}

extension TemplateTree {
    /// The marks of all names in it.
    var ids: Set<String> { Self.ids(of: nodes) }

    private static func ids(of nodes: [TemplateNode]) -> Set<String> {
        nodes.reduce(into: []) { ids, node in
            switch node {
            case .variable(_, _, let id): ids.insert(id)
            case .section(_, _, let content, let id): ids.formUnion(self.ids(of: content).union([id]))
            case .block(_, let content): ids.formUnion(self.ids(of: content))
            case .framed(_, let blocks): blocks.values.forEach { ids.formUnion(self.ids(of: $0)) }
            case .partial: break
            }
        }
    }
}
