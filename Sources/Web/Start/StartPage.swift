import Desk
import Foundation
import Networks

/// What somebody wants to know who comes back to the desk.
public struct StartPage: PageValue {
    let frame: Frame
    /// „Seit gestern, 17:00: 12 neue Nachrichten“.
    let news: String
    let open: String
    let parts: [StartPart]
    let facts: [FactLine]
    let channels: [ChannelLine]

    public init(frame: Frame, news: String, open: String, parts: [StartPart], facts: [FactLine], channels: [ChannelLine]) {
        self.frame = frame
        self.news = news
        self.open = open
        self.parts = parts
        self.facts = facts
        self.channels = channels
    }

    public static let fields: Fields<StartPage> = [
        "frame": \.frame, "news": \.news, "open": \.open, "parts": \.parts, "isQuiet": \.parts.isEmpty, "facts": \.facts,
        "hasFacts": { !$0.facts.isEmpty }, "channels": \.channels, "hasChannels": { !$0.channels.isEmpty },
    ]
}

/// One kind of thing that wants to be looked at; what there is none of is not shown.
public struct StartPart: PageValue {
    let name: String
    let title: String
    let count: String
    let lines: [StartLine]
    /// Where all of them are; `nil` where these are all.
    let path: String?

    public init(name: String, title: String, count: String, lines: [StartLine], path: String?) {
        self.name = name
        self.title = title
        self.count = count
        self.lines = lines
        self.path = path
    }

    public static let fields: Fields<StartPart> = [
        "name": \.name, "title": \.title, "count": \.count, "lines": \.lines, "path": \.path,
    ]
}

/// One conversation.
public struct StartLine: PageValue {
    let id: String
    let who: String
    let audience: Audience
    let excerpt: [TextPiece]
    let at: Moment

    public init(id: String, who: String, audience: Audience, excerpt: [TextPiece], at: Moment) {
        self.id = id
        self.who = who
        self.audience = audience
        self.excerpt = excerpt
        self.at = at
    }

    public static let fields: Fields<StartLine> = [
        "id": \.id, "who": \.who, "audience": \.audience, "excerpt": { TextPiece.markup(of: $0.excerpt) }, "at": \.at,
    ]
}
