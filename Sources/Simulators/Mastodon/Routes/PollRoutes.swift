import Hummingbird

extension WireRoutes {
    func addPolls() {
        get("/api/v1/polls/:id") { try await $0.poll() }
        post("/api/v1/polls/:id/votes") { try await $0.votePoll() }
    }
}

extension Call {
    func poll() async throws -> Response {
        let viewer = try await viewer()
        return Response(json: await server.shape(try await server.poll(try await id(), for: viewer), for: viewer))
    }

    func votePoll() async throws -> Response {
        let voter = try await caller("write:statuses")
        let choices = fields.all("choices").compactMap { Int($0) }
        return Response(json: await server.shape(try await server.vote(choices, in: try await id(), by: voter), for: voter))
    }
}
