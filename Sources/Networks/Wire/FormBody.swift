import Foundation

/// Names and values as `application/x-www-form-urlencoded`: the one form of request that every server reads.
struct FormBody {
    static let type = "application/x-www-form-urlencoded"
    private var fields: [(String, String)] = []

    init(_ fields: [(String, String?)]) {
        for (name, value) in fields { add(name, value) }
    }

    /// Adds nothing for `nil`.
    mutating func add(_ name: String, _ value: String?) {
        if let value { fields.append((name, value)) }
    }

    var text: String { fields.map { "\(Self.escape($0.0))=\(Self.escape($0.1))" }.joined(separator: "&") }
    var data: Data { Data(text.utf8) }

    private static let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    private static func escape(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
}
