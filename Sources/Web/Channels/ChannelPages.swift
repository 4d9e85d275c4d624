import Desk
import Foundation
import Networks

/// Makes the pages of channels.
struct ChannelPages: Sendable {
    let desk: Desk
    let pages: Pages

    func list(for visit: Visit) async throws -> ChannelsPage {
        let words = pages.words(visit.language)
        let lines = try await desk.channels.all().map { line($0, words) }
        let flashes = desk.files.hasRoom ? [] : [words.warning("diskLow")]
        return ChannelsPage(frame: pages.frame(visit, .channels, flashes: flashes), channels: lines, canConnect: visit.isAdmin)
    }

    func line(_ channel: Channel, _ words: Words) -> ChannelLine {
        let now = desk.clock.now()
        let completeness = channel.reconciledAt.map { words("channel.completeUntil", ["time": words.moment($0, now: now).text]) }
        return ChannelLine(
            id: "\(channel.id)", network: NetworkBadge(channel.network), account: channel.handle,
            completeness: completeness ?? words("channel.notYet"), warnings: channel.warnings(at: now).count, words: words)
    }

    func page(of id: ID<Channel>, for visit: Visit) async throws -> ChannelPage {
        let words = pages.words(visit.language)
        let (channel, now) = (try await desk.channels.channel(id), desk.clock.now())
        let can = try await desk.channels.capabilities(of: channel)
        let notUnderstood = try await desk.channels.notUnderstood(on: id)
        let progress = try await desk.channels.importProgress(of: channel)
        return ChannelPage(
            frame: pages.frame(visit, .channels), id: "\(id)", network: NetworkBadge(channel.network), account: channel.handle,
            url: channel.page,
            server: channel.server, health: health(of: channel, isStreaming: can?.streams ?? false, words),
            warnings: warnings(of: channel, can, words), progress: progress.map { words.count("channel.progress", $0) },
            abilities: Capabilities.Ability.allCases.filter { can?.can($0) ?? false }.map { words("ability.\($0)") },
            missing: missing(can, channel, words),
            notUnderstood: notUnderstood.map { NotUnderstoodLine(time: words.moment($0.receivedAt, now: now), reason: $0.why) },
            notUnderstoodCount: notUnderstood.isEmpty ? nil : words.count("channel.notUnderstoodCount", notUnderstood.count),
            canReconnect: visit.isAdmin, canDisconnect: visit.isAdmin && channel.state != .disconnected)
    }

    private func missing(_ can: Capabilities?, _ channel: Channel, _ words: Words) -> [String] {
        let named = (can?.missing ?? []).map { words.ifWritten("missing.\($0.replacing("/", with: "."))") ?? $0 }
        return named + Capabilities.Ability.allCases.filter(channel.lacks.contains).map { words("ability.\($0)") }
    }

    private func warnings(of channel: Channel, _ can: Capabilities?, _ words: Words) -> [Flash] {
        let now = desk.clock.now()
        var warnings = channel.warnings(at: now).map { words.flash($0, now: now) }
        guard channel.state == .connected else { return warnings }
        if can == nil { warnings.insert(words.warning("keyLost"), at: 0) }
        if let can, !can.can(.publicReply) { warnings.append(words.warning("cannotAnswer")) }
        return warnings
    }

    private func health(of channel: Channel, isStreaming: Bool, _ words: Words) -> Health {
        let now = desk.clock.now()
        let reach = channel.reachFrom.map { Int((now.timeIntervalSince($0) / 86400).rounded()) } ?? 0
        return Health(
            completeUntil: channel.reconciledAt.map { words.moment($0, now: now) }, reachDays: reach,
            lastReceived: channel.heardAt.map { words.moment($0, now: now) }, isStreaming: isStreaming,
            connectedSince: words.moment(channel.connectedAt, now: now), words: words)
    }

    /// - Parameter id: The channel that is connected anew; `nil` for a new one.
    func connect(
        _ id: ID<Channel>? = nil, server: String = "", withToken: Bool = false, flashes: [Flash] = [], for visit: Visit
    ) async throws -> ConnectMastodonPage {
        let channel = try await channel(id)
        return ConnectMastodonPage(
            frame: pages.frame(visit, .channels, flashes: flashes), server: server.isEmpty ? channel?.server ?? "" : server,
            withToken: withToken, reconnects: channel?.handle, channelID: channel.map { "\($0.id)" })
    }

    private func channel(_ id: ID<Channel>?) async throws -> Channel? {
        guard let id else { return nil }
        return try await desk.channels.channel(id)
    }
}

extension Channel {
    /// Where its account shows itself; `nil` where its name is no address.
    fileprivate var page: String? { account.hasPrefix("https://") || account.hasPrefix("http://") ? account : nil }

    /// The host of its account's handle.
    var server: String { handle.split(separator: "@").last.map(String.init) ?? "" }
}
