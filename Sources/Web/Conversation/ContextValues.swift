import Desk
import Foundation

extension MessageValue {
    /// What stands above a message, or a post by itself.
    /// - Parameter isAlone: On its own page, where everything under it is.
    init(_ context: Context, authority: String, isAlone: Bool = false, now: Date, _ words: Words) {
        let (id, kind): (String, MessageValue.Kind) =
            switch context.source {
            case .post(let id): ("post-\(id)", .post)
            case .message(let id): ("context-\(id)", .other)
            }
        self.init(
            id: id, kind: kind, author: context.author.map { $0.isEmpty ? "·" : $0 } ?? authority,
            time: words.moment(context.writtenAt, now: now),
            removed: context.removedAt.map { words("message.removed.network", ["time": words.moment($0, now: now).text]) },
            warning: context.warning, body: TextPiece.body(of: context.text), audience: context.visibility == .public ? .everybody : .named,
            media: context.media.map(MediaValue.init), poll: context.poll.map { PollValue($0, now: now, words: words) },
            reactions: words.reactions(likes: context.likes, shares: context.shares), url: context.url, postPath: isAlone ? nil : context.postPath)
    }
}

extension Context {
    /// Where everything under it is; only under our own.
    fileprivate var postPath: String? {
        if isOurs, case .post(let id) = source { "/posts/\(id)" } else { nil }
    }
}

extension Words {
    /// „2-mal geteilt, 5 Gefällt-mir“; `nil` where nobody did.
    func reactions(likes: Int, shares: Int) -> String? {
        let counts = [("message.shares", shares), ("message.likes", likes)].filter { $0.1 > 0 }
        return counts.isEmpty ? nil : list(counts.map { count($0.0, $0.1) })
    }
}

extension MediaValue {
    init(_ media: Media) {
        let state: MediaValue.State =
            switch media.state {
            case .waiting: .loading
            case .stored: .here(path: "/media/\(media.id)")
            case .failed: .missing
            case .tooLarge: .tooLarge
            }
        self.init(kind: MediaValue.Kind(rawValue: media.kind.rawValue) ?? .file, state: state, altText: media.altText)
    }
}
