import Foundation
import Store

/// How a colleague likes their desk.
public struct Preferences: Sendable, Equatable {
    public enum Density: String, Sendable, CaseIterable, SQLValueConvertible { case dense, airy }

    /// `de` or `en`.
    public var language: String
    /// Of the list.
    public var density: Density
    /// Whether single letters are deeds.
    public var usesKeys: Bool
    /// What their answers end with; `nil` where they end as written.
    public var signature: String?

    public static let longestSignature = 12

    public init(language: String, density: Density = .dense, usesKeys: Bool = true, signature: String? = nil) {
        self.language = language
        self.density = density
        self.usesKeys = usesKeys
        self.signature = signature
    }

    init(_ row: Row) throws {
        language = try row["language"]
        density = try row["density"]
        usesKeys = try row["uses_keys"]
        signature = try row["signature"]
    }

    /// On one line, as it will end an answer.
    static func checked(signature: String) throws(Refusal) -> String {
        let signature = signature.withoutNUL.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...longestSignature).contains(signature.count) else { throw .signatureInvalid }
        return signature
    }
}

extension Team {
    /// - Throws: `Refusal.signatureInvalid`.
    public func prefer(_ preferences: Preferences, for id: ID<Colleague>) async throws {
        var signature: String?
        if let wished = preferences.signature { signature = try Preferences.checked(signature: wished) }
        let kept = signature
        try await store.write { db in
            try db.demand(.reader, of: .colleague(id))
            try db.run(
                """
                UPDATE colleague SET language = \(preferences.language == "en" ? "en" : "de"), density = \(preferences.density),
                    uses_keys = \(preferences.usesKeys), signature = \(kept)
                WHERE id = \(id)
                """)
        }
    }
}
