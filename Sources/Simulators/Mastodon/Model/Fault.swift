/// Something that goes wrong on purpose. Without ``times`` it stays until it is cleared.
public struct Fault: Codable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        // What happens to a request.
        case refuse, hang, delay
        case errorBefore = "error_before"
        case errorAfter = "error_after"
        case closeAfter = "close_after"
        case rateLimit = "rate_limit"
        case halfBody = "half_body"
        case html
        case plainText = "plain_text"
        case tokenExpired = "token_expired"
        case forbidden
        case notFound = "not_found"
        case notImplemented = "not_implemented"
        // How the server behaves.
        case idempotencyIgnored = "idempotency_ignored"
        case numericIDs = "numeric_ids"
        case unknownNotificationType = "unknown_notification_type"
        case unknownFields = "unknown_fields"
        case unknownEnumValues = "unknown_enum_values"
        case missingAuthor = "missing_author"
        case nullFields = "null_fields"
        case emptyPage = "empty_page"
        case passwordGrant = "password_grant"
        case mediaProcessing = "media_processing"
        case mediaFailing = "media_failing"
        // How the stream behaves.
        case streamMissing = "stream_missing"
        case streamSilent = "stream_silent"
        case streamDuplicate = "stream_duplicate"
        case streamDelay = "stream_delay"
    }

    public var kind: Kind
    /// `nil` for any method, and the empty prefix for any path.
    public var method: String?
    public var path: String
    /// For how many more requests (or events); `nil` until cleared.
    public var times: Int?
    /// How long the network says to wait, or how late something comes.
    public var seconds: Double
    /// The status of an `error_before` or `error_after`.
    public var status: Int

    public init(_ kind: Kind, method: String? = nil, path: String = "", times: Int? = nil, seconds: Double = 2, status: Int = 503) {
        self.kind = kind
        self.method = method
        self.path = path
        self.times = times
        self.seconds = seconds
        self.status = status
    }

    /// Meant for requests, and so judged before they reach their handler.
    var concernsRequests: Bool {
        switch kind {
        case .refuse, .hang, .delay, .errorBefore, .errorAfter, .closeAfter, .rateLimit, .halfBody, .html, .plainText, .tokenExpired,
            .forbidden, .notFound, .notImplemented:
            true
        default: false
        }
    }

    func matches(method: String, path: String) -> Bool {
        (self.method ?? method) == method && path.hasPrefix(self.path)
    }
}
