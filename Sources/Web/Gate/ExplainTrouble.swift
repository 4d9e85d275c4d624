import Desk
import Foundation
import Hummingbird
import Logging

/// Turns what was thrown into a page that says what is the matter and what to do. No text of anybody goes to the log.
struct ExplainTrouble: RouterMiddleware {
    let pages: Pages
    let log: Logger

    typealias Context = Caller

    func handle(_ request: Request, context: Caller, next: (Request, Caller) async throws -> Response) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch let refusal as Refusal {
            return explain(refusal, request, context)
        } catch is SignInNeeded {
            return askToSignIn(request)
        } catch {
            return explain(error, request, context)
        }
    }

    private func explain(_ refusal: Refusal, _ request: Request, _ caller: Caller) -> Response {
        switch refusal {
        case .notFound: return pages.problem("notFound", .notFound, for: caller)
        case .notAllowed: return pages.problem("notAllowed", .forbidden, for: caller)
        case .linkUsedUp: return pages.problem("linkUsedUp", .gone, path: "/signin", for: caller)
        default:
            let words = pages.words(caller.language)
            let flash = words.flash(refusal, now: pages.clock.now())
            let page = ProblemPage(refusal: flash, door: pages.door(caller.language), path: "/inbox", words: words)
            return pages.show("problem/page", page, in: caller.language, status: refusal.status)
        }
    }

    private func askToSignIn(_ request: Request) -> Response {
        if request.uri.path == "/live" { return Response(status: .unauthorized) }
        let next = request.method == .get ? request.uri.string : ""
        return .seeOther(next.isEmpty || next == "/" ? "/signin" : "/signin?next=\(Query.escaped(next))")
    }

    private func explain(_ error: any Error, _ request: Request, _ caller: Caller) -> Response {
        switch error {
        case is NotSetUp: return pages.problem("notSetUp", .serviceUnavailable, path: "/", for: caller)
        case is ForeignOrigin: return pages.problem("foreignOrigin", .forbidden, for: caller)
        case is Form.Malformed: return pages.problem("malformed", .badRequest, for: caller)
        case let error as any HTTPResponseError:
            switch error.status {
            case .notFound, .methodNotAllowed: return pages.problem("notFound", .notFound, for: caller)
            case .contentTooLarge: return pages.problem("tooLarge", .contentTooLarge, for: caller)
            default: return pages.problem("malformed", .badRequest, for: caller)
            }
        default: return explainFault(error, request, caller)
        }
    }

    private func explainFault(_ error: any Error, _ request: Request, _ caller: Caller) -> Response {
        let number = String(UInt32.random(in: .min ... .max), radix: 36).uppercased()
        var about: Logger.Metadata = ["number": "\(number)", "method": "\(request.method)", "error": "\(error)"]
        about["route"] = caller.endpointPath.map { "\($0)" }
        log.error("A page could not be made", metadata: about)
        return switch Outage(error) {
        case .full: pages.problem("diskFull", .serviceUnavailable, for: caller)
        case .passing: pages.problem("unavailable", .serviceUnavailable, for: caller)
        case nil: pages.problem("fault", .internalServerError, number: number, for: caller)
        }
    }
}
