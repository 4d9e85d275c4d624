import CPostgres

/// An error as the server tells it. Its detail is left out: it holds values, and so what citizens wrote.
struct PostgresFailure {
    let code: String
    let message: String
    private let function: String

    init(_ result: OpaquePointer) {
        func field(_ letter: Unicode.Scalar) -> String? {
            PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
        }
        code = field("C") ?? ""
        message = Self.oneLine(field("M") ?? String(cString: PQresultErrorMessage(result)))
        function = field("R") ?? ""
    }

    /// Our sentences end with a full stop of their own.
    static func oneLine(_ message: String) -> String {
        message.split(whereSeparator: \.isNewline).joined(separator: "; ")
    }

    /// A class that says the connection is gone or about to be: ended by the administrator, by a crash, for idling in a transaction.
    var endsConnection: Bool {
        code.hasPrefix("08") || code.hasPrefix("57P") || code == "25P03"
    }

    /// A prepared statement whose tables have changed; the code alone stands for much else.
    var isStalePlan: Bool {
        code == "0A000" && function == "RevalidateCachedQuery"
    }
}

extension StoreError {
    init(_ failure: PostgresFailure) {
        let message = failure.message
        self =
            switch failure.code {
            case _ where failure.isStalePlan: .conflict
            case "40001", "40P01": .conflict
            case "57014", "55P03": .timeout(message)
            case "53100": .full(message)
            case "22021": .nul
            case "23505": .constraint(.unique, message)
            case "23503": .constraint(.foreignKey, message)
            case "23502": .constraint(.notNull, message)
            case "23514": .constraint(.check, message)
            case let code where code.hasPrefix("23"): .constraint(.other, message)
            case let code where code.hasPrefix("53"): .unreachable(message)  // too many connections, out of memory
            case let code: .statement(code: code, message: message)
            }
    }

    /// Whether the same block may succeed when it runs again.
    var isPassing: Bool {
        switch self {
        case .conflict, .unreachable: true
        default: false
        }
    }
}
