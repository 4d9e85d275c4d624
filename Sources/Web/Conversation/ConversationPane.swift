import Networks

/// The right pane: what was said, and what can be done.
public struct ConversationPane: PageValue {
    let id: String
    /// The colleague's id, whose page this is.
    let me: String
    /// Which view „back“ leads to: `?view=mine`.
    let query: String
    /// The beginning of one of the citizen's messages.
    let title: String
    let who: String
    let audience: Audience
    let network: NetworkBadge
    /// Which of our accounts it came through.
    let channel: String
    /// Where it stands on the network.
    let url: String?
    let state: ConversationState
    /// Why it was closed, in words; `nil` unless closed.
    let closed: String?
    /// When it comes back, in words; `nil` where nobody set that.
    let followUp: String?
    /// The colleague's name; `nil` where nobody has it.
    let assignee: String?
    /// The team it was given to, by name.
    let team: String?
    let deeds: ConversationDeeds
    let notices: [Flash]
    /// `nil` for readers.
    let emergency: Emergency?
    let thread: MessageThread
    let context: ConversationContext
    let composer: Composer

    public init(
        id: String, me: String, query: String, title: String, who: String, audience: Audience, network: NetworkBadge, channel: String, url: String?,
        state: ConversationState, closed: String?, followUp: String? = nil, assignee: String?, team: String? = nil, deeds: ConversationDeeds,
        notices: [Flash], emergency: Emergency? = nil, thread: MessageThread, context: ConversationContext, composer: Composer
    ) {
        self.id = id
        self.me = me
        self.query = query
        self.title = title
        self.who = who
        self.audience = audience
        self.network = network
        self.channel = channel
        self.url = url
        self.state = state
        self.closed = closed
        self.followUp = followUp
        self.assignee = assignee
        self.team = team
        self.deeds = deeds
        self.notices = notices
        self.emergency = emergency
        self.thread = thread
        self.context = context
        self.composer = composer
    }

    public static let fields: Fields<ConversationPane> = [
        "id": \.id, "me": \.me, "query": \.query, "title": \.title, "who": \.who, "audience": \.audience, "network": \.network,
        "channel": \.channel, "url": \.url, "closed": \.closed, "followUp": \.followUp, "assignee": \.assignee, "team": \.team, "deeds": \.deeds,
        "notices": \.notices, "emergency": \.emergency, "thread": \.thread, "composer": \.composer, "context": \.context,
    ]
}

/// The messages alone: what a page fetches anew when its conversation changed.
public struct MessageThread: PageValue {
    let conversationID: String
    /// Changes whenever the conversation does.
    let version: String
    /// The post it stands under, and what came between.
    let context: [MessageValue]
    /// As values, or as the HTML that was made of them.
    var messages: [MessageValue]
    var rendered = Markup()
    /// There are earlier ones, on demand.
    let hasEarlier: Bool

    public init(
        conversationID: String, version: String, context: [MessageValue], messages: [MessageValue], hasEarlier: Bool = false
    ) {
        self.conversationID = conversationID
        self.version = version
        self.context = context
        self.messages = messages
        self.hasEarlier = hasEarlier
    }

    public static let fields: Fields<MessageThread> = [
        "conversationID": \.conversationID, "version": \.version, "context": \.context, "messages": \.messages,
        "hasEarlier": \.hasEarlier, "rendered": \.rendered,
    ]
}
