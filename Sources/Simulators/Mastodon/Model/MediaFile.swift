import Foundation

/// A file on the server; shown once a status uses it.
struct MediaFile: Codable, Sendable {
    var id: Int64
    var account: Int64
    var contentType: String
    var bytes: Data
    var description: String?
    var focusX = 0.0
    var focusY = 0.0
    /// So many more times the server says that it isn't ready.
    var processingLeft = 0
    var failed = false
    var overrides: JSON?

    /// Mastodon's word for the kind of file.
    var type: String {
        if contentType == "image/gif" { return "gifv" }
        let kind = contentType.prefix { $0 != "/" }
        return ["image", "video", "audio"].contains(String(kind)) ? String(kind) : "unknown"
    }
}
