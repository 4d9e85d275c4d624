import HTTPTypes
import Hummingbird

/// The router with the network's manners: a refusal becomes the answer that a real server gives.
struct WireRoutes {
    let router: Router<MastodonContext>
    let server: SimulatedMastodon

    typealias Handler = @Sendable (Call) async throws -> Response

    func get(_ path: RouterPath, _ handler: @escaping Handler) { on(.get, path, handler) }
    func post(_ path: RouterPath, _ handler: @escaping Handler) { on(.post, path, handler) }
    func put(_ path: RouterPath, _ handler: @escaping Handler) { on(.put, path, handler) }
    func patch(_ path: RouterPath, _ handler: @escaping Handler) { on(.patch, path, handler) }
    func delete(_ path: RouterPath, _ handler: @escaping Handler) { on(.delete, path, handler) }

    private func on(_ method: HTTPRequest.Method, _ path: RouterPath, _ handler: @escaping Handler) {
        let server = server
        router.on(path, method: method) { request, context in
            do {
                return try await handler(Call(request: request, context: context, server: server))
            } catch let refusal as WireRefusal {
                return Response(refusal)
            }
        }
    }

    func addAll() {
        addOAuth()
        addAccounts()
        addStatuses()
        addReactions()
        addTimelines()
        addNotifications()
        addConversations()
        addMedia()
        addPolls()
        addInstance()
        addStreaming()
        addControl()
        addPage()
    }
}
