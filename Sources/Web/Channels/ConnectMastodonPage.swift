/// Connecting an account on Mastodon: over the server's own page, or with an access token.
public struct ConnectMastodonPage: PageValue {
    let frame: Frame
    let server: String
    /// The form for a token stands open.
    let withToken: Bool
    /// The account that is connected anew; `nil` for a new channel.
    let reconnects: String?
    let channelID: String?

    public init(frame: Frame, server: String = "", withToken: Bool = false, reconnects: String? = nil, channelID: String? = nil) {
        self.frame = frame
        self.server = server
        self.withToken = withToken
        self.reconnects = reconnects
        self.channelID = channelID
    }

    public static let fields: Fields<ConnectMastodonPage> = [
        "frame": \.frame, "server": \.server, "withToken": \.withToken, "reconnects": \.reconnects, "channelID": \.channelID,
    ]
}
