/// Why a network will not do what we asked, whatever we try. The words people see for each are in Web's catalogues.
public enum DeliveryFailure: Sendable, Equatable {
    /// What we answer, edit or like is gone.
    case targetGone
    case tooLong(limit: Int)
    /// The account may not do this: the token's permissions do not cover it.
    case permissionMissing
    /// The citizen blocked us, or the server forbids it.
    case notAllowed
    /// A file was refused: its kind, its size, or the server could not read it.
    case mediaRefused
    /// This server takes no files.
    case mediaNotOffered
    /// This server does not have this part of the API.
    case notOffered
    /// Refused for another reason; the code is the network's, with no text of anybody.
    case refused(code: String)

    /// One word for the database; with ``detail`` it can be read back.
    public var name: String {
        switch self {
        case .targetGone: "target_gone"
        case .tooLong: "too_long"
        case .permissionMissing: "permission_missing"
        case .notAllowed: "not_allowed"
        case .mediaRefused: "media_refused"
        case .mediaNotOffered: "media_not_offered"
        case .notOffered: "not_offered"
        case .refused: "refused"
        }
    }

    public var detail: String {
        switch self {
        case .tooLong(let limit): String(limit)
        case .refused(let code): code
        default: ""
        }
    }

    public init(name: String, detail: String) {
        switch name {
        case "target_gone": self = .targetGone
        case "too_long": self = .tooLong(limit: Int(detail) ?? 0)
        case "permission_missing": self = .permissionMissing
        case "not_allowed": self = .notAllowed
        case "media_refused": self = .mediaRefused
        case "media_not_offered": self = .mediaNotOffered
        case "not_offered": self = .notOffered
        default: self = .refused(code: detail)
        }
    }
}
