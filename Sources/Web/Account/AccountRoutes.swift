import Desk
import Foundation
import Hummingbird

/// A colleague's own account.
struct AccountRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("account") { _, visit in try await show(visit) }
        routes.post("account/settings", use: changeSettings)
        routes.post("account/password", use: changePassword)
        routes.post("account/sessions/:id/end", use: endSession)
        routes.post("account/hand-back", use: handBack)
        routes.post("sign-out", use: signOut)
    }

    @Sendable func changeSettings(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        let language: Language = try form.choice("language")
        let wish = Preferences(
            language: language.rawValue, density: try form.choice("density"), usesKeys: form["keys"] == "yes",
            signature: form["signs"] == "yes" ? form["signature"] : nil)
        do {
            try await desk.team.prefer(wish, for: visit.me)
            return pages.seeOther("/account", done: "settingsChanged")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, typed: wish, refusal)
        }
    }

    @Sendable func changePassword(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        do {
            try await desk.team.choose(
                password: form["new"], old: form["current"], for: visit.me, keeping: visit.session, at: desk.clock.now())
            return pages.seeOther("/account", done: "passwordChanged")
        } catch let refusal as Refusal where refusal.isForTheForm {
            return try await show(visit, refusal)
        }
    }

    @Sendable func handBack(_ request: Request, visit: Visit) async throws -> Response {
        let tally = try await desk.conversations.handBack(of: visit.me, by: visit.me, at: desk.clock.now())
        return pages.seeOther("/account", handedBack: tally)
    }

    @Sendable func endSession(_ request: Request, visit: Visit) async throws -> Response {
        let session: ID<Team.Session> = try visit.id()
        guard try await desk.team.sessions(of: visit.me, at: desk.clock.now()).contains(where: { $0.id == session }) else {
            throw Refusal.notFound
        }
        try await desk.team.endSessions(of: visit.me, session, by: .colleague(visit.me), at: desk.clock.now())
        return pages.seeOther("/account", done: "sessionEnded")
    }

    /// Who has no password would be locked out: they are asked first.
    @Sendable func signOut(_ request: Request, visit: Visit) async throws -> Response {
        let form = try await Form(request)
        guard visit.colleague.hasPassword || form["anyway"] == "yes" else { return .seeOther("/account") }
        try await desk.team.signOut(session: visit.token)
        return pages.seeOther("/signin", done: "signedOut").with(pages.cookies.end())
    }

    /// - Parameter typed: Settings that were refused.
    func show(_ visit: Visit, typed: Preferences? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let page = AccountPage(
            frame: pages.frame(visit, .account, flashes: refusal.map { [pages.flash($0, to: visit)] } ?? []), email: visit.colleague.email,
            role: visit.colleague.role.rawValue,
            settings: SettingsForm(typed ?? visit.colleague.preferences, name: visit.colleague.name, words: pages.words(visit.language)),
            sessions: try await sessions(visit), hasPassword: visit.colleague.hasPassword,
            minimumPassword: Team.minimumPassword, secondFactor: try await secondFactor(visit),
            load: visit.isEditor ? try await desk.conversations.load(of: visit.me) : 0, words: pages.words(visit.language))
        return pages.show("account/page", page, to: visit, status: refusal?.status ?? .ok)
    }

    private func secondFactor(_ visit: Visit) async throws -> SecondFactorLine? {
        let words = pages.words(visit.language)
        return try await desk.team.secondFactor(of: visit.me).map {
            SecondFactorLine(since: words.moment($0.since, now: desk.clock.now()), codesLeft: $0.recoveryCodesLeft, words: words)
        }
    }

    private func sessions(_ visit: Visit) async throws -> [SessionLine] {
        let (words, now) = (pages.words(visit.language), desk.clock.now())
        return try await desk.team.sessions(of: visit.me, at: now).map {
            SessionLine(
                id: "\($0.id)", device: $0.device.isEmpty ? words("account.session.unknownDevice") : $0.device,
                begun: words.moment($0.beganAt, now: now), expires: words.moment($0.expiresAt, now: now), isThis: $0.id == visit.session)
        }
    }
}

extension Pages {
    func seeOther(_ path: String, handedBack tally: Conversations.Tally) -> Response {
        seeOther(path, done: "handedBack.\(tally.done == 1 ? "one" : "other")", ["count": "\(tally.done)"])
    }
}
