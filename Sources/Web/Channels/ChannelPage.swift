/// One account: its health in plain words.
public struct ChannelPage: PageValue {
    let frame: Frame
    let id: String
    let network: NetworkBadge
    let account: String
    let url: String?
    let server: String
    let health: Health
    let warnings: [Flash]
    /// The first import while it runs: „1.200 Nachrichten geholt“.
    let progress: String?
    let abilities: [String]
    /// What this server was found not to offer.
    let missing: [String]
    let notUnderstood: [NotUnderstoodLine]
    /// „3 Nachrichten nicht verstanden“; `nil` where all were.
    let notUnderstoodCount: String?
    let canReconnect: Bool
    let canDisconnect: Bool

    public init(
        frame: Frame, id: String, network: NetworkBadge, account: String, url: String?, server: String, health: Health,
        warnings: [Flash], progress: String?, abilities: [String], missing: [String], notUnderstood: [NotUnderstoodLine],
        notUnderstoodCount: String?, canReconnect: Bool, canDisconnect: Bool
    ) {
        self.frame = frame
        self.id = id
        self.network = network
        self.account = account
        self.url = url
        self.server = server
        self.health = health
        self.warnings = warnings
        self.progress = progress
        self.abilities = abilities
        self.missing = missing
        self.notUnderstood = notUnderstood
        self.notUnderstoodCount = notUnderstoodCount
        self.canReconnect = canReconnect
        self.canDisconnect = canDisconnect
    }

    public static let fields: Fields<ChannelPage> = [
        "frame": \.frame, "id": \.id, "network": \.network, "account": \.account, "url": \.url, "server": \.server, "health": \.health,
        "warnings": \.warnings, "progress": \.progress, "abilities": \.abilities, "missing": \.missing,
        "isMissingSomething": { !$0.missing.isEmpty }, "notUnderstood": \.notUnderstood,
        "hasNotUnderstood": { !$0.notUnderstood.isEmpty }, "notUnderstoodCount": \.notUnderstoodCount, "canReconnect": \.canReconnect,
        "canDisconnect": \.canDisconnect,
    ]
}

/// When a channel last heard something, and up to when nothing can be missing.
public struct Health: PageValue {
    /// `nil` before the first reconcile came through.
    let completeUntil: Moment?
    /// How far back that holds: „Beiträge der letzten 30 Tage“.
    let reach: String
    let lastReceived: Moment?
    /// Pushed by the server, or fetched by us again and again.
    let isStreaming: Bool
    let connectedSince: Moment

    public init(completeUntil: Moment?, reachDays: Int, lastReceived: Moment?, isStreaming: Bool, connectedSince: Moment, words: Words) {
        self.completeUntil = completeUntil
        reach = words.count("channel.reach", reachDays)
        self.lastReceived = lastReceived
        self.isStreaming = isStreaming
        self.connectedSince = connectedSince
    }

    public static let fields: Fields<Health> = [
        "completeUntil": \.completeUntil, "reach": \.reach, "lastReceived": \.lastReceived, "isStreaming": \.isStreaming,
        "connectedSince": \.connectedSince,
    ]
}

/// Something that came in and that this version can't read. It is kept.
public struct NotUnderstoodLine: PageValue {
    let time: Moment
    /// The adapter's reason, in English and without a citizen's text.
    let reason: String

    public init(time: Moment, reason: String) {
        self.time = time
        self.reason = reason
    }

    public static let fields: Fields<NotUnderstoodLine> = ["time": \.time, "reason": \.reason]
}
