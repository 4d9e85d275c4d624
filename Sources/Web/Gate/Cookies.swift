import Desk
import Foundation
import Hummingbird

/// The cookies of the desk. On HTTPS they carry the prefix that keeps other hosts and plain HTTP from setting them.
struct DeskCookies: Sendable {
    let isSecure: Bool
    /// The same on all nodes of a desk. A browser takes all ports of a host for one, so another desk there must have another.
    let name: String

    var session: String { (isSecure ? "__Host-" : "") + name }
    /// Of a sign-in that waits for its code.
    var begunSignIn: String { session + "-code" }

    /// As long as a session may last at most.
    private static let life = 30 * 24 * 3600

    func begin(_ token: String) -> Cookie { cookie(session, token, maxAge: Self.life) }
    func end() -> Cookie { cookie(session, "", maxAge: 0) }

    /// Binds a sign-in that waits for its code to this browser, and its end.
    func wait(_ token: String) -> Cookie { cookie(begunSignIn, token, maxAge: Int(Team.codeLife / .seconds(1))) }
    func endWait() -> Cookie { cookie(begunSignIn, "", maxAge: 0) }

    /// A notice for the next page, and its end.
    func leave(_ note: Note) -> Cookie { cookie(Note.cookie, note.cookie, maxAge: 60) }
    func takeNote() -> Cookie { cookie(Note.cookie, "", maxAge: 0) }

    /// When this browser was last here: nobody else keeps that.
    func remember(_ visit: LastVisit) -> Cookie { cookie(LastVisit.cookie, visit.text, maxAge: 2 * Self.life) }

    private func cookie(_ name: String, _ value: String, maxAge: Int) -> Cookie {
        Cookie(name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}
