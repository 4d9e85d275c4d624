import Foundation

/// A language of the desk. Each has its own file of words.
public enum Language: String, Sendable, CaseIterable, Codable {
    case de, en

    var locale: Locale { Locale(identifier: self == .de ? "de_DE" : "en_GB") }

    /// The best of ours for a browser's `Accept-Language`; German where it names none of them.
    public init(accepting header: String?) {
        let wanted = (header ?? "").split(separator: ",").map { part in
            let fields = part.split(separator: ";")
            let quality = fields.dropFirst().first.flatMap { Double($0.trimmingCharacters(in: .whitespaces).dropFirst(2)) }
            return (code: fields.first?.trimmingCharacters(in: .whitespaces).prefix(2).lowercased() ?? "", quality: quality ?? 1)
        }
        let best = wanted.sorted { $0.quality > $1.quality }.compactMap { Language(rawValue: $0.code) }.first
        self = best ?? .de
    }
}

/// How the authority speaks to citizens. Colleagues are always addressed as Sie.
public enum Address: String, Sendable, CaseIterable, Codable {
    case du, sie
}
