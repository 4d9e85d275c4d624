import Foundation

@testable import Web

/// One page as it could look in Musterstadt, for one language.
struct Sample {
    /// Of the file it is written to: `inbox-open`.
    let name: String
    /// The view it is rendered with.
    let view: String
    let value: any PageValue
}

/// Makes all samples of one language. Together they show every view and every branch of it.
struct SampleTown {
    let words: Words
    let assets: String
    /// A Tuesday afternoon.
    let now = Date(timeIntervalSince1970: 1_794_920_640)

    var language: Language { words.language }

    func ago(_ minutes: Double) -> Date { now.addingTimeInterval(-minutes * 60) }
    func moment(_ minutes: Double) -> Moment { words.moment(ago(minutes), now: now) }

    func frame(
        _ place: Frame.Place, isEditor: Bool = true, seesTeam: Bool = true, isAiry: Bool = false, alarms: AlarmCalls = AlarmCalls([]),
        flashes: [Flash] = []
    ) -> Frame {
        Frame(
            language: language, authority: "Stadt Musterstadt", assets: assets,
            myself: .init(id: "7", name: "Lena Krüger", isEditor: isEditor, seesTeam: seesTeam, isAiry: isAiry, usesKeys: !isAiry), place: place,
            live: "481", alarms: alarms, flashes: flashes)
    }

    func door(_ flashes: [Flash] = []) -> Door {
        Door(language: language, authority: "Stadt Musterstadt", assets: assets, flashes: flashes)
    }

    /// Stands for every picture that somebody sent.
    var picture: String { "/assets/\(assets)/icons/favicon.svg" }

    var mastodon: NetworkBadge { NetworkBadge(code: "mastodon", name: "Mastodon") }

    var all: [Sample] { inboxes + conversations + alarms + posts + deeds + channels + people + teams + figures + doors }
}
