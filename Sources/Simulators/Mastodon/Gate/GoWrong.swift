import Foundation
import HTTPTypes
import Hummingbird

/// Lets go wrong what a fault says, before or after the request has taken effect.
struct GoWrong: RouterMiddleware {
    typealias Context = MastodonContext
    typealias Next = (Request, MastodonContext) async throws -> Response

    let server: SimulatedMastodon

    func handle(_ request: Request, context: MastodonContext, next: Next) async throws -> Response {
        let path = request.uri.path
        guard !path.hasPrefix("/_"), path != "/" else { return try await next(request, context) }
        if await server.lacks(path) { return Response(WireRefusal(status: 404, error: "Not Found")) }
        guard let fault = await server.takeFault(method: request.method.rawValue, path: path) else {
            return try await next(request, context)
        }
        if let answer = GoWrong.answer(fault) { return answer }
        return try await perform(fault, request, context, next)
    }

    /// Faults that answer instead of the server.
    private static func answer(_ fault: Fault) -> Response? {
        switch fault.kind {
        case .errorBefore: error(fault.status)
        case .rateLimit: tooMany(seconds: fault.seconds)
        case .html: Response("<!DOCTYPE html><html><body><h1>We're sorry</h1></body></html>", type: "text/html")
        case .plainText: Response("Bad Request", type: "text/plain", status: .badRequest)
        case .tokenExpired: Response(.revokedToken)
        case .forbidden: Response(.outsideScopes)
        case .notFound: Response(.notFound)
        case .notImplemented: Response(WireRefusal(status: 501, error: "Not implemented"))
        default: nil
        }
    }

    /// Faults of the connection, and those that come when the deed is done.
    private func perform(_ fault: Fault, _ request: Request, _ context: MastodonContext, _ next: Next) async throws -> Response {
        switch fault.kind {
        case .refuse:
            await context.hangUp()
        case .hang:
            for await _ in await server.hang() {}
            await context.hangUp()
        case .closeAfter:
            _ = try await next(request, context)
            await context.hangUp()
        case .errorAfter:
            _ = try await next(request, context)
            return GoWrong.error(fault.status)
        case .halfBody:
            return GoWrong.half(of: try await next(request, context), context)
        case .delay:
            try await Task.sleep(for: .seconds(fault.seconds))
            return try await next(request, context)
        default:
            return try await next(request, context)
        }
        return Response(status: .noContent)  // never seen: the connection is closed
    }

    private static func error(_ status: Int) -> Response {
        Response(json: ["error": "Internal Server Error"], status: HTTPResponse.Status(code: status))
    }

    private static func tooMany(seconds: Double) -> Response {
        var response = Response(json: ["error": "Too many requests"], status: .tooManyRequests)
        let reset = Date().addingTimeInterval(seconds)
        response.headers[.retryAfter] = String(Int(seconds.rounded(.up)))
        response.headers.set(limit: 300, remaining: 0, reset: reset)
        return response
    }

    /// The whole length is promised, the first half is sent.
    private static func half(of response: Response, _ context: MastodonContext) -> Response {
        let length = max(response.body.contentLength ?? 0, 2)
        let whole = response.body
        var response = response
        response.headers[.contentLength] = String(length)
        response.body = ResponseBody(contentLength: length) { writer in
            try await whole.write(HalfWriter(base: writer, left: length / 2))
            await context.hangUp()
        }
        return response
    }
}

/// Passes on so many bytes and swallows the rest, with the end of the message.
private struct HalfWriter: ResponseBodyWriter {
    var base: any ResponseBodyWriter
    var left: Int

    mutating func write(_ buffer: ByteBuffer) async throws {
        let part = min(left, buffer.readableBytes)
        left -= part
        if part > 0, let slice = buffer.getSlice(at: buffer.readerIndex, length: part) { try await base.write(slice) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension HTTPFields {
    mutating func set(limit: Int, remaining: Int, reset: Date) {
        set("X-RateLimit-Limit", String(limit))
        set("X-RateLimit-Remaining", String(remaining))
        set("X-RateLimit-Reset", MastodonTime.text(reset))
    }

    mutating func set(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { self[name] = value }
    }
}
