import Hummingbird

extension WireRoutes {
    func addConversations() {
        get("/api/v1/conversations") { try await $0.conversations() }
        post("/api/v1/conversations/:id/read") { try await $0.readConversation() }
    }
}

extension Call {
    func conversations() async throws -> Response {
        let account = try await caller("read:statuses")
        // Pages go by the newest status of each, which no client can guess from a conversation's id.
        return await page(of: await server.correspondences(of: account), try await paging(), id: { $0.statuses.last?.id ?? 0 }) {
            await server.shapes(of: $0, for: account)
        }
    }

    func readConversation() async throws -> Response {
        let account = try await caller("write:conversations")
        return Response(json: await server.shape(try await server.read(try await id(), by: account), for: account))
    }
}

extension SimulatedMastodon {
    func shapes(of found: [Correspondence], for account: Int64) -> [JSON] { found.map { shape($0, for: account) } }
}
