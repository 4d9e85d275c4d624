/// The parameters of a request, whichever way they came: query, form, multipart or JSON. Nested names are written as in forms,
/// `poll[options][]`; a repeated name keeps all its values in order.
struct Fields: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    init() {}

    /// Percent-encoded pairs as in a query or a form body.
    init(form text: String) {
        for part in text.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            add(Fields.decode(sides[0]), sides.count > 1 ? Fields.decode(sides[1]) : "")
        }
    }

    init(json: JSON) {
        if case .object(let members) = json {
            for (name, value) in members.sorted(by: { $0.key < $1.key }) { add(name, value) }
        }
    }

    mutating func add(_ name: String, _ value: String) { pairs.append((name, value)) }

    mutating func add(_ other: Fields) { pairs += other.pairs }

    private mutating func add(_ name: String, _ value: JSON) {
        switch value {
        case .null: break
        case .bool(let value): add(name, value ? "true" : "false")
        case .int(let value): add(name, String(value))
        case .double(let value): add(name, String(value))
        case .string(let value): add(name, value)
        case .array(let values): for value in values { add(name + "[]", value) }
        case .object(let members):
            for (key, value) in members.sorted(by: { $0.key < $1.key }) { add("\(name)[\(key)]", value) }
        }
    }

    subscript(name: String) -> String? { pairs.last { $0.name == name }?.value }

    /// The values of `name[]`, also where a client numbers them (`name[0]`).
    func all(_ name: String) -> [String] {
        pairs.filter { pair in
            guard pair.name.hasPrefix(name + "["), pair.name.hasSuffix("]") else { return false }
            return pair.name.dropFirst(name.count + 1).dropLast().allSatisfy(\.isNumber)
        }.map(\.value)
    }

    func has(prefix: String) -> Bool { pairs.contains { $0.name.hasPrefix(prefix) } }

    /// `nil` where it is missing; everything but the usual words for no is yes.
    func flag(_ name: String) -> Bool? {
        self[name].map { !["", "0", "f", "false", "off"].contains($0.lowercased()) }
    }

    func int(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    private static func decode(_ text: Substring) -> String {
        let spaced = text.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        var out: [UInt8] = []
        var index = 0
        while index < spaced.count {
            if spaced[index] == UInt8(ascii: "%"), index + 2 < spaced.count,
                let byte = UInt8(String(decoding: spaced[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                out.append(byte)
                index += 3
            } else {
                out.append(spaced[index])
                index += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
