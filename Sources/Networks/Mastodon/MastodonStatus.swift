import Foundation

/// A post as servers send it. Everything may be missing: what is needed is checked where it is used.
struct MastodonStatus: Decodable {
    let id: String?
    let uri: String?
    let url: String?
    let createdAt: String?
    let editedAt: String?
    let parentID: String?
    let parentAuthorID: String?
    let visibility: String?
    let warning: String?
    let language: String?
    let content: String?
    let isSensitive: Bool
    let author: Account?
    let media: [Media]
    let mentions: [Mention]
    let emoji: [Emoji]
    let poll: Poll?
    /// What it shares: none or one.
    let shared: [MastodonStatus]
    let replies: Int
    let shares: Int
    let likes: Int

    enum Key: String, CodingKey {
        case id, uri, url, visibility, language, content, sensitive, account, mentions, emojis, poll, reblog
        case createdAt = "created_at"
        case editedAt = "edited_at"
        case parentID = "in_reply_to_id"
        case parentAuthorID = "in_reply_to_account_id"
        case warning = "spoiler_text"
        case media = "media_attachments"
        case replies = "replies_count"
        case shares = "reblogs_count"
        case likes = "favourites_count"
    }

    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        id = box.id(.id)
        uri = box.text(.uri)
        url = box.text(.url)
        createdAt = box.text(.createdAt)
        editedAt = box.text(.editedAt)
        parentID = box.id(.parentID)
        parentAuthorID = box.id(.parentAuthorID)
        visibility = box.text(.visibility)
        warning = box.text(.warning)
        language = box.text(.language)
        content = box.maybe(.content)
        isSensitive = box.maybe(.sensitive) ?? false
        author = box.maybe(.account)
        media = box.list(.media)
        mentions = box.list(.mentions)
        emoji = box.list(.emojis)
        poll = box.maybe(.poll)
        shared = box.maybe(.reblog, as: MastodonStatus.self).map { [$0] } ?? []
        replies = box.count(.replies)
        shares = box.count(.shares)
        likes = box.count(.likes)
    }

    struct Account: Decodable {
        let id: String?
        let acct: String?
        let displayName: String?
        let url: String?
        let uri: String?
        let avatar: String?
        let isBot: Bool
        let emoji: [Emoji]

        enum Key: String, CodingKey {
            case id, acct, username, url, uri, avatar, bot, emojis
            case displayName = "display_name"
        }

        init(from decoder: any Decoder) throws {
            let box = try decoder.container(keyedBy: Key.self)
            id = box.id(.id)
            acct = box.text(.acct) ?? box.text(.username)
            displayName = box.text(.displayName)
            url = box.text(.url)
            uri = box.text(.uri)
            avatar = box.text(.avatar)
            isBot = box.maybe(.bot) ?? false
            emoji = box.list(.emojis)
        }
    }

    struct Media: Decodable {
        let id: String?
        let type: String?
        let url: String?
        let description: String?

        enum Key: String, CodingKey {
            case id, type, url, description
            case remoteURL = "remote_url"
        }

        init(from decoder: any Decoder) throws {
            let box = try decoder.container(keyedBy: Key.self)
            id = box.id(.id)
            type = box.text(.type)
            url = box.text(.url) ?? box.text(.remoteURL)
            description = box.text(.description)
        }
    }

    struct Mention: Decodable {
        let id: String?
        let acct: String?
        let url: String?

        enum Key: String, CodingKey { case id, acct, username, url }

        init(from decoder: any Decoder) throws {
            let box = try decoder.container(keyedBy: Key.self)
            id = box.id(.id)
            acct = box.text(.acct) ?? box.text(.username)
            url = box.text(.url)
        }
    }

    struct Emoji: Decodable {
        let shortcode: String
        let url: String
    }

    struct Poll: Decodable {
        let expiresAt: String?
        /// It is over: the votes will not change any more.
        let isOver: Bool
        let allowsMany: Bool
        let options: [Option]

        enum Key: String, CodingKey {
            case options
            case expiresAt = "expires_at"
            case isOver = "expired"
            case allowsMany = "multiple"
        }

        init(from decoder: any Decoder) throws {
            let box = try decoder.container(keyedBy: Key.self)
            expiresAt = box.text(.expiresAt)
            isOver = box.maybe(.isOver) ?? false
            allowsMany = box.maybe(.allowsMany) ?? false
            options = box.list(.options)
        }

        struct Option: Decodable {
            let title: String
            let votes: Int?

            enum Key: String, CodingKey {
                case title
                case votes = "votes_count"
            }

            init(from decoder: any Decoder) throws {
                let box = try decoder.container(keyedBy: Key.self)
                title = box.text(.title) ?? ""
                votes = box.maybe(.votes)
            }
        }
    }
}
