@testable import Web

extension SampleTown {
    var channels: [Sample] {
        let lines = [
            ChannelLine(
                id: "1", network: mastodon, account: "@stadt@musterstadt.example",
                completeness: words("channel.completeUntil", ["time": moment(3).text]), warnings: 0, words: words),
            ChannelLine(
                id: "2", network: mastodon, account: "@feuerwehr@musterstadt.example", completeness: words("channel.notYet"), warnings: 2,
                words: words),
        ]
        return [
            Sample(
                name: "channels", view: "channels/page", value: ChannelsPage(frame: frame(.channels), channels: lines, canConnect: true)),
            Sample(
                name: "channels-empty", view: "channels/page", value: ChannelsPage(frame: frame(.channels), channels: [], canConnect: true)),
            Sample(
                name: "channels-empty-editor", view: "channels/page",
                value: ChannelsPage(frame: frame(.channels, seesTeam: false), channels: [], canConnect: false)),
            Sample(name: "channel", view: "channels/channel", value: channel),
            Sample(name: "channel-new", view: "channels/channel", value: newChannel),
            Sample(
                name: "connect", view: "channels/connect-mastodon",
                value: ConnectMastodonPage(
                    frame: frame(.channels, flashes: [words.flash(.connecting(.notMastodon), now: now)]), server: "amt.example")),
            Sample(
                name: "reconnect", view: "channels/connect-mastodon",
                value: ConnectMastodonPage(
                    frame: frame(.channels), server: "musterstadt.example", withToken: true, reconnects: "@stadt@musterstadt.example",
                    channelID: "1")),
        ]
    }

    private var channel: ChannelPage {
        ChannelPage(
            frame: frame(.channels), id: "1", network: mastodon, account: "@stadt@musterstadt.example",
            url: "https://musterstadt.example/@stadt", server: "musterstadt.example",
            health: Health(
                completeUntil: moment(3), reachDays: 30, lastReceived: moment(2), isStreaming: true, connectedSince: moment(90000),
                words: words),
            warnings: [words.warning("tokenExpired"), words.warning("silent", ["time": moment(900).text])], progress: nil,
            abilities: ["publicReply", "privateMessage", "like"].map { words("ability.\($0)") }, missing: ["GET /api/v1/streaming"],
            notUnderstood: [NotUnderstoodLine(time: moment(70), reason: "status without an account")],
            notUnderstoodCount: words.count("channel.notUnderstoodCount", 1), canReconnect: true, canDisconnect: true)
    }

    private var newChannel: ChannelPage {
        ChannelPage(
            frame: frame(.channels, seesTeam: false), id: "2", network: mastodon, account: "@feuerwehr@musterstadt.example", url: nil,
            server: "musterstadt.example",
            health: Health(
                completeUntil: nil, reachDays: 30, lastReceived: nil, isStreaming: false, connectedSince: moment(1), words: words),
            warnings: [], progress: words.count("channel.progress", 1200), abilities: [words("ability.publicReply")], missing: [],
            notUnderstood: [], notUnderstoodCount: nil, canReconnect: false, canDisconnect: false)
    }
}
