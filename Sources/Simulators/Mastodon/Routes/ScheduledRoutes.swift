import Hummingbird

extension Call {
    func scheduledStatuses() async throws -> Response {
        let account = try await caller("read:statuses")
        return await page(of: await server.plans(of: account), try await paging(), id: \.id) { plans in
            await server.shapes(of: plans)
        }
    }

    func scheduledStatus() async throws -> Response {
        let account = try await caller("read:statuses")
        return Response(json: await server.shape(try await server.plan(try await id(), of: account)))
    }

    func moveScheduledStatus() async throws -> Response {
        let account = try await caller("write:statuses")
        guard let time = MastodonTime.date(fields["scheduled_at"] ?? "") else { throw WireRefusal.validation("Scheduled at is invalid") }
        return Response(json: await server.shape(try await server.move(try await id(), of: account, to: time)))
    }

    func cancelScheduledStatus() async throws -> Response {
        let account = try await caller("write:statuses")
        try await server.cancel(try await id(), of: account)
        return Response(json: [:])
    }
}

extension SimulatedMastodon {
    func shapes(of plans: [ScheduledStatus]) -> [JSON] { plans.map(shape) }
}
