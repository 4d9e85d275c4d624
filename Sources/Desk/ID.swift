import Store

/// Names one `Of` and nothing else: a colleague's ID does not compile where a conversation's is due. In JSON and HTML it is a string.
public struct ID<Of>: RawRepresentable, Hashable, Sendable, SQLValueConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// - Returns: `nil` where the text from a path or form is no number the database could have given.
    public init?(_ text: some StringProtocol) {
        guard let number = Int64(text), number > 0 else { return nil }
        rawValue = number
    }
}

extension ID: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an id")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
