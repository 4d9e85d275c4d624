import Foundation
import Store

/// Codes on paper, for who has lost their phone. Digits only, so that they are typed where the app's code is typed; 66 random bits each, so
/// that a digest without salt and costs tells nobody what they are.
enum RecoveryCode {
    static let count = 10
    static let digits = 20

    /// In groups of four.
    static func make() -> [String] {
        (0..<count).map { _ in
            (0..<digits / 4).map { _ in
                let group = String(UInt32.random(in: 0..<10_000))
                return String(repeating: "0", count: 4 - group.count) + group
            }.joined(separator: " ")
        }
    }

    /// - Parameter code: Without its gaps.
    static func digest(_ code: String, of id: ID<Colleague>) -> Data { Token.digest("\(id)/\(code)") }
}

extension Database {
    func keep(recoveryCodes codes: [String], of id: ID<Colleague>) throws {
        try run("DELETE FROM recovery_code WHERE colleague_id = \(id)")
        for code in codes {
            let digest = RecoveryCode.digest(code.typedDigits, of: id)
            try run("INSERT INTO recovery_code (digest, colleague_id) VALUES (\(digest), \(id))")
        }
    }

    /// - Returns: Whether it was one that is left.
    func use(recoveryCode code: String, of id: ID<Colleague>) throws -> Bool {
        try run("DELETE FROM recovery_code WHERE digest = \(RecoveryCode.digest(code, of: id)) AND colleague_id = \(id)") == 1
    }
}

extension String {
    /// A code as it was typed, without the gaps that make it readable.
    var typedDigits: String { filter { !$0.isWhitespace && $0 != "-" } }

    /// A code of either kind, right or wrong; anything else must be a password.
    var isShapedLikeACode: Bool {
        let digits = typedDigits
        return digits.allSatisfy(\.isNumber) && (digits.count == OneTimeCode.digits || digits.count == RecoveryCode.digits)
    }
}
