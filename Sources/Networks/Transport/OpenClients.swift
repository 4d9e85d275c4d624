import AsyncHTTPClient
import Synchronization

/// Connections that are kept for the next request to the same host.
///
/// A client is bound to the one address that was checked for it. The host is resolved and judged anew for each request; where it
/// resolves to something else meanwhile, another client serves it.
final class OpenClients: Sendable {
    struct Key: Hashable {
        var host: String
        var address: IPAddress
        var silence: Duration
    }

    private struct Entry {
        var client: BoundClient
        var usedAt: ContinuousClock.Instant
    }

    private let entries = Mutex<[Key: Entry]>([:])

    func client(for key: Key) -> BoundClient {
        let now = ContinuousClock.now
        return entries.withLock { entries in
            // A client that leaves here lives on until the last answer read through it is read to its end.
            entries = entries.filter { now - $0.value.usedAt < .seconds(60) }
            let client = entries[key]?.client ?? BoundClient(key, isStream: false)
            entries[key] = Entry(client: client, usedAt: now)
            return client
        }
    }
}

/// A client that connects to one checked address whatever the host name says, and closes when nobody holds it any more.
final class BoundClient: Sendable {
    let http: HTTPClient

    init(_ key: OpenClients.Key, isStream: Bool) {
        var settings = HTTPClient.Configuration()
        settings.dnsOverride = [key.host: key.address.description]
        settings.redirectConfiguration = .disallow
        settings.httpVersion = .http1Only
        settings.timeout = .init(connect: .seconds(8), read: .nanoseconds(key.silence.inNanoseconds))
        settings.timeout.write = .nanoseconds(key.silence.inNanoseconds)
        settings.connectionPool.retryConnectionEstablishment = false
        // Shorter than servers keep a silent connection, so that we don't write into one that they are closing.
        settings.connectionPool.idleTimeout = .seconds(4)
        settings.decompression = isStream ? .disabled : .enabled(limit: .size(GuardedClient.largestAnswer))
        self.http = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: settings)
    }

    deinit { _ = http.shutdown() }
}

extension Duration {
    var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
