import Desk
import Foundation
import Networks

/// The messages of a conversation, as its page shows them.
struct MessageValues {
    let thread: Correspondence
    /// What its channel can do now.
    let abilities: Set<Capabilities.Ability>
    let authority: String
    /// Which view a deed leads back to.
    let query: String
    let visit: Visit
    let now: Date
    let words: Words

    /// - Parameter version: The number of the newest event that these messages surely hold.
    func messages(version: Int64) -> MessageThread {
        MessageThread(
            conversationID: "\(thread.conversation.id)", version: "\(version)", context: thread.root.map { [context($0)] } ?? [],
            messages: thread.entries.flatMap { $0.above.map(context) + [message($0)] }, hasEarlier: thread.hasEarlier)
    }

    private func context(_ context: Context) -> MessageValue {
        MessageValue(context, authority: authority, now: now, words)
    }

    private func message(_ entry: Correspondence.Entry) -> MessageValue {
        let message = entry.message
        return MessageValue(
            id: "\(message.id)", query: query, kind: kind(message), author: author(entry),
            handle: message.direction == .in && !thread.citizen.handle.isEmpty && entry.author != thread.citizen.handle
                ? thread.citizen.handle : nil,
            time: words.moment(message.direction == .in ? message.receivedAt : message.writtenAt, now: now),
            editedAt: message.editedAt.map { words.moment($0, now: now) },
            earlier: entry.earlier.map {
                EarlierVersion(time: words.moment($0.writtenAt, now: now), warning: $0.warning, body: TextPiece.body(of: $0.text))
            },
            removed: removed(message), warning: message.warning,
            body: TextPiece.body(of: message.text.withoutUs(thread.channel.handle), emoji: emoji(entry.media)), language: message.language,
            audience: message.audience, media: entry.media.filter { $0.kind != .emoji }.map(MediaValue.init),
            poll: message.poll.map { PollValue($0, now: now, words: words) }, answered: message.answeredBy.map { words("message.answered.\($0.rawValue)") },
            reactions: words.reactions(likes: message.likes, shares: message.shares),
            // Of an answer of ours its delivery says where it stands.
            url: message.removedAt == nil && !entry.deliveries.contains { $0.act == .reply } ? message.url : nil,
            deliveries: DeliveryValues(thread: thread, visit: visit, now: now, words: words).values(of: entry), deeds: deeds(entry))
    }

    private func kind(_ message: Message) -> MessageValue.Kind {
        switch message.direction {
        case .in: .inbound
        case .note: .note
        case .out: message.colleague == nil ? .native : .outbound
        }
    }

    private func author(_ entry: Correspondence.Entry) -> String {
        if entry.message.direction == .out, entry.message.colleague == nil { return words("message.ourselves") }
        return entry.author.flatMap { $0.isEmpty ? nil : $0 } ?? "·"
    }

    private func removed(_ message: Message) -> String? {
        guard let at = message.removedAt else { return nil }
        let time = ["time": words.moment(at, now: now).text]
        return switch message.removedBy {
        case .erasure: words("message.removed.erased", time)
        case .colleague, .withdrawal: words("message.removed.own", time)
        case .network, nil: words("message.removed.network", time)
        }
    }

    /// Those that are here; the others stay the codes they are.
    private func emoji(_ media: [Media]) -> [String: String] {
        let here = media.filter { $0.kind == .emoji && $0.state == .stored }
        return Dictionary(here.compactMap { one in one.name.map { ($0, "/media/\(one.id)") } }) { first, _ in first }
    }

    private func deeds(_ entry: Correspondence.Entry) -> MessageDeeds {
        let message = entry.message
        guard visit.isEditor, message.localID != nil, message.removedAt == nil else { return MessageDeeds() }
        let (isTheirs, isOurs) = (message.direction == .in, message.direction == .out && !entry.isChanging)
        let likes = isTheirs && abilities.contains(.like)
        return MessageDeeds(
            canLike: likes && !message.isLiked, isLiked: likes && message.isLiked, canEdit: isOurs && abilities.contains(.editOwn),
            canDelete: isOurs && abilities.contains(.deleteOwn))
    }
}

extension PollValue {
    init(_ poll: Poll, now: Date, words: Words) {
        self.init(
            options: poll.options.map { Option(title: $0.title, votes: $0.votes.map { words.count("poll.votes", $0) }) },
            endsAt: poll.endsAt.map { words.moment($0, now: now) }, allowsMany: poll.allowsMany)
    }
}
