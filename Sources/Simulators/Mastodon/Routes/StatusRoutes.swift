import HTTPTypes
import Hummingbird

extension WireRoutes {
    func addStatuses() {
        post("/api/v1/statuses") { try await $0.publishStatus() }
        get("/api/v1/statuses") { try await $0.statuses() }
        get("/api/v1/statuses/:id") { try await $0.status() }
        put("/api/v1/statuses/:id") { try await $0.editStatus() }
        delete("/api/v1/statuses/:id") { try await $0.deleteStatus() }
        get("/api/v1/statuses/:id/context") { try await $0.statusContext() }
        get("/api/v1/statuses/:id/history") { try await $0.statusHistory() }
        get("/api/v1/statuses/:id/source") { try await $0.statusSource() }
        get("/api/v1/scheduled_statuses") { try await $0.scheduledStatuses() }
        get("/api/v1/scheduled_statuses/:id") { try await $0.scheduledStatus() }
        put("/api/v1/scheduled_statuses/:id") { try await $0.moveScheduledStatus() }
        delete("/api/v1/scheduled_statuses/:id") { try await $0.cancelScheduledStatus() }
    }
}

extension Call {
    func publishStatus() async throws -> Response {
        let author = try await caller("write:statuses")
        let draft = try await draft()
        let key = header("Idempotency-Key")
        if let time = fields["scheduled_at"], !time.isEmpty {
            guard let date = MastodonTime.date(time) else { throw WireRefusal.validation("Scheduled at is invalid") }
            let plan = try await server.scheduleOnce(draft, at: date, key: key, by: author)
            return Response(json: await server.shape(plan))
        }
        let status = try await server.publishOnce(draft, key: key, by: author)
        return Response(json: await server.shape(status, for: author))
    }

    private func draft() async throws -> StatusDraft {
        var draft = StatusDraft(text: fields["status"] ?? "", warning: fields["spoiler_text"] ?? "")
        draft.sensitive = fields.flag("sensitive") ?? false
        draft.language = fields["language"]
        draft.application = await server.applicationName(of: bearer)
        if let word = fields["visibility"], !word.isEmpty {
            guard let visibility = Status.Visibility(rawValue: word) else {
                throw WireRefusal.validation("Visibility is not included in the list")
            }
            draft.visibility = visibility
        }
        if let parent = fields["in_reply_to_id"], !parent.isEmpty { draft.inReplyTo = try await parentID(parent) }
        for text in fields.all("media_ids") { draft.media.append(try await server.number(text)) }
        draft.poll = try await pollDraft()
        return draft
    }

    /// What is answered must exist for the one who answers.
    private func parentID(_ text: String) async throws -> Int64 {
        do {
            return try await server.number(text)
        } catch {
            throw WireRefusal(status: 404, error: "The post you are trying to reply to does not appear to exist.")
        }
    }

    private func pollDraft() async throws -> PollDraft? {
        guard fields.has(prefix: "poll[options]") else { return nil }
        let draft = PollDraft(
            options: fields.all("poll[options]"), seconds: fields.int("poll[expires_in]") ?? 0,
            multiple: fields.flag("poll[multiple]") ?? false,
            hideTotals: fields.flag("poll[hide_totals]") ?? false)
        try await server.check(draft)
        return draft
    }

    func statuses() async throws -> Response {
        let viewer = try await viewer()
        var found: [JSON] = []
        for text in fields.all("id") + fields.pairs.filter({ $0.name == "id" }).map(\.value) {
            // An id that names nothing is left out, as real servers do.
            if let number = try? await server.number(text), let status = try? await server.visibleStatus(number, to: viewer) {
                found.append(await server.shape(status, for: viewer))
            }
        }
        return Response(json: .array(found))
    }

    private func seen() async throws -> (status: Status, viewer: Int64?) {
        let viewer = try await viewer()
        return (try await server.visibleStatus(try await id(), to: viewer), viewer)
    }

    func status() async throws -> Response {
        let (status, viewer) = try await seen()
        return Response(json: await server.shape(status, for: viewer))
    }

    func editStatus() async throws -> Response {
        let author = try await caller("write:statuses")
        var media: [Int64]?
        if fields.has(prefix: "media_ids") { media = [] }
        for text in fields.all("media_ids") { media?.append(try await server.number(text)) }
        let (text, warning, sensitive, language, files) = (
            fields["status"], fields["spoiler_text"], fields.flag("sensitive"), fields["language"], media
        )
        let status = try await server.edit(try await id(), by: author) {
            $0.text = text ?? $0.text
            $0.warning = warning ?? $0.warning
            $0.sensitive = sensitive ?? $0.sensitive
            $0.language = language ?? $0.language
            $0.media = files ?? $0.media
        }
        return Response(json: await server.shape(status, for: author))
    }

    func deleteStatus() async throws -> Response {
        let author = try await caller("write:statuses")
        let status = try await server.ownStatus(try await id(), of: author)
        let last = await server.shape(status, for: author).overridden(by: ["text": .string(status.text)])
        _ = try await server.remove(status.id, by: author)
        return Response(json: last)
    }

    func statusContext() async throws -> Response {
        let (status, viewer) = try await seen()
        let ancestors = await server.ancestors(of: status, for: viewer)
        let descendants = await server.descendants(of: status.id, for: viewer)
        return Response(json: [
            "ancestors": .array(await server.shapes(of: ancestors, for: viewer)),
            "descendants": .array(await server.shapes(of: descendants, for: viewer)),
        ])
    }

    func statusHistory() async throws -> Response { Response(json: await server.history(of: try await seen().status)) }

    func statusSource() async throws -> Response {
        let author = try await caller("read:statuses")
        let status = try await server.ownStatus(try await id(), of: author)
        return Response(json: [
            "id": await server.name(status.id), "text": .string(status.text), "spoiler_text": .string(status.warning),
        ])
    }

    /// A page of statuses as this viewer sees them.
    func statusPage(_ statuses: [Status], for viewer: Int64?) async -> Response {
        guard let paging = try? await paging() else { return Response(.badRequest) }
        return await page(of: statuses, paging, id: \.id) { await server.shapes(of: $0, for: viewer) }
    }
}

extension SimulatedMastodon {
    func shapes(of statuses: [Status], for viewer: Int64?) -> [JSON] { statuses.map { shape($0, for: viewer) } }

    func applicationName(of token: String?) -> String? {
        token.flatMap { state.tokens[$0]?.clientID }.flatMap { state.apps[$0]?.name }
    }
}
