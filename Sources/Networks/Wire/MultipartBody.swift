import Foundation

/// A file with fields beside it, as `multipart/form-data`.
struct MultipartBody {
    let boundary: String
    private(set) var data = Data()

    /// - Parameter boundary: Must not occur in what is sent.
    init(boundary: String) { self.boundary = boundary }

    var type: String { "multipart/form-data; boundary=\(boundary)" }

    mutating func add(_ name: String, _ value: String) {
        data.append(Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8))
    }

    mutating func add(_ name: String, file: Data, called fileName: String, type: String) {
        let place = "Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(Self.safe(fileName))\""
        let head = "\(place)\r\nContent-Type: \(Self.safe(type))"
        data.append(Data("--\(boundary)\r\n\(head)\r\n\r\n".utf8) + file + Data("\r\n".utf8))
    }

    mutating func end() { data.append(Data("--\(boundary)--\r\n".utf8)) }

    /// No quote, line break or backslash may leave its place in the header.
    private static func safe(_ text: String) -> String {
        String(text.cleanedLine.map { "\"\\;".contains($0) ? "_" : $0 })
    }
}
