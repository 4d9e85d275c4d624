import Desk
import Foundation
import Hummingbird

/// Emergencies: taken over, marked by hand, dismissed, answered with a text that is kept ready.
struct AlarmRoutes {
    let desk: Desk
    let pages: Pages
    let conversations: ConversationPages

    func addReading(to routes: some RouterMethods<Visit>) {
        routes.get("alarms/calls", use: showCalls)
        // A refused one shows the conversation under its own address; asked for again, that leads to the conversation.
        routes.get("alarms/:id/takeover") { request, visit in
            Response.seeOther("/conversations/\(try await desk.alarms.conversation(of: try visit.id()))\(InboxLists.Wish(request).query)")
        }
    }

    func addEditing(to routes: some RouterMethods<Visit>) {
        routes.post("alarms/:id/takeover", use: takeOver)
        routes.post("conversations/:id/alarm", use: raise)
        routes.post("conversations/:id/alarm/dismissal", use: dismiss)
        routes.post("conversations/:id/redirect", use: redirect)
    }

    @Sendable func showCalls(_ request: Request, visit: Visit) async throws -> Response {
        let calls = AlarmCalls(visit.calls, canTakeOver: visit.isEditor, pages: pages, words: pages.words(visit.language))
        return pages.show("alarm/calls", calls, in: visit.language)
    }

    @Sendable func takeOver(_ request: Request, visit: Visit) async throws -> Response {
        let alarm: ID<Alarm> = try visit.id()
        let home = try await desk.alarms.conversation(of: alarm)
        return try await conversations.stay(home, request, visit, done: "alarmTaken") {
            try await desk.alarms.takeOver(alarm, by: visit.me, at: desk.clock.now())
        }
    }

    @Sendable func raise(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let danger: Danger = try form.choice("danger")
        return try await conversations.stay(id, request, visit, done: "alarmRaised") {
            try await desk.alarms.raise(danger, in: id, by: visit.me, at: desk.clock.now())
        }
    }

    @Sendable func dismiss(_ request: Request, visit: Visit) async throws -> Response {
        let id: ID<Conversation> = try visit.id()
        return try await conversations.stay(id, request, visit, done: "alarmDismissed") {
            try await desk.alarms.dismiss(in: id, by: visit.me, at: desk.clock.now())
        }
    }

    @Sendable func redirect(_ request: Request, visit: Visit) async throws -> Response {
        let (id, form) = (try visit.id() as ID<Conversation>, try await Form(request))
        let text = try await desk.redirectTexts.text(try form.id("redirect"))
        let letter = Replies.Letter(text: text.text, seen: try Replies.Seen(form), isRedirect: true, token: try form.token())
        return try await conversations.stay(id, request, visit, done: nil) {
            try await desk.replies.send(letter, in: id, by: visit.me, at: desk.clock.now())
        }
    }
}
