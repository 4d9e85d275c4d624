import Hummingbird

/// Reads parameters from query and body before anything else looks at the request.
struct ReadParameters: RouterMiddleware {
    typealias Context = MastodonContext

    /// A little more than the largest file that a server takes.
    static let bodyLimit = 110_000_000

    func handle(
        _ request: Request, context: MastodonContext, next: (Request, MastodonContext) async throws -> Response
    ) async throws -> Response {
        var request = request
        var context = context
        context.fields = Fields(form: request.uri.query ?? "")
        // A stream keeps its body unread: that is how it notices that the listener left.
        if request.method != .get {
            let body = Array(try await request.collectBody(upTo: ReadParameters.bodyLimit).readableBytesView)
            guard ReadParameters.read(body, of: request, into: &context) else { return Response(.badRequest) }
        }
        return try await next(request, context)
    }

    /// - Returns: `false` where the body isn't what its content type says.
    private static func read(_ body: [UInt8], of request: Request, into context: inout MastodonContext) -> Bool {
        let type = request.headers[.contentType] ?? ""
        if type.hasPrefix("application/json"), !body.isEmpty {
            guard let json = try? JSON(parsing: body) else { return false }
            context.json = json
            context.fields.add(Fields(json: json))
        } else if type.hasPrefix("multipart/form-data") {
            guard let parts = Multipart(contentType: type, body: body) else { return false }
            context.fields.add(parts.fields)
            context.files = parts.files
        } else if !body.isEmpty {
            context.fields.add(Fields(form: String(decoding: body, as: UTF8.self)))
        }
        return true
    }
}
