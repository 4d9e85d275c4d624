import Foundation

/// A notification. `type` is a string because the network invents new ones, and so may a fault.
struct Notice: Codable, Sendable {
    var id: Int64
    var type: String
    var receiver: Int64
    var from: Int64
    var status: Int64?
    var createdAt: Date
    /// Held back by the receiver's policy: only in the requests until somebody lets it through.
    var filtered = false
}
