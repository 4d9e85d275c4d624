import Foundation

extension Mastodon {
    enum Upload {
        case ready(ids: [String])
        case stopped(Outcome)
    }

    private enum OneUpload { case ready(String), stopped(Outcome) }

    /// Brings the files to the server, one after the other. Nothing is public yet, so whatever goes wrong here can be tried again.
    func upload(_ media: [OutboundMedia]) async -> Upload {
        guard media.count <= capabilities.maxMedia else { return .stopped(.failed(.mediaRefused)) }
        var ids: [String] = []
        for file in media {
            switch await upload(file) {
            case .ready(let id): ids.append(id)
            case .stopped(let outcome): return .stopped(outcome)
            }
        }
        return .ready(ids: ids)
    }

    private func upload(_ file: OutboundMedia) async -> OneUpload {
        var result = await post(file, to: "api/v2/media")
        if case .answered(let answer) = result, answer.isMissing { result = await post(file, to: "api/v1/media") }
        switch result {
        case .notSent(let why): return .stopped(.postponed(why))
        case .lost: return .stopped(.postponed(.unreachable))
        case .answered(let answer): return await ready(answer)
        }
    }

    private func post(_ file: OutboundMedia, to path: String) async -> Sent {
        if let until = api.limits.restsUntil(.media, at: now()) { return .notSent(.rateLimited(until: until)) }
        var body = MultipartBody(boundary: "schalter-\(UUID().uuidString)")
        if !file.altText.isEmpty { body.add("description", file.altText) }
        body.add("file", file: file.bytes, called: file.name, type: file.type)
        body.end()
        var headers = api.headers
        headers["content-type"] = body.type
        let request = OutgoingRequest("POST", api.url(path), headers: headers, body: body.data, timeout: .seconds(120))
        do {
            return .answered(try await api.exchange(request, .media))
        } catch .unreachable, .forbidden {
            return .notSent(.unreachable)
        } catch {
            return .lost
        }
    }

    /// Waits until the server has looked at the file: up to two minutes, then the whole reply is tried again later.
    private func ready(_ first: MastodonAPI.Answer) async -> OneUpload {
        if first.isMissing { return .stopped(.failed(.mediaNotOffered)) }
        var answer = first
        for seconds in [0, 1, 1, 2, 3, 5, 8, 10, 15, 20, 25, 30] {
            do {
                if seconds > 0, let id = first.decode(MastodonStatus.Media.self)?.id {
                    try await pause(.seconds(seconds))
                    answer = try await api.ask(api.url("api/v1/media/\(MastodonAPI.escape(id))"))
                }
            } catch FetchFailure.rateLimited(let until) {
                return .stopped(.postponed(.rateLimited(until: until)))
            } catch {
                return .stopped(.postponed(.unreachable))
            }
            switch answer.status {
            case 202, 206: continue
            case 200..<300:
                guard let id = (answer.decode(MastodonStatus.Media.self) ?? first.decode(MastodonStatus.Media.self))?.id else {
                    return .stopped(.postponed(.unreachable))
                }
                return .ready(id)
            default: return .stopped(Self.mediaRefusal(answer) ?? refusal(answer, needs: "write:media") ?? .postponed(.unreachable))
            }
        }
        return .stopped(.postponed(.unreachable))
    }

    private static func mediaRefusal(_ answer: MastodonAPI.Answer) -> Outcome? {
        switch answer.status {
        case 400, 404, 413, 415, 422: .failed(.mediaRefused)
        default: nil
        }
    }
}
