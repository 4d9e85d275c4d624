import Networks

/// An answer's length as its network counts it, everything included that will be sent with it.
public struct Measure: Sendable, Equatable {
    public let length: Int
    public let limit: Int
    /// In how many parts it would leave; 1 where it fits.
    public let parts: Int
    /// What the network puts before the text and counts, as far as it names whom we answer.
    public let mention: String
}

extension Replies {
    /// - Parameters:
    ///   - signature: What will end it; `nil` where nothing is added.
    ///   - answered: The message it answers.
    /// - Returns: `nil` where the channel can't send now.
    public func measure(
        _ text: String, signature: String? = nil, warning: String?, answering answered: Message, of citizen: Citizen, on channel: Channel
    ) async throws -> Measure? {
        guard channel.state == .connected, let network = try await channels.network(of: channel) else { return nil }
        let reply = Reply(
            text: text.signed(with: signature), parentLocalID: answered.localID ?? "", to: citizen.handle, networkVisibility: answered.networkVisibility,
            warning: warning)
        let (length, limit) = (network.length(of: reply), network.capabilities.maxLength)
        let parts = length > limit && network.capabilities.can(.split) ? network.split(reply).count : 1
        return Measure(length: length, limit: limit, parts: parts, mention: "@\(citizen.handle) ")
    }
}
