import Foundation

extension Mastodon {
    /// What an answer to a reply or an edit means. Judged by status, not by words.
    /// - Parameter target: The message that was answered or edited.
    func outcome(of answer: MastodonAPI.Answer, _ reply: Reply, about target: String) async -> Outcome {
        switch answer.status {
        case 200..<300:
            guard answer.isJSON, let status: MastodonStatus = answer.decode(), let published = published(status) else {
                return .unclear("the server took it and answered with something else than a post")
            }
            return .delivered(published)
        case 400, 404, 410, 413, 422:
            if length(of: reply) > capabilities.maxLength { return .failed(.tooLong(limit: capabilities.maxLength)) }
            return await isGone(target) == true ? .failed(.targetGone) : .failed(Self.failure(answer))
        case 300..<400, 405, 501: return .failed(Self.failure(answer))
        default:
            return refusal(answer, needs: "write:statuses") ?? .unclear("the server answered with status \(answer.status)")
        }
    }

    /// What the server clearly refused; `nil` where it leaves open whether something happened.
    func refusal(_ answer: MastodonAPI.Answer, needs scope: String) -> Outcome? {
        switch answer.status {
        case 401: .postponed(answer.isPage ? .unreachable : .tokenExpired)
        case 403:
            .failed(Self.lacksScope(answer) || !account.may(scope) ? .permissionMissing : .notAllowed)
        case 429: .postponed(.rateLimited(until: RateLimits.reset(answer.headers, at: now()) ?? now() + 300))
        case 408: nil
        case 400..<500: .failed(Self.failure(answer))
        default: nil
        }
    }

    func published(_ status: MastodonStatus) -> Published? {
        guard let id = status.id, status.uri ?? status.url ?? status.content != nil else { return nil }
        return Published(object: object(of: status), localID: id, url: status.url.flatMap(webAddress))
    }

    /// Servers say "not found" for the message as for a missing part of the API; so we look.
    /// - Returns: `nil` where that can't be learnt now.
    func isGone(_ localID: String) async -> Bool? {
        guard let answer = try? await api.ask(api.url("api/v1/statuses/\(MastodonAPI.escape(localID))")) else { return nil }
        return answer.saysGone ? true : answer.isGood && answer.isJSON ? false : nil
    }

    private static func failure(_ answer: MastodonAPI.Answer) -> DeliveryFailure {
        answer.isMissing ? .notOffered : .refused(code: String(answer.status))
    }

    /// OAuth's own mark (RFC 6750), which Mastodon sends beside its sentence.
    private static func lacksScope(_ answer: MastodonAPI.Answer) -> Bool {
        answer.headers["www-authenticate"]?.contains("insufficient_scope") == true
    }
}
