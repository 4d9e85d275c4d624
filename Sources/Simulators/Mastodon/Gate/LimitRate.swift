import Foundation
import Hummingbird

/// Counts requests per account as real servers do, and says with each answer how many are left.
struct LimitRate: RouterMiddleware {
    typealias Context = MastodonContext

    let server: SimulatedMastodon

    func handle(
        _ request: Request, context: MastodonContext, next: (Request, MastodonContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        // Whatever's time has come happens before anybody looks.
        try await server.whatIsDue()
        guard path.hasPrefix("/api/"), !path.hasPrefix("/api/v1/streaming") else { return try await next(request, context) }
        let caller = request.headers[.authorization] ?? context.fields["access_token"] ?? "somebody"
        guard let rate = await server.count(method: request.method.rawValue, path: path, by: caller) else {
            return try await next(request, context)
        }
        var response: Response
        if rate.exceeded {
            response = Response(json: ["error": "Too many requests"], status: .tooManyRequests)
            response.headers[.retryAfter] = String(max(1, Int(rate.reset.timeIntervalSince(server.clock()))))
        } else {
            response = try await next(request, context)
        }
        response.headers.set(limit: rate.limit, remaining: rate.remaining, reset: rate.reset)
        return response
    }
}
