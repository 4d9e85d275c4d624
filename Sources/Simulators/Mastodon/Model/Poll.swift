import Foundation

struct Poll: Codable, Sendable {
    var id: Int64
    var status: Int64
    var options: [String]
    var multiple: Bool
    var hideTotals: Bool
    var expiresAt: Date
    /// Chosen options by voter.
    var votes: [Int64: [Int]] = [:]
    /// Votes of people whom this server doesn't list, by option.
    var strangersVotes: [Int] = []
    /// The end was told to voters and author.
    var announced = false
}

struct PollDraft: Codable, Sendable {
    var options: [String]
    var seconds: Int
    var multiple = false
    var hideTotals = false
    var strangersVotes: [Int] = []
}
