import Desk
import Foundation
import Hummingbird

/// A conversation, and what is done with it as a whole.
struct ConversationRoutes {
    let desk: Desk
    let pages: Pages
    let conversations: ConversationPages

    func addReading(to routes: some RouterMethods<Visit>) {
        routes.get("conversations/:id", use: show)
        routes.get("conversations/:id/pane", use: showPane)
        // A refused form's page stands under its deed's address; asked for again, that leads to the conversation.
        for deed in ["replies", "draft", "draft/media", "draft/snippet", "notes", "closure", "reopening", "assignment", "follow-up", "lease", "telephone", "there", "alarm", "alarm/dismissal", "redirect"] {
            routes.get("conversations/:id/\(deed)") { request, visit in
                Response.seeOther("/conversations/\(try visit.id() as ID<Conversation>)\(InboxLists.Wish(request).query)")
            }
        }
    }

    func addEditing(to routes: some RouterMethods<Visit>) {
        routes.post("conversations/:id/closure", use: close)
        routes.post("conversations/:id/reopening", use: reopen)
        routes.post("conversations/:id/assignment", use: assign)
        routes.post("conversations/:id/notes", use: note)
        routes.post("conversations/:id/follow-up", use: followUp)
        routes.post("conversations/:id/follow-up/removal", use: dropFollowUp)
        routes.post("conversations/:id/telephone", use: noteTelephone)
        routes.post("conversations/:id/there", use: noteThere)
    }

    @Sendable func show(_ request: Request, visit: Visit) async throws -> Response {
        try await conversations.page(try visit.id(), request, for: visit)
    }

    @Sendable func showPane(_ request: Request, visit: Visit) async throws -> Response {
        pages.show("conversation/pane", try await conversations.pane(try visit.id(), request, for: visit), in: visit.language)
    }

    @Sendable func close(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let closing: Conversation.Closing = try form.choice("reason")
        let (seen, token) = (ID<Message>(form["seen"]), try form.token())
        let done = closing == .answered ? "closed" : form["like"] == "yes" ? "closedWithLike" : "closedWithoutAnswer"
        let undo = "/closures/\(token)/removal\(InboxLists.Wish(request).query)"
        return try await conversations.goOn(from: id, request, visit, done: done, undo: undo) {
            try await desk.conversations.close(id, closing, seen: seen, token: token, by: visit.me, at: desk.clock.now())
            if form["like"] == "yes" {
                _ = try await desk.replies.like([seen].compactMap(\.self), token: token, by: visit.me, at: desk.clock.now())
            }
        }
    }

    @Sendable func reopen(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Conversation> = try visit.id()
        return try await conversations.stay(id, request, visit, done: "reopened") {
            try await desk.conversations.reopen(id, by: visit.me, at: desk.clock.now())
        }
    }

    @Sendable func assign(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let assignee = try form.assignee(me: visit.me)
        let name = try await nameOfAssignee(assignee)
        let done =
            switch assignee {
            case .all, .whoHadIt: "unassigned"
            case .colleague(let id): id == visit.me ? "taken" : "assigned"
            case .team: "givenToTeam"
            }
        return try await conversations.stay(id, request, visit, done: done, ["name": name]) {
            try await desk.conversations.assign(id, to: assignee, by: visit.me, at: desk.clock.now())
        }
    }

    @Sendable func followUp(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        guard let day = CivilDay(form["day"]) else {
            return try await conversations.stay(id, request, visit, done: nil) { throw Refusal.dayInvalid }
        }
        let undo = "/conversations/\(id)/follow-up/removal\(InboxLists.Wish(request).query)"
        return try await conversations.goOn(from: id, request, visit, done: "followUpSet", undo: undo) {
            try await desk.conversations.followUp(
                id, on: day, seen: ID<Message>(form["seen"]), by: visit.me, at: desk.clock.now())
        }
    }

    @Sendable func dropFollowUp(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Conversation> = try visit.id()
        return try await conversations.stay(id, request, visit, done: "followUpDropped") {
            try await desk.conversations.dropFollowUp(id, by: visit.me, at: desk.clock.now())
        }
    }

    @Sendable func noteTelephone(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let typed = OtherAnswerForm(office: form["office"], said: form["said"], day: form["day"], time: form["time"])
        return try await conversations.goOn(from: id, request, visit, typed: .init(telephone: typed), done: "answeredByTelephone", undo: nil) {
            guard let day = CivilDay(form["day"]), let minutes = form.minutes("time") else { throw Refusal.dayInvalid }
            let at = day.time(minutes, in: pages.words(visit.language).clock.calendar.timeZone)
            try await desk.conversations.note(
                .telephone(office: form["office"], said: form["said"], at: at), in: id, seen: ID<Message>(form["seen"]), by: visit.me,
                at: desk.clock.now())
        }
    }

    @Sendable func noteThere(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        return try await conversations.goOn(from: id, request, visit, done: "answeredThere", undo: nil) {
            try await desk.conversations.note(.there, in: id, seen: ID<Message>(form["seen"]), by: visit.me, at: desk.clock.now())
        }
    }

    private func nameOfAssignee(_ assignee: Assignee) async throws -> String {
        switch assignee {
        case .all, .whoHadIt: ""
        case .colleague(let id): try await desk.team.colleague(id).name
        case .team(let id): try await desk.teams.team(id).name
        }
    }

    @Sendable func note(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        return try await conversations.stay(id, request, visit, typed: .init(note: form["text"]), done: "noted") {
            try await desk.replies.note(form["text"], in: id, by: visit.me, at: desk.clock.now())
        }
    }
}

extension Form {
    /// Whom something is given to: `me`, a colleague's id, `team-` and a team's; nothing gives it back to all.
    func assignee(me: ID<Colleague>) throws -> Assignee {
        let value = self["colleague"]
        switch value {
        case "": return .all
        case "me": return .colleague(me)
        default:
            guard value.hasPrefix("team-") else { return .colleague(try id("colleague")) }
            guard let team = ID<NamedTeam>(value.dropFirst(5)) else { throw Malformed() }
            return .team(team)
        }
    }
}
