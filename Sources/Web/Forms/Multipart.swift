import Foundation

/// A file that a form sent.
struct UploadedFile: Sendable, Equatable {
    /// The last part of the name it had, without signs that hide what it is.
    let name: String
    /// As the browser claims.
    let type: String
    let bytes: Data
}

/// A multipart/form-data body, as RFC 7578 has it.
struct Multipart {
    private(set) var fields: [String: String] = [:]
    private(set) var file: UploadedFile?

    private static let mostParts = 100

    /// - Returns: `nil` where the type names no boundary, or the body doesn't keep to it.
    init?(type: String, body: Data) {
        guard let boundary = Self.parameter("boundary", in: type), !boundary.isEmpty, boundary.utf8.count <= 70 else { return nil }
        let marker = Data("--\(boundary)".utf8)
        guard var start = body.range(of: marker)?.upperBound else { return nil }
        for _ in 0..<Self.mostParts {
            guard let next = body.range(of: marker, in: start..<body.endIndex) else { break }
            read(body[start..<next.lowerBound])
            start = next.upperBound
        }
        guard body[start...].starts(with: Data("--".utf8)) else { return nil }
    }

    /// A part is `CRLF headers CRLF CRLF content CRLF`.
    private mutating func read(_ part: Data) {
        guard let gap = part.range(of: Data("\r\n\r\n".utf8)) else { return }
        let head = String(decoding: part[..<gap.lowerBound], as: UTF8.self).split(whereSeparator: \.isNewline)
        let content = Data(part[gap.upperBound...].dropLast(2))
        guard let disposition = Self.header("content-disposition", in: head), let name = Self.parameter("name", in: disposition) else {
            return
        }
        if let path = Self.parameter("filename", in: disposition) {
            guard !content.isEmpty else { return }
            file = UploadedFile(
                name: Self.plain(path), type: Self.header("content-type", in: head) ?? "application/octet-stream", bytes: content)
        } else {
            fields[name] = String(decoding: content, as: UTF8.self).replacing("\r\n", with: "\n")
        }
    }

    private static func header(_ name: String, in head: [Substring]) -> String? {
        head.first { $0.lowercased().hasPrefix(name + ":") }.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }

    private static func parameter(_ name: String, in header: String) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].trimmingCharacters(in: .whitespaces).lowercased() == name else { continue }
            return sides[1].trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
        }
        return nil
    }

    /// Without folders, without signs that can't be seen or turn the text around, and not too long.
    private static func plain(_ path: String) -> String {
        let last = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let seen = last.unicodeScalars.filter {
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
        let name = String(String.UnicodeScalarView(seen)).trimmingCharacters(in: CharacterSet(charactersIn: ". "))
        return name.isEmpty ? "?" : String(name.prefix(100))
    }
}
