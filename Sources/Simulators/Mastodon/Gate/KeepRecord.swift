import Hummingbird

/// Writes down what was asked, for tests; secrets are left out. The simulator's own paths are not part of the network.
struct KeepRecord: RouterMiddleware {
    typealias Context = MastodonContext

    let server: SimulatedMastodon

    private static let secrets: Set<String> = ["access_token", "client_secret", "token", "code", "code_verifier", "password"]
    private static let secretHeaders: Set<String> = ["authorization", "cookie"]

    func handle(
        _ request: Request, context: MastodonContext, next: (Request, MastodonContext) async throws -> Response
    ) async throws -> Response {
        guard !request.uri.path.hasPrefix("/_"), request.uri.path != "/" else { return try await next(request, context) }
        var record = await record(of: request, context.fields)
        do {
            let response = try await next(request, context)
            record.answer = response.status.code
            await server.record(record)
            return response
        } catch {
            await server.record(record)
            throw error
        }
    }

    private func record(of request: Request, _ fields: Fields) async -> RequestRecord {
        var form: [String: [String]] = [:]
        for pair in fields.pairs where !KeepRecord.secrets.contains(pair.name) { form[pair.name, default: []].append(pair.value) }
        var headers: [String: String] = [:]
        for field in request.headers where !KeepRecord.secretHeaders.contains(field.name.canonicalName) {
            headers[field.name.canonicalName] = field.value
        }
        let query = (request.uri.query ?? "").split(separator: "&")
            .filter { pair in !KeepRecord.secrets.contains(String(pair.prefix { $0 != "=" })) }.joined(separator: "&")
        return RequestRecord(
            at: MastodonTime.text(await server.now), method: request.method.rawValue, path: request.uri.path, query: query, form: form,
            headers: headers, answer: 0)
    }
}
