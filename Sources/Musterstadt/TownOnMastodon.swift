import Desk
import Foundation
import Simulators

/// Musterstadt on a simulated Mastodon server: who lives there, and what they write when.
public struct TownOnMastodon: Sendable {
    /// The town's own name on its server.
    public static let account = "stadt"

    let town: Town
    let server: SimulatedMastodon
    private let story: Story

    public init(_ town: Town, on server: SimulatedMastodon) throws {
        self.town = town
        self.server = server
        story = try Story(town)
    }

    /// The server of the town, which knows all citizens from theirs. It has no request limits: a town's weekend is fetched in one go.
    public static func world(of town: Town) -> MastodonWorld {
        let authority = town.authority
        let host = authority.account.split(separator: "@").last.map(String.init) ?? authority.account
        let itself = MastodonWorld.Person(acct: account, displayName: authority.displayName, note: authority.bio)
        var world = MastodonWorld(
            domain: host, title: authority.displayName, people: [itself] + town.citizens.map(MastodonWorld.Person.init), requestLimit: nil)
        world.showsOthers = true
        return world
    }

    /// What was written before the start: the town's posts, the backlog of a weekend and the answers given in the network's own app.
    /// Told at once, oldest first, with the times at which it happened. A server that has a past keeps it.
    /// - Parameter now: The start.
    public func playPast(now: Date) async throws {
        guard await server.timeline.isEmpty else { return }
        var told = Told()
        for step in story.past { try await tell(step.deed, at: now.addingTimeInterval(step.moment), &told) }
    }

    /// What happens while the demo runs, in its own rhythm; returns after the last word. On a server that has heard a part of it
    /// already, it goes on from there.
    public func playPresent(clock: Clock) async throws {
        var told = try Told(town, await server.timeline)
        var moment = told.progress
        for step in story.present where step.moment > told.progress {
            try await clock.sleep(.seconds(step.moment - moment))
            moment = step.moment
            try await tell(step.deed, at: nil, &told)
        }
    }

    /// - Parameter time: `nil` for now, when visitors may have taken away what is spoken of here: then it is left out.
    private func tell(_ deed: Story.Deed, at time: Date?, _ told: inout Told) async throws {
        do {
            switch deed {
            case .post(let post): told[post.key] = try await publish(post, at: time)
            case .message(let message): told[message.key] = try await publish(message, told, at: time)
            case .answer(let answer, let message): try await publish(answer, to: message, told, at: time)
            case .edit(let message, let text):
                guard let post = told[message.key] else { return }
                try await server.edit(post.id, text: town.worded(text, by: message), at: time)
            case .delete(let message):
                guard let post = told[message.key] else { return }
                try await server.delete(post.id)
            }
        } catch let refusal as SimulatorRefusal {
            guard time == nil else { throw refusal }
        }
    }

    private func publish(_ post: TownPost, at time: Date?) async throws -> SimulatedPost {
        let poll = post.poll.map { SimulatedMastodon.Ballot(options: $0.options, seconds: $0.hours * 3600, votes: $0.votes) }
        return try await server.post(
            as: Self.account, post.text, language: post.language, media: try (post.media ?? []).map(Painter.attachment), poll: poll,
            at: time)
    }

    private func publish(_ message: TownMessage, _ told: Told, at time: Date?) async throws -> SimulatedPost {
        try await server.post(
            as: town.citizen(message.citizen).acct, town.worded(message.text, by: message), replyTo: message.under.flatMap { told[$0]?.id },
            visibility: message.networkVisibility, warning: message.warning ?? "", language: message.language,
            media: try (message.media ?? []).map(Painter.attachment), at: time)
    }

    /// As clients answer: in the visibility of the question, its writer named.
    private func publish(_ answer: TownAnswer, to message: TownMessage, _ told: Told, at time: Date?) async throws {
        let text = "@\(try town.citizen(message.citizen).acct) \(answer.text)"
        try await server.post(
            as: Self.account, text, replyTo: told[message.key]?.id, visibility: message.networkVisibility, warning: message.warning ?? "",
            language: message.language, at: time)
    }
}

extension Town {
    /// A citizen's words as their client sends them: the town named in front.
    func worded(_ text: String, by message: TownMessage) -> String {
        guard message.namesTheTown else { return text }
        return text.isEmpty ? "@\(authority.account)" : "@\(authority.account) \(text)"
    }
}

extension MastodonWorld.Person {
    init(_ citizen: CitizenProfile) {
        let server = citizen.acct.split(separator: "@").last.map(String.init) ?? ""
        let emojis = (citizen.emojis ?? []).map { code -> JSON in
            let picture = JSON.string("https://\(server)/emoji/\(code).png")
            return ["shortcode": .string(code), "url": picture, "static_url": picture, "visible_in_picker": true]
        }
        self.init(
            acct: citizen.acct, displayName: citizen.name, note: citizen.bio ?? "",
            overrides: ["bot": .bool(citizen.bot ?? false), "locked": .bool(citizen.locked ?? false), "emojis": .array(emojis)])
    }
}
