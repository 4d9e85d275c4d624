import Foundation

@testable import Desk
@testable import Web

extension SampleTown {
    var figures: [Sample] {
        [
            Sample(name: "figures", view: "figures/page", value: figures(channels: 2, teams: 1)),
            Sample(name: "figures-one", view: "figures/page", value: figures(channels: 1, teams: 0)),
            Sample(name: "figures-none", view: "figures/page", value: figures(channels: 0, teams: 0)),
        ]
    }

    private func figures(channels: Int, teams: Int) -> FiguresPage {
        var full = Figures()
        full.received = 1240
        full.sameDay = .init(part: 389, whole: 502)
        full.sameBusinessDay = .init(part: 441, whole: 502)
        full.holdingReplies = 12
        full.followUps = .init(part: 8, whole: 9)
        full.oldestOpen = ago(3000)
        full.times = [7500]
        func line(_ name: String, _ figures: Figures, isChannel: Bool = true) -> FigureLine {
            FigureLine(name, network: isChannel ? mastodon : nil, figures, now: now, words: words)
        }
        let accounts = [line("stadt@musterstadt.example", full), line("feuerwehr@musterstadt.example", Figures())]
        return FiguresPage(
            frame: frame(.figures), periods: words.choices("figures.period", of: FigureWish.Named.self, chosen: .thisWeek), from: "2026-11-16",
            until: "2026-11-22",
            title: words("figures.fromUntil", ["first": "Mo., 16. November 2026", "last": "So., 22. November 2026"]),
            exportPath: "/figures/export?period=days&from=2026-11-16&until=2026-11-22",
            all: line(words("figures.all"), channels == 0 ? Figures() : full, isChannel: false),
            channels: Array(accounts.prefix(channels)), teams: teams == 0 ? [] : [line("Verkehr", full, isChannel: false)],
            hasSmallTeams: teams > 0)
    }
}
