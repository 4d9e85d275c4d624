import Foundation

/// The one function by which adapters reach the world. The real one is the ``GuardedClient``.
public protocol Transport: Sendable {
    /// Sends a request and returns as soon as the head of the answer is there.
    func send(_ request: OutgoingRequest) async throws(TransportFailure) -> IncomingAnswer
}

public struct OutgoingRequest: Sendable, Equatable {
    public var method: String
    public var url: URL
    /// Names in lower case.
    public var headers: [String: String]
    public var body: Data?
    /// How long the whole answer may take; for a stream, how long it may be silent.
    public var timeout: Duration
    /// The answer goes on and on.
    public var isStream: Bool

    public init(
        _ method: String, _ url: URL, headers: [String: String] = [:], body: Data? = nil, timeout: Duration = .seconds(20),
        isStream: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.isStream = isStream
    }
}

public struct IncomingAnswer: Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: [String: String]
    public var body: AsyncThrowingStream<Data, any Error>

    public init(status: Int, headers: [String: String], body: AsyncThrowingStream<Data, any Error>) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The whole body.
    /// - Throws: ``TransportFailure/broken`` where it breaks off, ``TransportFailure/tooLarge`` past `limit` bytes.
    public func collect(upTo limit: Int = 4 << 20) async throws(TransportFailure) -> Data {
        var whole = Data()
        do {
            for try await part in body {
                whole.append(part)
                if whole.count > limit { throw TransportFailure.tooLarge }
            }
        } catch let failure as TransportFailure {
            throw failure
        } catch {
            throw .broken
        }
        return whole
    }
}

public enum TransportFailure: Error, Equatable, Sendable {
    /// Nothing left this machine: refused, not resolved, TLS failed.
    case unreachable
    /// The address is one we do not fetch from.
    case forbidden
    /// The request may have arrived: the connection broke, or the answer took too long.
    case broken
    case tooLarge
}
