import Hummingbird

extension WireRoutes {
    func addInstance() {
        get("/api/v1/instance") { await $0.oldInstance() }
        get("/api/v2/instance") { await $0.instance() }
        get("/api/v1/custom_emojis") { _ in Response(json: []) }
        get("/health") { _ in Response("OK", type: "text/plain") }
        get("/nodeinfo/2.0") { call in
            let profile = await call.server.state.profile
            return Response(json: ["version": "2.0", "software": ["name": .string(profile.rawValue), "version": .string(profile.version)]])
        }
    }
}

extension Call {
    /// Streams are on the server itself; real ones have a host of their own now and then.
    private func streaming() async -> String { await server.base.replacing("http", with: "ws", maxReplacements: 1) }

    private func configuration() -> JSON {
        [
            "accounts": ["max_featured_tags": 10, "max_pinned_statuses": 5],
            "statuses": [
                "max_characters": JSON(server.world.maxCharacters), "max_media_attachments": 4, "characters_reserved_per_url": 23,
            ],
            "media_attachments": [
                "supported_mime_types": JSON(SimulatedMastodon.mediaTypes), "description_limit": 1500, "image_size_limit": 16_777_216,
                "image_matrix_limit": 33_177_600, "video_size_limit": 103_809_024, "video_frame_rate_limit": 120,
                "video_matrix_limit": 8_294_400,
            ],
            "polls": ["max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746],
        ]
    }

    func instance() async -> Response {
        let profile = await server.state.profile
        let extra: JSON = [
            "urls": ["streaming": .string(await streaming())], "vapid": ["public_key": "B"], "translation": ["enabled": false],
            "limited_federation": false,
        ]
        return Response(json: [
            "domain": .string(server.world.domain), "title": .string(server.world.title), "version": .string(profile.version),
            "source_url": "https://github.com/mastodon/mastodon", "description": "Nachgebautes Netz zum Üben",
            "usage": ["users": ["active_month": JSON(await server.localPeople.count)]], "languages": ["de"],
            "thumbnail": ["url": .string("\(await server.base)/avatars/header.png")], "icon": [],
            "configuration": configuration().overridden(by: extra),
            "registrations": ["enabled": false, "approval_required": false, "message": nil],
            "api_versions": profile == .mastodon ? ["mastodon": 10] : [:], "contact": ["email": "nachbau@muster.example", "account": nil],
            "rules": [["id": "1", "text": "Sei freundlich", "hint": ""]],
        ])
    }

    func oldInstance() async -> Response {
        Response(json: [
            "uri": .string(server.world.domain), "title": .string(server.world.title), "short_description": "Nachgebautes Netz zum Üben",
            "description": "Nachgebautes Netz zum Üben", "email": "nachbau@muster.example",
            "version": .string(await server.state.profile.version), "urls": ["streaming_api": .string(await streaming())],
            "stats": [
                "user_count": JSON(await server.localPeople.count), "status_count": JSON(await server.state.statuses.count),
                "domain_count": 3,
            ],
            "thumbnail": .string("\(await server.base)/avatars/header.png"), "languages": ["de"], "registrations": false,
            "approval_required": false, "invites_enabled": false, "configuration": configuration(), "contact_account": nil,
            "rules": [["id": "1", "text": "Sei freundlich"]],
        ])
    }
}
