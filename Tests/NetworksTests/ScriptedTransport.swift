import Foundation
import Synchronization

@testable import Networks

/// A server that answers from a list, by method and path, and remembers what it was asked.
final class ScriptedTransport: Transport {
    enum Line: Sendable {
        case json(Int, String, [String: String] = [:])
        case page(Int)
        case text(Int, String)
        case stream([String])
        case halfABody
        case failure(TransportFailure)
    }

    private let script: Mutex<[String: [Line]]>
    private let log = Mutex<[OutgoingRequest]>([])

    /// - Parameter script: By `GET /api/v1/…` without the query. The last line for a request answers all further ones.
    init(_ script: [String: [Line]]) { self.script = Mutex(script) }

    var requests: [OutgoingRequest] { log.withLock { $0 } }
    var asked: [String] { requests.map { "\($0.method) \($0.url.path)" } }
    func bodies(_ method: String) -> [String] {
        requests.filter { $0.method == method }.map { String(decoding: $0.body ?? Data(), as: UTF8.self) }
    }

    func send(_ request: OutgoingRequest) async throws(TransportFailure) -> IncomingAnswer {
        log.withLock { $0.append(request) }
        let key = "\(request.method) \(request.url.path)"
        let line = script.withLock { script -> Line in
            guard var lines = script[key], let first = lines.first else { return .page(404) }
            if lines.count > 1 { lines.removeFirst() }
            script[key] = lines
            return first
        }
        switch line {
        case .json(let status, let text, let headers):
            return answer(status, headers.merging(["content-type": "application/json"]) { $1 }, [text])
        case .page(let status): return answer(status, ["content-type": "text/html"], ["<!DOCTYPE html><p>Hier ist nichts.</p>"])
        case .text(let status, let text): return answer(status, ["content-type": "text/plain"], [text])
        case .stream(let parts): return answer(200, ["content-type": "text/event-stream"], parts)
        case .halfABody:
            return IncomingAnswer(status: 200, headers: [:], body: AsyncThrowingStream { throw TransportFailure.broken })
        case .failure(let failure): throw failure
        }
    }

    private func answer(_ status: Int, _ headers: [String: String], _ parts: [String]) -> IncomingAnswer {
        let (body, continuation) = AsyncThrowingStream<Data, any Error>.makeStream()
        for part in parts { continuation.yield(Data(part.utf8)) }
        continuation.finish()
        return IncomingAnswer(status: status, headers: headers, body: body)
    }
}

/// What a server once sent, by name.
func recorded(_ name: String) throws -> String {
    guard let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Recorded/mastodon") else {
        throw NotRecorded()
    }
    return try String(contentsOf: url, encoding: .utf8).trimmingCharacters(in: .newlines)
}

private struct NotRecorded: Error {}

/// The town's own account, at ten past ten on 16 November 2026.
func mastodon(
    _ transport: ScriptedTransport, version: String = "4.6.0", apiVersion: Int? = 10, maxLength: Int = 500, scopes: [String] = []
) throws -> Mastodon {
    let url = URL(string: "https://muster.example")!
    let isStock = MastodonServer.isStock(version: version, apiVersion: apiVersion)
    let capabilities = Capabilities(
        abilities: Set(Capabilities.Ability.allCases), maxLength: maxLength, maxMedia: 4, maxAltText: 1500, maxImageSize: 1 << 24,
        mediaTypes: ["image/png"], streams: true, idempotencySeconds: isStock ? 3600 : 0, missing: [])
    let server = MastodonServer(
        url: url, domain: "muster.example", title: "Musterstadt", version: version, apiVersion: apiVersion, streamingBase: url,
        capabilities: capabilities)
    let account = MastodonAccount(
        server: server, id: "1", object: "https://muster.example/users/stadt", handle: "stadt@muster.example", displayName: "Musterstadt",
        scopes: scopes)
    let now = Date(timeIntervalSince1970: 1_794_823_800)
    return Mastodon(account: account, token: "geheim", transport: transport, now: { now }, pause: { _ in })
}
