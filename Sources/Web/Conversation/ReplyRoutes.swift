import Desk
import Foundation
import Hummingbird

/// Drafting and sending an answer.
struct ReplyRoutes {
    let desk: Desk
    let pages: Pages
    let conversations: ConversationPages

    func add(to routes: some RouterMethods<Visit>) {
        routes.post("conversations/:id/replies", use: send)
        routes.post("conversations/:id/lease", use: takeOver)
        routes.put("conversations/:id/draft", use: keepDraft)
        routes.post("conversations/:id/draft", use: saveDraft)
        routes.post("conversations/:id/draft/media", use: attach)
        routes.post("conversations/:id/draft/media/:media/removal", use: detach)
    }

    /// A file that was chosen and not attached yet goes with it: nobody means to send without.
    @Sendable func send(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Conversation> = try visit.id()
        let form = try await Form(request, upTo: try await uploadLimit(id))
        let letter: Replies.Letter
        do { letter = try Replies.Letter(form) } catch let refusal as Refusal {
            return try await conversations.stay(id, request, visit, typed: form.typedReply, done: nil) { throw refusal }
        }
        func send() async throws {
            if let file = form.file { try await attach(file, form, to: id, visit) }
            try await desk.replies.send(letter, in: id, by: visit.me, at: desk.clock.now())
        }
        guard letter.closes else {
            return try await conversations.stay(id, request, visit, typed: form.typedReply, done: nil, [:], send)
        }
        let undo = "/replies/\(letter.token)/withdrawal\(InboxLists.Wish(request).query)"
        return try await conversations.goOn(from: id, request, visit, typed: form.typedReply, done: letter.followUp == nil ? "sent" : "sentHolding", undo: undo, send)
    }

    @Sendable func takeOver(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Conversation> = try visit.id()
        return try await conversations.stay(id, request, visit, done: "takenOver") {
            try await desk.replies.takeOver(id, by: visit.me, at: desk.clock.now())
        }
    }

    private func attach(_ file: UploadedFile, _ form: Form, to id: ID<Conversation>, _ visit: Visit) async throws {
        let now = desk.clock.now()
        _ = try await desk.replies.save(form["text"], warning: form.warning, in: id, token: form["token"], by: visit.me, at: now)
        try await desk.replies.attach(
            file.bytes, name: file.name, type: file.type, altText: form["altText"], to: id, token: form["token"], by: visit.me, at: now)
    }

    /// What is being written, without a page: 409 where a colleague is answering already.
    @Sendable func keepDraft(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let isMine = try await save(form, in: id, for: visit)
        return Response(status: isMine ? .noContent : .conflict)
    }

    @Sendable func saveDraft(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        return try await conversations.stay(id, request, visit, typed: form.typedReply, done: "draftSaved") {
            _ = try await save(form, in: id, for: visit)
        }
    }

    /// Who writes takes the lease on answering, and gives it back with an empty text.
    /// - Returns: Whether nobody else has it.
    private func save(_ form: Form, in id: ID<Conversation>, for visit: Visit) async throws -> Bool {
        let now = desk.clock.now()
        let isCurrent = try await desk.replies.save(
            form["text"], warning: form.warning, in: id, token: form["token"], by: visit.me, at: now)
        guard isCurrent else { return true }
        guard !form["text"].isEmpty else {
            try await desk.replies.giveLeaseBack(on: id, by: visit.me)
            return true
        }
        let lease = try await desk.replies.takeLease(on: id, by: visit.me, at: now)
        return lease == nil || lease?.colleague == visit.me
    }

    @Sendable func attach(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Conversation> = try visit.id()
        let form = try await Form(request, upTo: try await uploadLimit(id))
        return try await conversations.stay(id, request, visit, typed: form.typedReply, done: "fileAdded") {
            _ = try await save(form, in: id, for: visit)
            guard let file = form.file else { throw Refusal.mediaKind }
            try await attach(file, form, to: id, visit)
        }
    }

    /// What the channel takes, and room for the rest of the form: a file that is a little too large is refused in words.
    private func uploadLimit(_ id: ID<Conversation>) async throws -> Int {
        let channel = try await desk.conversations.thread(id, limit: 1).channel
        let largest = try await desk.channels.capabilities(of: channel)?.maxImageSize ?? 0
        return min(largest, 32 << 20) * 2 + Form.maxBytes
    }

    @Sendable func detach(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let media: ID<Media> = try visit.id("media")
        return try await conversations.stay(id, request, visit, typed: form.typedReply, done: "fileRemoved") {
            _ = try await save(form, in: id, for: visit)
            try await desk.replies.detach(media, from: id, by: visit.me, at: desk.clock.now())
        }
    }
}

extension Form {
    fileprivate var warning: String? { self["warning"].isEmpty ? nil : self["warning"] }
    /// Of a holding reply.
    fileprivate var promisedDay: CivilDay? {
        get throws {
            guard self["mode"] == "holding" else { return nil }
            guard let day = CivilDay(self["day"]) else { throw Refusal.followUpMissing }
            return day
        }
    }
    fileprivate var typedReply: Composers.Typed {
        Composers.Typed(
            reply: self["text"], warning: warning, altText: file == nil ? nil : self["altText"], isHolding: self["mode"] == "holding")
    }
}

extension Replies.Seen {
    init(_ form: Form) throws {
        guard let revision = Int(form["answeringVersion"]) else { throw Form.Malformed() }
        let answer: ID<Message>? = form["lastAnswer"].isEmpty ? nil : try form.id("lastAnswer")
        self.init(message: try form.id("answering"), revision: revision, answer: answer)
    }
}

extension Replies.Letter {
    /// What a colleague wrote, and what they saw when they did.
    init(_ form: Form) throws {
        self.init(
            text: form["text"], warning: form["warning"], seen: try Replies.Seen(form), mayBeSplit: form["split"] == "yes",
            followUp: try form.promisedDay, closes: form["then"] != "stay",
            token: try form.token())
    }
}
