import Desk
import Foundation
import Hummingbird

/// Who asks, as far as the gate found out. The first middleware fills it in.
struct Caller: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection; `nil` where there is none.
    let peer: String?
    var signedIn: SignedIn?
    var language = Language.de
    /// A notice that the page before left for this one.
    var note: Note?
    /// Where it comes from, to slow down guesses.
    var machine = ""
    /// The browser, in words that its owner recognises.
    var device = ""

    struct SignedIn: Sendable {
        let colleague: Colleague
        let session: ID<Team.Session>
        let token: String
        /// The record's head when this was asked.
        let head: Int64
        /// Emergencies that nobody has taken over.
        let calls: [Alarm.Call]

        init(_ signedIn: Team.SignedIn, token: String, calls: [Alarm.Call]) {
            (colleague, session, head) = (signedIn.colleague, signedIn.session, signedIn.head)
            self.token = token
            self.calls = calls
        }
    }

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }

    var isLoopback: Bool { peer.map { $0 == "::1" || $0.hasPrefix("127.") } ?? false }
}

/// This page needs somebody who is signed in.
struct SignInNeeded: Error {}
/// Nobody has set this desk up yet.
struct NotSetUp: Error {}
/// The request did not come from a page of ours.
struct ForeignOrigin: Error {}
