import Foundation

extension Mastodon {
    /// Mastodon says `:thump` every 15 seconds; a stream that is silent for six of them is dead.
    private static let silence = Duration.seconds(90)

    public func listen() -> AsyncThrowingStream<Heard, any Error> {
        guard capabilities.streams, let base = account.server.streamingBase else { return AsyncThrowingStream { $0.finish() } }
        var stream = OpenStream(mastodon: self, base: base)
        return pulledStream { try await stream.next() }
    }

    fileprivate func open(_ base: URL) async throws -> IncomingAnswer {
        let streaming = MastodonAPI(server: base, token: api.token, transport: api.transport, now: now)
        var headers = streaming.headers
        headers["accept"] = "text/event-stream"
        let url = streaming.url("api/v1/streaming/user")
        let answer: IncomingAnswer
        do {
            answer = try await api.transport.send(OutgoingRequest("GET", url, headers: headers, timeout: Self.silence, isStream: true))
        } catch {
            throw FetchFailure.unreachable
        }
        let type = answer.headers["content-type"] ?? ""
        guard answer.status == 200, type.lowercased().hasPrefix("text/event-stream") else {
            throw api.failure(.init(status: answer.status, headers: answer.headers, body: Data()))
        }
        return answer
    }

    /// What an event of the stream is to us. Each shows that the server is there, also those we have no use for.
    func heard(_ name: String, _ data: String) -> Heard {
        let bytes = Data(data.utf8)
        let concerning: Item? =
            switch name {
            case "update", "status.update": item(concerning: bytes)
            case "notification": item(notification: bytes)
            case "delete": LooseID.isPlausible(data.trimmed) ? item(deletionOf: data.trimmed) : nil
            case "conversation": item(lastOf: bytes)
            default: nil
            }
        return concerning.map(Heard.item) ?? .heartbeat
    }
}

/// One connection to the stream, from its opening to its end.
private struct OpenStream {
    let mastodon: Mastodon
    let base: URL
    private var body: AsyncThrowingStream<Data, any Error>.AsyncIterator?
    private var events = ServerSentEvents()
    private var waiting: ArraySlice<Heard> = []

    init(mastodon: Mastodon, base: URL) {
        self.mastodon = mastodon
        self.base = base
    }

    /// - Throws: ``FetchFailure``, also where the server ends the stream: it has no end of its own.
    mutating func next() async throws -> Heard? {
        guard body != nil else {
            body = try await mastodon.open(base).body.makeAsyncIterator()
            return .opened
        }
        while waiting.isEmpty {
            let bytes: Data?
            do {
                bytes = try await body?.next()
            } catch is TransportFailure {
                throw FetchFailure.unreachable
            }
            guard let bytes else {
                try Task.checkCancellation()
                throw FetchFailure.unreachable
            }
            let fed: [ServerSentEvents.Sign]
            do { fed = try events.feed(bytes) } catch { throw FetchFailure.serverTrouble(status: 200) }
            waiting += fed.map { heard in
                switch heard {
                case .comment: .heartbeat
                case .event(let name, let data, _): mastodon.heard(name, data)
                }
            }
        }
        return waiting.popFirst()
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
