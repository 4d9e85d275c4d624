import Desk
import Foundation
import Hummingbird

/// What a form sent: its fields, and perhaps a file. A missing field is an empty one.
struct Form: Sendable {
    private var fields: [String: [String]] = [:]
    private(set) var file: UploadedFile?

    /// More than any form of ours can fill.
    static let maxBytes = 1 << 20

    /// The body is no form.
    struct Malformed: Error {}

    /// - Parameter limit: In bytes; more is refused while it comes in.
    init(_ request: Request, upTo limit: Int = maxBytes) async throws {
        let body = Data(try await request.body.collect(upTo: limit).readableBytesView)
        let type = request.headers[.contentType] ?? ""
        if type.lowercased().hasPrefix("multipart/form-data") {
            guard let parts = Multipart(type: type, body: body) else { throw Malformed() }
            (fields, file) = (parts.fields.mapValues { [$0] }, parts.file)
        } else {
            fields = try Self.all(String(decoding: body, as: UTF8.self))
        }
    }

    subscript(name: String) -> String { fields[name]?.last ?? "" }

    /// Every value of a field that may be there many times.
    func all(_ name: String) -> [String] { fields[name] ?? [] }

    /// A field as a value of a closed list.
    func choice<Choice: RawRepresentable>(_ name: String) throws -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: self[name]) else { throw Malformed() }
        return choice
    }

    func id<Of>(_ name: String) throws -> ID<Of> {
        guard let id = ID<Of>(self[name]) else { throw Malformed() }
        return id
    }

    /// The last of each name counts.
    static func pairs(_ text: String) throws -> [String: String] {
        try all(text).compactMapValues(\.last)
    }

    private static func all(_ text: String) throws -> [String: [String]] {
        var fields: [String: [String]] = [:]
        for part in text.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.replacing("+", with: " ").removingPercentEncoding
            }
            guard let name = sides[0], let value = sides.count > 1 ? sides[1] : "" else { throw Malformed() }
            // Browsers send line ends of text fields as CR LF; a text has LF only.
            fields[name, default: []].append(value.replacing("\r\n", with: "\n"))
        }
        return fields
    }
}

extension ID {
    /// The same, for a value that may be missing.
    init?(_ text: String?) {
        guard let text, let id = ID(text[...]) else { return nil }
        self = id
    }
}
