import Foundation

/// What the desk wants done on a network, in words that hold for every network.
public enum OutboundAct: Sendable, Equatable {
    case reply(Reply)
    case edit(localID: String, Reply)
    case delete(localID: String)
    case like(localID: String)
    case unlike(localID: String)
}

/// An answer to a citizen.
public struct Reply: Sendable, Equatable {
    public var text: String
    /// The local name of the message it answers.
    public var parentLocalID: String
    /// Whom it answers, as `user@host`: named in the text by the adapter where the network tells them only then.
    public var to: String
    /// The network's own word, as the answered message had it.
    public var networkVisibility: String
    /// The content warning that goes with it; `nil` for none.
    public var warning: String?
    /// BCP 47.
    public var language: String?
    public var media: [OutboundMedia]

    public init(
        text: String, parentLocalID: String, to: String, networkVisibility: String, warning: String? = nil, language: String? = nil,
        media: [OutboundMedia] = []
    ) {
        self.text = text
        self.parentLocalID = parentLocalID
        self.to = to
        self.networkVisibility = networkVisibility
        self.warning = warning
        self.language = language
        self.media = media
    }
}

public struct OutboundMedia: Sendable, Equatable {
    public var name: String
    public var type: String
    public var bytes: Data
    public var altText: String
    public init(name: String, type: String, bytes: Data, altText: String) {
        self.name = name
        self.type = type
        self.bytes = bytes
        self.altText = altText
    }
}

/// What became of an act.
public enum Outcome: Sendable, Equatable {
    /// It is done. For a reply and an edit, what it became.
    case delivered(Published?)
    /// It was refused, or can't be done: trying again changes nothing.
    case failed(DeliveryFailure)
    /// To be tried again.
    case postponed(Postponement)
    /// Nobody can say whether it was done: the connection broke after the request had left, or the server answered with a fault of its own.
    case unclear(String)
}

public struct Published: Sendable, Equatable {
    public var object: String
    public var localID: String
    public var url: String?
    public init(object: String, localID: String, url: String?) {
        self.object = object
        self.localID = localID
        self.url = url
    }
}

public enum Postponement: Sendable, Equatable {
    /// The network names the time.
    case rateLimited(until: Date)
    /// Nothing left this machine (refused, not resolved, blocked), or the server said that it took nothing.
    case unreachable
    /// The server may have taken it; asked once more under the same key, which it honours, it will say so.
    case unanswered
    /// The token is dead: this channel's sending rests until somebody reconnects it.
    case tokenExpired
}
