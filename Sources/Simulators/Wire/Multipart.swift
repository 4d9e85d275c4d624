/// A file in a multipart body.
struct UploadedFile: Sendable {
    var field: String
    var name: String
    var type: String
    var bytes: [UInt8]
}

/// A multipart/form-data body, read as RFC 7578 has it.
struct Multipart {
    private(set) var fields = Fields()
    private(set) var files: [UploadedFile] = []

    /// - Returns: `nil` where the content type names no boundary.
    init?(contentType: String, body: [UInt8]) {
        guard let boundary = Multipart.parameter("boundary", in: contentType) else { return nil }
        let marker = Array("--\(boundary)".utf8)
        let starts = Multipart.positions(of: marker, in: body)
        for (start, end) in zip(starts, starts.dropFirst()) {
            read(part: body[(start + marker.count)..<end])
        }
    }

    /// A part is `CRLF headers CRLF CRLF content CRLF`.
    private mutating func read(part: ArraySlice<UInt8>) {
        let gap = Array("\r\n\r\n".utf8)
        let bytes = Array(part)
        guard let headEnd = Multipart.positions(of: gap, in: bytes, first: true).first else { return }
        let head = String(decoding: bytes[..<headEnd], as: UTF8.self)
        let content = Array(bytes[(headEnd + gap.count)...].dropLast(2))
        let lines = head.split(whereSeparator: \.isNewline)
        guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }).map(String.init),
            let name = Multipart.parameter("name", in: disposition)
        else { return }
        if let file = Multipart.parameter("filename", in: disposition) {
            let type = lines.first { $0.lowercased().hasPrefix("content-type:") }
                .map { $0.dropFirst("content-type:".count).trimmingPrefix(while: { $0 == " " }) }
            files.append(UploadedFile(field: name, name: file, type: type.map(String.init) ?? "application/octet-stream", bytes: content))
        } else {
            fields.add(name, String(decoding: content, as: UTF8.self))
        }
    }

    private static func parameter(_ name: String, in header: String) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].filter({ $0 != " " }).lowercased() == name else { continue }
            return String(sides[1].trimmingPrefix("\"").prefix { $0 != "\"" })
        }
        return nil
    }

    private static func positions(of needle: [UInt8], in body: [UInt8], first: Bool = false) -> [Int] {
        var found: [Int] = []
        guard let head = needle.first, body.count >= needle.count else { return [] }
        var index = 0
        while index <= body.count - needle.count {
            if body[index] == head, body[index..<(index + needle.count)].elementsEqual(needle) {
                found.append(index)
                if first { return found }
                index += needle.count
            } else {
                index += 1
            }
        }
        return found
    }
}
