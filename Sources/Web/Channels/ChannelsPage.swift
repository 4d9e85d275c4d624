/// All connected accounts, and how they are.
public struct ChannelsPage: PageValue {
    let frame: Frame
    let channels: [ChannelLine]
    /// Admins connect.
    let canConnect: Bool

    public init(frame: Frame, channels: [ChannelLine], canConnect: Bool) {
        self.frame = frame
        self.channels = channels
        self.canConnect = canConnect
    }

    public static let fields: Fields<ChannelsPage> = [
        "frame": \.frame, "channels": \.channels, "isEmpty": \.channels.isEmpty, "canConnect": \.canConnect,
    ]
}

/// One account in the list.
public struct ChannelLine: PageValue {
    let id: String
    let network: NetworkBadge
    /// `@stadt@netz.example`.
    let account: String
    /// „vollständig bis 14:32“, or what is the matter.
    let completeness: String
    /// „2 Warnungen“; `nil` where all is well.
    let warnings: String?

    public init(id: String, network: NetworkBadge, account: String, completeness: String, warnings: Int, words: Words) {
        self.id = id
        self.network = network
        self.account = account
        self.completeness = completeness
        self.warnings = warnings > 0 ? words.count("channel.warnings", warnings) : nil
    }

    public static let fields: Fields<ChannelLine> = [
        "id": \.id, "network": \.network, "account": \.account, "completeness": \.completeness, "warnings": \.warnings,
    ]
}
