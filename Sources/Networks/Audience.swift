/// Who reads a message.
public enum Audience: String, Sendable, Hashable, CaseIterable {
    case everybody = "public"
    /// All who follow the writer's account.
    case followers
    /// Those whom it names.
    case named = "private"

    /// - Parameter networkVisibility: As ``InboundMessage/networkVisibility`` has it.
    public init(_ networkVisibility: String, on network: String) {
        self = Self.rules[network]?(networkVisibility) ?? .named
    }

    private static let rules: [String: @Sendable (String) -> Audience] = [Mastodon.name: { Mastodon.audience($0) }]
}
