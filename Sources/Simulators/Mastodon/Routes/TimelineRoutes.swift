import Hummingbird

extension WireRoutes {
    func addTimelines() {
        get("/api/v1/timelines/home") { call in
            let viewer = try await call.caller("read:statuses")
            return await call.statusPage(await call.server.home(of: viewer), for: viewer)
        }
        get("/api/v1/timelines/public") { call in
            let viewer = try await call.viewer()
            let statuses = await call.server.publicTimeline(
                localOnly: call.fields.flag("local") ?? false, remoteOnly: call.fields.flag("remote") ?? false)
            return await call.statusPage(statuses, for: viewer)
        }
        get("/api/v1/timelines/tag/:tag") { call in
            let viewer = try await call.viewer()
            let tag = (call.context.parameters.get("tag") ?? "").lowercased()
            let statuses = await call.server.publicTimeline(localOnly: false, remoteOnly: false)
            return await call.statusPage(statuses.filter { StatusText($0.text).hashtags.contains(tag) }, for: viewer)
        }
    }
}
