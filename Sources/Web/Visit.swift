import Desk
import Hummingbird

/// A request of somebody who is signed in.
struct Visit: ChildRequestContext {
    var coreContext: CoreRequestContextStorage
    let colleague: Colleague
    let session: ID<Team.Session>
    let token: String
    let head: Int64
    let calls: [Alarm.Call]
    let note: Note?
    let language: Language
    /// Where it comes from, to slow down guesses.
    let machine: String

    init(context: Caller) throws {
        guard let signedIn = context.signedIn else { throw SignInNeeded() }
        coreContext = context.coreContext
        colleague = signedIn.colleague
        session = signedIn.session
        token = signedIn.token
        head = signedIn.head
        calls = signedIn.calls
        note = context.note
        language = context.language
        machine = context.machine
    }

    var me: ID<Colleague> { colleague.id }
    var isEditor: Bool { colleague.role.covers(.editor) }
    var isDutyEditor: Bool { colleague.role.covers(.dutyEditor) }
    var isAdmin: Bool { colleague.role.covers(.admin) }

    /// - Throws: `Refusal.notFound` where the path holds no number the database could have given.
    func id<Of>(_ name: String = "id") throws -> ID<Of> {
        guard let id = parameters.get(name).flatMap({ ID<Of>($0[...]) }) else { throw Refusal.notFound }
        return id
    }
}

/// Lets only those pass whose role covers this one. The desk checks each deed again.
struct Demand: RouterMiddleware {
    let role: Colleague.Role

    typealias Context = Visit

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws -> Response {
        guard context.colleague.role.covers(role) else { throw Refusal.notAllowed }
        return try await next(request, context)
    }
}

extension Pages {
    func frame(_ visit: Visit, _ place: Frame.Place, flashes: [Flash] = []) -> Frame {
        let note = visit.note?.flash(in: words(visit.language))
        return Frame(
            language: visit.language, authority: plate.lastKnown?.name ?? "", assets: assets.version,
            myself: .init(
                id: "\(visit.me)", name: visit.colleague.name, isEditor: visit.isEditor, seesTeam: visit.isDutyEditor,
                isAiry: visit.colleague.preferences.density == .airy, usesKeys: visit.colleague.preferences.usesKeys), place: place,
            live: "\(visit.head)", alarms: AlarmCalls(visit.calls, canTakeOver: visit.isEditor, pages: self, words: words(visit.language)),
            flashes: (note.map { [$0] } ?? []) + flashes)
    }

    /// A whole page of the desk; the notice it shows is taken off.
    func show(_ view: String, _ value: some PageValue, to visit: Visit, status: HTTPResponse.Status = .ok) -> Response {
        let response = show(view, value, in: visit.language, status: status)
        return visit.note == nil ? response : response.with(cookies.takeNote())
    }

    /// Goes on to a page that says what was done.
    /// - Parameter undo: Where that can be made undone.
    func seeOther(_ path: String, done name: String, _ values: [String: String] = [:], undo: String? = nil) -> Response {
        .seeOther(path).with(cookies.leave(Note(name: name, values: values, undo: undo)))
    }

    func flash(_ refusal: Refusal, to visit: Visit) -> Flash {
        words(visit.language).flash(refusal, now: clock.now())
    }
}

extension Refusal {
    /// How it stands in HTTP.
    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .notAllowed: .forbidden
        case .linkUsedUp: .gone
        case .tooManyGuesses, .tooManyCodes: .tooManyRequests
        case .leaseHeld, .alarmTaken, .teamNameTaken, .answeredMeanwhile, .textChanged, .messageGone, .alreadyClosed, .alreadyOpen, .wroteMeanwhile, .tooLateToTakeBack, .alreadySettled,
            .emailTaken, .lastAdmin, .alreadySetUp, .nobodyHasAnswered, .channelNotConnected, .secondFactorIsOn, .secondFactorIsOff: .conflict
        default: .unprocessableContent
        }
    }

    /// Whether the page it came from can say it. The others have pages of their own.
    var isForTheForm: Bool { self != .notFound && self != .notAllowed }
}
