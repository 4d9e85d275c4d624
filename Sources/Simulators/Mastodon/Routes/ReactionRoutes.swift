import Hummingbird

extension WireRoutes {
    func addReactions() {
        post("/api/v1/statuses/:id/favourite") { try await $0.favourite(true) }
        post("/api/v1/statuses/:id/unfavourite") { try await $0.favourite(false) }
        post("/api/v1/statuses/:id/bookmark") { try await $0.bookmark(true) }
        post("/api/v1/statuses/:id/unbookmark") { try await $0.bookmark(false) }
        post("/api/v1/statuses/:id/reblog") { try await $0.reblog() }
        post("/api/v1/statuses/:id/unreblog") { try await $0.unreblog() }
        get("/api/v1/statuses/:id/favourited_by") { try await $0.people(\.favouritedBy) }
        get("/api/v1/statuses/:id/reblogged_by") { try await $0.people(\.rebloggedBy) }
    }
}

extension Call {
    func favourite(_ on: Bool) async throws -> Response {
        let account = try await caller("write:favourites")
        return Response(json: await server.shape(try await server.favourite(try await id(), by: account, on: on), for: account))
    }

    func bookmark(_ on: Bool) async throws -> Response {
        let account = try await caller("write:bookmarks")
        return Response(json: await server.shape(try await server.bookmark(try await id(), by: account, on: on), for: account))
    }

    func reblog() async throws -> Response {
        let account = try await caller("write:statuses")
        return Response(json: await server.shape(try await server.reblog(try await id(), by: account), for: account))
    }

    func unreblog() async throws -> Response {
        let account = try await caller("write:statuses")
        return Response(json: await server.shape(try await server.unreblog(try await id(), by: account), for: account))
    }

    func people(_ who: KeyPath<Status, Set<Int64>> & Sendable) async throws -> Response {
        let status = try await server.visibleStatus(try await id(), to: try await viewer())
        let accounts = await server.everybody.filter { status[keyPath: who].contains($0.id) }
        return Response(json: .array(await server.shapes(of: accounts)))
    }
}
