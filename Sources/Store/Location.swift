extension Store {
    /// Where a database is. As text: `sqlite:PATH`, or `postgres:` and whatever libpq takes, or a `postgresql://…` URL.
    public enum Location: Sendable, Equatable {
        case sqlite(path: String)
        case postgres(url: String)

        /// - Throws: `StoreError.location` with what is wrong.
        public init(_ text: String) throws {
            if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
                self = .postgres(url: text)
            } else if text.hasPrefix("sqlite:") {
                self = .sqlite(path: try Self.rest(of: text, after: "sqlite:", expected: "a file's path"))
            } else if text.hasPrefix("postgres:") {
                self = .postgres(url: try Self.rest(of: text, after: "postgres:", expected: "a server's address"))
            } else {
                throw StoreError.location("it begins neither with sqlite: nor with postgres:")
            }
        }

        private static func rest(of text: String, after prefix: String, expected: String) throws -> String {
            let rest = text.dropFirst(prefix.count)
            guard !rest.isEmpty else { throw StoreError.location("\(expected) is missing after \(prefix)") }
            return String(rest)
        }

        public var dialect: Dialect {
            switch self {
            case .sqlite: .sqlite
            case .postgres: .postgres
            }
        }
    }
}
