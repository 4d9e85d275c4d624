import Foundation

/// Finds the URL of a relation in a `Link` header: `<https://…>; rel="next", <https://…>; rel="prev"`.
func linkTarget(_ relation: String, in header: String?) -> URL? {
    guard let header else { return nil }
    for part in header.components(separatedBy: "<").dropFirst() {
        guard let end = part.firstIndex(of: ">") else { continue }
        let marks = part[end...].lowercased().filter { !$0.isWhitespace }
        if marks.contains("rel=\"\(relation)\"") || marks.contains("rel=\(relation)") { return URL(string: String(part[..<end])) }
    }
    return nil
}
