import Foundation

/// The world as tests, demo and page move it: writing as a citizen, looking at everything.
extension SimulatedMastodon {
    /// A file that goes with a post.
    public struct Attachment: Sendable {
        public var contentType: String
        public var bytes: [UInt8]
        public var description: String?
        /// Members that replace those of the attachment's JSON: another `url`, say.
        public var overrides: JSON?

        public init(contentType: String = "image/png", bytes: [UInt8] = TinyImage.png, description: String? = nil, overrides: JSON? = nil) {
            self.contentType = contentType
            self.bytes = bytes
            self.description = description
            self.overrides = overrides
        }
    }

    /// A poll that goes with a post.
    public struct Ballot: Sendable {
        public var options: [String]
        public var seconds: Int
        /// By option; of people whom this server doesn't list.
        public var votes: [Int]

        public init(options: [String], seconds: Int = 86_400, votes: [Int] = []) {
            self.options = options
            self.seconds = seconds
            self.votes = votes
        }
    }

    /// Writes as somebody, who joins the network with this if they are new to it.
    /// - Parameters:
    ///   - replyTo: The id of the status it answers. Nobody is mentioned for that: the text says who is.
    ///   - poll: Its options, how long it is open, and the votes by option that strangers gave already.
    ///   - overrides: Members that replace those of the status's JSON, for what no real server would send.
    ///   - time: When it was written, if that was before now. Things of the past are told oldest first.
    @discardableResult
    public func post(
        as acct: String, _ text: String, replyTo: String? = nil, visibility: String = "public", warning: String = "",
        language: String? = "de", media: [Attachment] = [], poll: Ballot? = nil, overrides: JSON? = nil, at time: Date? = nil
    ) throws -> SimulatedPost {
        try asked(at: time) {
            let author = account(named: acct) ?? join(MastodonWorld.Person(acct: acct, displayName: ""))
            guard let visibility = Status.Visibility(rawValue: visibility) else {
                throw WireRefusal.validation("Visibility is not included")
            }
            var draft = StatusDraft(text: text, warning: warning, language: language, visibility: visibility)
            draft.inReplyTo = try replyTo.map(number)
            draft.media = media.map { attach($0, of: author.id) }
            draft.poll = poll.map { PollDraft(options: $0.options, seconds: $0.seconds, strangersVotes: $0.votes) }
            draft.overrides = overrides
            return post(try publish(draft, by: author.id))
        }
    }

    @discardableResult
    public func edit(_ id: String, text: String, warning: String? = nil, at time: Date? = nil) throws -> SimulatedPost {
        try asked(at: time) {
            let status = try status(number(id))
            return post(
                try edit(status.id, by: status.account) {
                    $0.text = text
                    $0.warning = warning ?? $0.warning
                })
        }
    }

    public func delete(_ id: String) throws {
        try asked {
            let status = try status(number(id))
            _ = try remove(status.id, by: status.account)
        }
    }

    public func favourite(_ id: String, as acct: String) throws {
        try asked { _ = try favourite(number(id), by: account(called: acct).id, on: true) }
    }

    public func reblog(_ id: String, as acct: String) throws {
        try asked { _ = try reblog(number(id), by: account(called: acct).id) }
    }

    public func follow(_ acct: String, as follower: String) throws {
        try asked { try follow(account(called: acct).id, by: account(called: follower).id) }
    }

    /// Adds somebody to the network, or renames somebody.
    public func add(_ person: MastodonWorld.Person, overrides: JSON? = nil) { join(person, overrides: overrides) }

    /// A token without the way through OAuth.
    public func token(for acct: String, scopes: [String] = ["read", "write", "follow", "push"]) throws -> String {
        try asked { issue(account: try account(called: acct).id, scopes: scopes, clientID: nil).token }
    }

    /// Every token of this account dies.
    public func revokeTokens(of acct: String) throws {
        try asked { revokeAll(of: try account(called: acct).id) }
    }

    /// Everything that was ever written and not deleted, oldest first, private things too.
    public var timeline: [SimulatedPost] { index.order.compactMap { state.statuses[$0] }.filter { $0.reblogOf == nil }.map(post) }

    func post(_ status: Status) -> SimulatedPost {
        SimulatedPost(
            id: idText(status.id), uri: status.uri, url: url(of: status), acct: acct(status.account), text: status.text,
            warning: status.warning, language: status.language, visibility: status.visibility.rawValue,
            replyTo: status.inReplyTo.map(idText), mentions: status.mentions.map(acct),
            media: status.media.compactMap { state.media[$0] }.map {
                SimulatedPost.Attachment(
                    id: idText($0.id), contentType: $0.contentType, description: $0.description,
                    url: "\(base)/media/\(idText($0.id))/original")
            },
            pollOptions: status.poll.flatMap { state.polls[$0] }?.options ?? [], favouritedBy: status.favouritedBy.sorted().map(acct),
            isEdited: status.editedAt != nil, createdAt: MastodonTime.text(status.createdAt))
    }

    private func acct(_ id: Int64) -> String { state.accounts[id]?.acct ?? "" }

    /// Without the checks of an upload: a citizen's server may hold what ours would not take.
    private func attach(_ attachment: Attachment, of account: Int64) -> Int64 {
        var file = MediaFile(
            id: nextID(), account: account, contentType: attachment.contentType, bytes: Data(attachment.bytes),
            description: attachment.description)
        file.overrides = attachment.overrides
        state.media[file.id] = file
        return file.id
    }

    private func asked<Answer>(at time: Date? = nil, _ verb: () throws -> Answer) throws -> Answer {
        retold = time
        defer { retold = nil }
        do {
            return try verb()
        } catch let refusal as WireRefusal {
            throw SimulatorRefusal(refusal)
        }
    }
}
