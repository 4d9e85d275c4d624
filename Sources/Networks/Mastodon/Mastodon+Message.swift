import Foundation

extension Mastodon {
    /// A post in neutral words.
    func message(_ status: MastodonStatus) throws(NotUnderstood) -> InboundMessage {
        guard let localID = status.id else { throw NotUnderstood("a post without an id") }
        let isOurs = status.author?.id == account.id
        let emoji = status.emoji + (status.author?.emoji ?? [])
        return InboundMessage(
            object: object(of: status), localID: localID, author: author(of: status), isOurs: isOurs, text: text(of: status),
            warning: status.warning, isSensitive: status.isSensitive, visibility: Self.visibility(status.visibility),
            networkVisibility: status.visibility?.cleanedLine.cut(to: 40) ?? "direct", language: Self.language(status.language),
            parentLocalID: status.parentID, answersUs: !isOurs && status.parentAuthorID == account.id,
            mentionsUs: status.mentions.contains { $0.id == account.id },
            mentions: status.mentions.filter { $0.id != account.id }.compactMap { $0.acct.map(handle) },
            url: status.url.flatMap(webAddress), writtenAt: networkTime(status.createdAt) ?? Date(timeIntervalSince1970: 0),
            editedAt: networkTime(status.editedAt), media: status.media.prefix(50).map(Self.media), poll: status.poll.map(Self.poll),
            emoji: emoji.compactMap(Self.emoji), replies: status.replies, likes: status.likes, shares: status.shares)
    }

    func text(of status: MastodonStatus) -> String {
        var handles: [String: String] = [:]
        for mention in status.mentions {
            if let url = mention.url, let acct = mention.acct { handles[url] = handle(acct) }
        }
        // Longer than anybody writes; the parser's time grows with the square of what a tag holds.
        return PlainText.from(html: (status.content ?? "").cut(to: 100_000), mentions: handles)
    }

    func author(_ author: MastodonStatus.Account) -> Author {
        let handle = author.acct.map(handle) ?? "unknown@\(account.server.domain)"
        let name = author.displayName?.cleanedLine.cut(to: 500) ?? ""
        return Author(
            object: object(of: author), localID: author.id ?? "", handle: handle, displayName: name.isVisible ? name : handle,
            avatarURL: author.avatar.flatMap(webAddress), profileURL: author.url.flatMap(webAddress), isBot: author.isBot)
    }

    /// Somebody wrote it, even where the server doesn't tell who: then each such post has an author of its own.
    private func author(of status: MastodonStatus) -> Author {
        if let author = status.author { return self.author(author) }
        let object = object(of: status)
        let handle = "unknown@\(URLComponents(string: object)?.host ?? account.server.domain)"
        return Author(object: "\(object)#author", localID: "", handle: handle, displayName: handle)
    }

    /// What we don't know is private: a private question must never be answered in public.
    static func visibility(_ word: String?) -> Visibility { audience(word) == .everybody ? .public : .private }

    static func audience(_ word: String?) -> Audience {
        switch word {
        case "public", "unlisted": .everybody
        case "private": .followers
        default: .named
        }
    }

    private static func language(_ tag: String?) -> String? {
        guard let tag, tag.utf8.count <= 35 else { return nil }
        return tag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } ? tag : nil
    }

    private static func media(_ media: MastodonStatus.Media) -> InboundMedia {
        let kind: InboundMedia.Kind =
            switch media.type {
            case "image": .image
            case "video", "gifv": .video
            case "audio": .audio
            default: .file
            }
        return InboundMedia(kind: kind, url: media.url.flatMap(webAddress), altText: media.description)
    }

    private static func poll(_ poll: MastodonStatus.Poll) -> Poll {
        let options = poll.options.map { Poll.Option(title: $0.title.cleanedLine, votes: $0.votes) }
        return Poll(options: options, endsAt: networkTime(poll.expiresAt), allowsMany: poll.allowsMany)
    }

    private static func emoji(_ emoji: MastodonStatus.Emoji) -> CustomEmoji? {
        webAddress(emoji.url).map { CustomEmoji(shortcode: emoji.shortcode.cleanedLine, url: $0) }
    }
}
