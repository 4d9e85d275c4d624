import Desk
import Foundation

/// How citizens are served, in five figures, by channel and by team.
public struct FiguresPage: PageValue {
    let frame: Frame
    /// The periods to choose from.
    let periods: [Choice]
    /// As a form has them.
    let from: String
    let until: String
    /// „Mo., 23. November 2026 bis So., 29. November 2026“.
    let title: String
    let exportPath: String
    let all: FigureLine
    let channels: [FigureLine]
    let teams: [FigureLine]
    let hasSmallTeams: Bool

    public init(
        frame: Frame, periods: [Choice], from: String, until: String, title: String, exportPath: String, all: FigureLine,
        channels: [FigureLine], teams: [FigureLine], hasSmallTeams: Bool
    ) {
        self.frame = frame
        self.periods = periods
        (self.from, self.until) = (from, until)
        self.title = title
        self.exportPath = exportPath
        self.all = all
        (self.channels, self.teams) = (channels, teams)
        self.hasSmallTeams = hasSmallTeams
    }

    public static let fields: Fields<FiguresPage> = [
        "frame": \.frame, "periods": \.periods, "from": \.from, "until": \.until, "title": \.title, "exportPath": \.exportPath,
        "hasChannels": { !$0.channels.isEmpty }, "channels": \.channels, "sum": { $0.channels.count > 1 ? $0.all : nil }, "hasTeams": { !$0.teams.isEmpty }, "teams": \.teams,
        "hasSmallTeams": \.hasSmallTeams, "isQuiet": { $0.all.isQuiet }, "fewest": { _ in String(NamedTeam.fewestCounted) },
    ]
}

/// The figures of a channel, of a team, or of all channels.
public struct FigureLine: PageValue {
    let name: String
    let network: NetworkBadge?
    let received: String
    let sameDay: FigureShare?
    let sameBusinessDay: FigureShare?
    /// „2 Std. 5 Min.“; `nil` where nothing was answered.
    let median: String?
    let holdingReplies: String
    let followUps: FigureShare?
    /// `nil` where nobody waits.
    let oldestOpen: Moment?
    let isQuiet: Bool

    init(_ name: String, network: NetworkBadge? = nil, _ figures: Figures, now: Date, words: Words) {
        self.name = name
        self.network = network
        received = words.number(figures.received)
        sameDay = FigureShare(figures.sameDay, words)
        sameBusinessDay = FigureShare(figures.sameBusinessDay, words)
        median = figures.medianTime.map(words.span)
        holdingReplies = words.number(figures.holdingReplies)
        followUps = FigureShare(figures.followUps, words)
        oldestOpen = figures.oldestOpen.map { words.moment($0, now: now) }
        isQuiet = figures.received == 0
    }

    public static let fields: Fields<FigureLine> = [
        "name": \.name, "network": \.network, "received": \.received, "sameDay": \.sameDay, "sameBusinessDay": \.sameBusinessDay,
        "median": \.median, "holdingReplies": \.holdingReplies, "followUps": \.followUps, "oldestOpen": \.oldestOpen,
    ]
}

/// So many of so many, and how much that is in the hundred.
public struct FigureShare: PageValue {
    let percent: String
    let of: String

    /// - Returns: `nil` of nothing.
    init?(_ share: Figures.Share, _ words: Words) {
        guard let percent = share.percent else { return nil }
        self.percent = words("figures.percent", ["number": words.number(percent)])
        of = words("figures.of", ["part": words.number(share.part), "whole": words.number(share.whole)])
    }

    public static let fields: Fields<FigureShare> = ["percent": \.percent, "of": \.of]
}

extension Words {
    /// How long something took: „5 Min.“, „2 Std. 5 Min.“, „3 Tage 4 Std.“.
    func span(_ duration: Duration) -> String {
        let minutes = Int((Double(duration.components.seconds) / 60).rounded())
        let (hours, days) = (minutes / 60, minutes / 60 / 24)
        if hours == 0 { return self("time.minutes", ["minutes": number(minutes)]) }
        if days < 2 { return self("time.hours", ["hours": number(hours), "minutes": number(minutes % 60)]) }
        return self("time.days", ["days": number(days), "hours": number(hours % 24)])
    }
}
