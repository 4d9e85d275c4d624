import Hummingbird

/// What no route takes is a 404 in the network's words.
struct AnswerUnknown: RouterMiddleware {
    typealias Context = MastodonContext

    func handle(
        _ request: Request, context: MastodonContext, next: (Request, MastodonContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
            return Response(WireRefusal(status: 404, error: "Not Found"))
        } catch let error as HTTPError where error.status == .contentTooLarge {
            return Response(WireRefusal(status: 413, error: "Payload too large"))
        }
    }
}
