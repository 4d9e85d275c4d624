import Foundation

/// Everything a simulated server remembers. One value, so that it can be written to a file and read back.
struct MastodonState: Codable, Sendable {
    var lastID: Int64 = 0
    /// Added to the clock: tests move time forward and never back.
    var advancedSeconds: Double = 0
    var accounts: [Int64: Account] = [:]
    var statuses: [Int64: Status] = [:]
    var notices: [Int64: [Notice]] = [:]
    var media: [Int64: MediaFile] = [:]
    var polls: [Int64: Poll] = [:]
    var scheduled: [Int64: ScheduledStatus] = [:]
    var apps: [String: AppRegistration] = [:]
    var codes: [String: AuthorizationCode] = [:]
    var tokens: [String: AccessToken] = [:]
    /// Which status a key made, per account, and until when that is known.
    var idempotency: [String: KeptKey] = [:]
    var faults: [Fault] = []
    var profile = ServerProfile.mastodon

    struct KeptKey: Codable, Sendable {
        var id: Int64
        var until: Date
    }
}
