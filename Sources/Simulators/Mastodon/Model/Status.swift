import Foundation

struct Status: Codable, Sendable {
    enum Visibility: String, Codable, Sendable, CaseIterable {
        case `public`, unlisted, `private`, direct
    }

    /// What stood there before an edit.
    struct Revision: Codable, Sendable {
        var text: String
        var warning: String
        var sensitive: Bool
        var media: [Int64]
        var at: Date
    }

    var id: Int64
    var account: Int64
    /// The network's global name of it, the same on every server.
    var uri: String
    var text: String
    var warning = ""
    var sensitive = false
    var language: String?
    var visibility = Visibility.public
    var inReplyTo: Int64?
    var createdAt: Date
    var editedAt: Date?
    var media: [Int64] = []
    var poll: Int64?
    /// Accounts named in the text that this server knows.
    var mentions: [Int64] = []
    var reblogOf: Int64?
    /// The app it was written with; shown for the server's own people.
    var application: String?
    var favouritedBy: Set<Int64> = []
    var rebloggedBy: Set<Int64> = []
    var bookmarkedBy: Set<Int64> = []
    var revisions: [Revision] = []
    /// Members that replace those of the status's JSON.
    var overrides: JSON?
}

/// What somebody asks to be published.
struct StatusDraft: Codable, Sendable {
    var text = ""
    var warning = ""
    var sensitive = false
    var language: String?
    var visibility = Status.Visibility.public
    var inReplyTo: Int64?
    var media: [Int64] = []
    var poll: PollDraft?
    var application: String?
    var overrides: JSON?
}

struct ScheduledStatus: Codable, Sendable {
    var id: Int64
    var account: Int64
    var at: Date
    var draft: StatusDraft
    var idempotencyKey: String?
}
