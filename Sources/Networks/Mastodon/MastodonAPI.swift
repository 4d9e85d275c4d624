import Foundation

/// Requests to one server, with its rate limits obeyed and its answers judged by status.
struct MastodonAPI: Sendable {
    let server: URL
    let token: String?
    let transport: any Transport
    let now: @Sendable () -> Date
    let limits = RateLimits()

    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: Data

        var isGood: Bool { (200..<300).contains(status) }
        /// Of this API. A page of HTML is from somebody in front of it, or from a server that lacks what was asked.
        var isJSON: Bool { JSONSlices.looksLikeJSON(body) && headers["content-type"]?.lowercased().contains("html") != true }

        func decode<Value: Decodable>(_: Value.Type = Value.self) -> Value? { try? JSONDecoder().decode(Value.self, from: body) }
    }

    /// Reads JSON from a path of the API.
    func read(_ path: String, _ query: [(String, String)] = []) async throws(FetchFailure) -> Answer {
        try await read(url(path, query))
    }

    /// - Parameter url: Of this server; ``isOwn(_:)`` tells.
    func read(_ url: URL) async throws(FetchFailure) -> Answer {
        let answer = try await ask(url)
        guard answer.isGood, answer.isJSON else { throw failure(answer) }
        return answer
    }

    /// The answer, whatever it is.
    func ask(_ url: URL) async throws(FetchFailure) -> Answer {
        if let until = limits.restsUntil(.general, at: now()) { throw .rateLimited(until: until) }
        do {
            return try await exchange(OutgoingRequest("GET", url, headers: headers), .general)
        } catch {
            throw .unreachable
        }
    }

    /// Sends a request and reads the whole answer.
    func exchange(_ request: OutgoingRequest, _ budget: RateLimits.Budget) async throws(TransportFailure) -> Answer {
        let incoming = try await transport.send(request)
        limits.note(incoming.headers, status: incoming.status, for: budget, at: now())
        let body = try await incoming.collect(upTo: 16 << 20)
        return Answer(status: incoming.status, headers: incoming.headers, body: body)
    }

    var headers: [String: String] {
        var headers = ["accept": "application/json", "user-agent": "Schalter"]
        if let token { headers["authorization"] = "Bearer \(token)" }
        return headers
    }

    func url(_ path: String, _ query: [(String, String)] = []) -> URL {
        let root = server.absoluteString
        let form = FormBody(query.map { ($0.0, $0.1) }).text
        return URL(string: "\(root)\(root.hasSuffix("/") ? "" : "/")\(path)\(form.isEmpty ? "" : "?\(form)")") ?? server
    }

    /// The token goes nowhere else: a page's `next` may name any host.
    func isOwn(_ url: URL) -> Bool {
        url.scheme == server.scheme && url.host?.lowercased() == server.host?.lowercased() && url.port == server.port
    }

    /// An id as a part of a path. Ids are opaque: one with slashes or dots must not become another path.
    static func escape(_ id: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")
        return id.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    func failure(_ answer: Answer) -> FetchFailure {
        switch answer.status {
        case 429: return .rateLimited(until: RateLimits.reset(answer.headers, at: now()) ?? now() + 300)
        case 401 where !answer.isPage: return .tokenExpired
        case 403 where !answer.isPage: return .permissionMissing
        case 410: return .notOffered
        case _ where answer.isMissing: return .notOffered
        default: return .serverTrouble(status: answer.status)
        }
    }
}

extension MastodonAPI.Answer {
    /// HTML, by name or by looks.
    var isPage: Bool {
        headers["content-type"]?.lowercased().contains("html") == true || body.first { $0 > 0x20 } == UInt8(ascii: "<")
    }

    /// How servers answer to a part of the API that they don't have.
    var isMissing: Bool {
        switch status {
        case 404, 405, 501: true
        case 400: !isJSON
        case 200..<300: isPage
        default: false
        }
    }

    /// What was asked for is not there, and the API itself says so.
    var saysGone: Bool { (status == 404 || status == 410) && isJSON }
}
