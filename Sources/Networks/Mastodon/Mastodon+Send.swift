import Foundation

extension Mastodon {
    public func perform(_ act: OutboundAct, key: String, mayLeave: @escaping @Sendable () async -> Bool) async -> Outcome {
        let permit = Permit(key: key, mayLeave: mayLeave)
        return switch act {
        case .reply(let reply): await publish(reply, editing: nil, permit)
        case .edit(let localID, let reply): await publish(reply, editing: localID, permit)
        case .delete(let localID): await change("DELETE", localID, "", .deletions, permit, goneIsDone: true)
        case .like(let localID): await change("POST", localID, "/favourite", .general, permit, goneIsDone: false)
        case .unlike(let localID): await change("POST", localID, "/unfavourite", .general, permit, goneIsDone: true)
        }
    }

    /// What a request that others will see must carry, and what it must ask for first.
    private struct Permit {
        let key: String
        let mayLeave: @Sendable () async -> Bool
    }

    /// What became of a request that changes something.
    enum Sent {
        case answered(MastodonAPI.Answer)
        case notSent(Postponement)
        /// It may have arrived.
        case lost
    }

    private func send(
        _ method: String, _ path: String, _ form: FormBody?, _ permit: Permit, _ budget: RateLimits.Budget = .general
    ) async -> Sent {
        if let until = api.limits.restsUntil(budget, at: now()) { return .notSent(.rateLimited(until: until)) }
        var headers = api.headers
        headers["idempotency-key"] = permit.key
        guard await permit.mayLeave() else { return .notSent(.unreachable) }
        if form != nil { headers["content-type"] = FormBody.type }
        do {
            return .answered(try await api.exchange(OutgoingRequest(method, api.url(path), headers: headers, body: form?.data), budget))
        } catch .unreachable, .forbidden {
            return .notSent(.unreachable)
        } catch {
            return .lost
        }
    }

    /// Deletes or likes: doing it twice does no harm, so whatever is not clearly done or refused is tried again.
    private func change(
        _ method: String, _ localID: String, _ deed: String, _ budget: RateLimits.Budget, _ permit: Permit,
        goneIsDone: Bool
    ) async -> Outcome {
        let sent = await send(method, "api/v1/statuses/\(MastodonAPI.escape(localID))\(deed)", nil, permit, budget)
        guard case .answered(let answer) = sent else {
            if case .notSent(let why) = sent { return .postponed(why) }
            return .postponed(.unreachable)
        }
        switch answer.status {
        case 200..<300 where !answer.isPage: return .delivered(nil)
        // "Not found" is said of the message as of a missing part of the API; so we look.
        case _ where answer.saysGone || answer.isMissing:
            guard let isGone = await isGone(localID) else { return .postponed(.unreachable) }
            guard isGone else { return .failed(.notOffered) }
            return goneIsDone ? .delivered(nil) : .failed(.targetGone)
        default: return refusal(answer, needs: deed.isEmpty ? "write:statuses" : "write:favourites") ?? .postponed(.unreachable)
        }
    }

    private func publish(_ reply: Reply, editing localID: String?, _ permit: Permit) async -> Outcome {
        var form = FormBody([
            ("status", named(reply)), ("spoiler_text", reply.warning ?? ""), ("language", reply.language),
        ])
        if let localID {
            if let stop = await keepMedia(of: localID, reply, in: &form) { return stop }
        } else {
            form.add("in_reply_to_id", reply.parentLocalID)
            form.add("visibility", Self.sendable(reply.networkVisibility))
        }
        switch await upload(reply.media) {
        case .stopped(let outcome): return outcome
        case .ready(let ids): for id in ids { form.add("media_ids[]", id) }
        }
        let path = localID.map { "api/v1/statuses/\(MastodonAPI.escape($0))" } ?? "api/v1/statuses"
        switch await send(localID == nil ? "POST" : "PUT", path, form, permit) {
        case .notSent(let why): return .postponed(why)
        case .lost: return .unclear("the connection broke after the request had left")
        case .answered(let answer):
            if let localID, answer.isMissing { return await missingEdit(of: localID, reply) }
            return await outcome(of: answer, reply, about: localID ?? reply.parentLocalID)
        }
    }

    /// Who answered does not know how to edit, as far as it says; so we look.
    private func missingEdit(of localID: String, _ reply: Reply) async -> Outcome {
        do {
            if let published = try await lookUp(.edit(localID: localID, reply), since: now()) { return .delivered(published) }
            return await isGone(localID) == true ? .failed(.targetGone) : .failed(.notOffered)
        } catch {
            return .unclear("an edit was answered with something else than a post, and can't be looked up")
        }
    }

    /// An edit without files keeps those that are there: to the server, files not named are files taken away.
    private func keepMedia(of localID: String, _ reply: Reply, in form: inout FormBody) async -> Outcome? {
        do {
            let answer = try await api.ask(api.url("api/v1/statuses/\(MastodonAPI.escape(localID))"))
            if answer.saysGone { return .failed(.targetGone) }
            guard answer.isGood, let status: MastodonStatus = answer.decode() else {
                return refusal(answer, needs: "read:statuses") ?? .postponed(.unreachable)
            }
            if reply.media.isEmpty { for file in status.media { form.add("media_ids[]", file.id) } }
            form.add("sensitive", status.isSensitive ? "true" : "false")
            return nil
        } catch .rateLimited(let until) {
            return .postponed(.rateLimited(until: until))
        } catch {
            return .postponed(.unreachable)
        }
    }

    /// The server's word as it was; a word that this API doesn't know becomes the narrowest, never a wider one.
    static func sendable(_ visibility: String) -> String {
        ["public", "unlisted", "private", "direct", "local"].contains(visibility) ? visibility : "direct"
    }
}
