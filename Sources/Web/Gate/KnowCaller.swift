import Desk
import Foundation
import HTTPTypes
import Hummingbird

/// Finds out who asks: session, language, machine. Before the set-up no stranger gets further than its page.
struct KnowCaller: RouterMiddleware {
    let desk: Desk
    let pages: Pages

    typealias Context = Caller

    func handle(_ request: Request, context: Caller, next: (Request, Caller) async throws -> Response) async throws -> Response {
        var caller = context
        caller.language = Language(accepting: request.headers[.acceptLanguage])
        caller.device = Device.name(of: request.headers[.userAgent])
        caller.machine = Self.machine(request, caller)
        let path = request.uri.path
        guard !path.hasPrefix("/assets/"), path != "/healthz" else { return try await next(request, caller) }
        caller.note = request.cookies[Note.cookie].flatMap { Note(cookie: $0.value) }
        if let token = request.cookies[pages.cookies.session]?.value,
            let signedIn = try await desk.team.signedIn(session: token, at: desk.clock.now()) {
            caller.signedIn = Caller.SignedIn(signedIn, token: token, calls: signedIn.isAlarmed ? try await desk.alarms.calls() : [])
            caller.language = Language(rawValue: signedIn.colleague.preferences.language) ?? caller.language
        }
        // Whom the operator added by command may come in before the set-up, too.
        let isAwaited = caller.signedIn != nil || path.hasPrefix("/setup/") || path.hasPrefix("/signin/")
        let authority = try await pages.plate.authority()
        guard isAwaited || authority != nil else { throw NotSetUp() }
        return try await next(request, caller)
    }

    /// What our own proxy says of the other end is believed, and nobody else: the last address, which the proxy itself put there.
    private static func machine(_ request: Request, _ caller: Caller) -> String {
        let forwarded = HTTPField.Name("X-Forwarded-For").flatMap { request.headers[$0] }
        guard caller.isLoopback, let last = forwarded?.split(separator: ",").last else { return network(of: caller.peer ?? "") }
        return network(of: String(last.trimmingCharacters(in: .whitespaces).prefix(60)))
    }

    /// Of IPv6 the first half, because everybody has as many of the second as they like.
    static func network(of address: String) -> String {
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, address, &parsed) == 1 else { return address }
        return withUnsafeBytes(of: parsed) { bytes in bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "::/64" }
    }
}
