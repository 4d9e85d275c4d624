import Desk
import Foundation
import Simulators
import Store

extension Musterstadt {
    /// A citizen of the town writes on their server, as clients do: the town is named in front.
    /// - Parameters:
    ///   - key: Who, by their key in `citizens.json`.
    ///   - post: What it answers.
    @discardableResult
    public func citizen(
        _ key: String = "tini", writes text: String, under post: SimulatedPost? = nil, visibility: String = "public",
        mentionsUs: Bool = true, media: [SimulatedMastodon.Attachment] = []
    ) async throws -> SimulatedPost {
        let words = mentionsUs ? "@\(town.authority.account) \(text)" : text
        return try await mastodon.post(
            as: town.citizen(key).acct, words, replyTo: post?.id, visibility: visibility, media: media)
    }

    /// The town posts something by itself, in the network's own app.
    @discardableResult
    public func posts(_ text: String) async throws -> SimulatedPost {
        try await mastodon.post(as: TownOnMastodon.account, text)
    }

    /// The conversation that a post is in, once it has arrived.
    public func thread(of post: SimulatedPost) async throws -> Correspondence {
        try await eventually("„\(post.text)“ is in a conversation") {
            guard let id = try await desk.conversation(of: post.uri) else { return nil }
            return try await desk.conversations.thread(id)
        }
    }

    /// A colleague answers what they see.
    public func reply(_ text: String, in thread: Correspondence, by colleague: ID<Colleague>) async throws {
        guard let seen = thread.seen else { throw Refusal.messageGone }
        let letter = Replies.Letter(text: text, seen: seen, token: Token.make())
        try await desk.replies.send(letter, in: thread.conversation.id, by: colleague, at: clock.now())
    }

    /// Lets the time pass in which an answer can be taken back, and waits until nothing is on its way any more.
    public func deliverEverything() async throws {
        clock.advance(by: Replies.grace + .seconds(1))
        try await eventually("everything is delivered") {
            try await desk.store.read { db in
                try db.row("SELECT 1 FROM delivery WHERE state IN ('waiting', 'claimed', 'sending') LIMIT 1") == nil
            }
        }
    }

    /// What the town said on the network, oldest first, with whom it names.
    public var answers: [SimulatedPost] {
        get async { await mastodon.timeline.filter { $0.acct == TownOnMastodon.account } }
    }
}

extension Musterstadt {
    /// Waits until it is so, and gives up after twenty seconds.
    /// - Throws: ``NeverHappened`` with the sentence.
    public func eventually(_ sentence: String, _ condition: () async throws -> Bool) async throws {
        let _: Bool = try await eventually(sentence) { try await condition() ? true : nil }
    }

    /// Waits until there is something, and gives up after twenty seconds.
    public func eventually<Value>(_ sentence: String, _ value: () async throws -> Value?) async throws -> Value {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            if let value = try await value() { return value }
            try await Task.sleep(for: .milliseconds(15))
        }
        throw NeverHappened(sentence: sentence)
    }

    /// Twenty seconds were not enough.
    public struct NeverHappened: Error, CustomStringConvertible {
        public let sentence: String
        public var description: String { "It never came true that \(sentence)." }
    }
}
