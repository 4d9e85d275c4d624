import Hummingbird

extension WireRoutes {
    func addNotifications() {
        get("/api/v1/notifications") { try await $0.notifications() }
        post("/api/v1/notifications/clear") { try await $0.dismissNotifications() }
        get("/api/v1/notifications/unread_count") { try await $0.countNotifications() }
        get("/api/v1/notifications/policy") { try await $0.notificationPolicy() }
        get("/api/v2/notifications/policy") { try await $0.notificationPolicy() }
        patch("/api/v2/notifications/policy") { try await $0.changeNotificationPolicy() }
        get("/api/v1/notifications/requests") { try await $0.notificationRequests() }
        get("/api/v1/notifications/requests/:id") { try await $0.notificationRequest() }
        post("/api/v1/notifications/requests/:id/accept") { try await $0.acceptNotificationRequest() }
        post("/api/v1/notifications/requests/accept") { try await $0.acceptNotificationRequests() }
        get("/api/v1/notifications/requests/merged") { _ in Response(json: ["merged": true]) }
        get("/api/v1/notifications/:id") { try await $0.notification() }
        post("/api/v1/notifications/:id/dismiss") { try await $0.dismissNotification() }
    }
}

extension Call {
    func notifications() async throws -> Response {
        let receiver = try await caller("read:notifications")
        var account: Int64?
        if let text = fields["account_id"] { account = try await server.number(text) }
        let notices = await server.notices(
            of: receiver, types: fields.all("types"), excluding: fields.all("exclude_types"), account: account)
        return await page(of: notices.reversed(), try await paging(standard: 40, most: 80), id: \.id) { await server.shapes(of: $0) }
    }

    func countNotifications() async throws -> Response {
        let receiver = try await caller("read:notifications")
        return Response(json: ["count": JSON(min(100, await server.notices(of: receiver, types: [], excluding: [], account: nil).count))])
    }

    func notification() async throws -> Response {
        let receiver = try await caller("read:notifications")
        return Response(json: await server.shape(try await server.notice(try await id(), of: receiver)))
    }

    func dismissNotification() async throws -> Response {
        let receiver = try await caller("write:notifications")
        _ = try await server.notice(try await id(), of: receiver)
        await server.dismiss(try await id(), of: receiver)
        return Response(json: [:])
    }

    func dismissNotifications() async throws -> Response {
        await server.dismiss(nil, of: try await caller("write:notifications"))
        return Response(json: [:])
    }

    func notificationPolicy() async throws -> Response {
        let receiver = try await caller("read:notifications")
        return Response(json: await server.shape(try await server.account(receiver).policy, of: receiver))
    }

    func changeNotificationPolicy() async throws -> Response {
        let receiver = try await caller("write:notifications")
        var choices: [String: String] = [:]
        for kind in NotificationPolicy.kinds {
            guard let choice = fields[kind] else { continue }
            guard ["accept", "filter", "drop"].contains(choice) else { throw WireRefusal.validation("Policy is not included in the list") }
            choices[kind] = choice
        }
        let policy = try await server.setPolicy(choices, of: receiver)
        return Response(json: await server.shape(policy, of: receiver))
    }

    func notificationRequests() async throws -> Response {
        Response(json: .array(await server.requests(of: try await caller("read:notifications"))))
    }

    func notificationRequest() async throws -> Response {
        let receiver = try await caller("read:notifications")
        guard let request = await server.request(try await id(), of: receiver) else { throw WireRefusal.notFound }
        return Response(json: request)
    }

    func acceptNotificationRequest() async throws -> Response {
        let receiver = try await caller("write:notifications")
        try await server.accept(try await id(), of: receiver)
        return Response(json: [:])
    }

    func acceptNotificationRequests() async throws -> Response {
        let receiver = try await caller("write:notifications")
        for text in fields.all("id") { try await server.accept(try await server.number(text), of: receiver) }
        return Response(json: [:])
    }
}

extension SimulatedMastodon {
    func shapes(of notices: [Notice]) -> [JSON] { notices.map(shape) }

    func setPolicy(_ choices: [String: String], of receiver: Int64) throws(WireRefusal) -> NotificationPolicy {
        try change(receiver) { $0.policy.choices.merge(choices) { _, new in new } }.policy
    }
}
