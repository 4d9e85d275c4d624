/// One request that a simulator received, for tests to look at. Tokens and keys are left out.
public struct RequestRecord: Sendable, Codable {
    public var at: String
    public var method: String
    public var path: String
    public var query: String
    /// Parameters by name; repeated ones in order.
    public var form: [String: [String]]
    public var headers: [String: String]
    /// What was answered; 0 while unanswered or where the connection was closed.
    public var answer: Int
}
