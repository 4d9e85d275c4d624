import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// One request and its answer.
struct Exchange {
    let request: OutgoingRequest
    let target: ForeignURL
    let client: BoundClient

    func run() async throws(TransportFailure) -> IncomingAnswer {
        var outgoing = HTTPClientRequest(url: target.url.absoluteString)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { outgoing.headers.replaceOrAdd(name: name, value: value) }
        let body = WatchedBody(request.body ?? Data())
        if let bytes = request.body { outgoing.body = .stream(body, length: .known(Int64(bytes.count))) }
        let deadline = ContinuousClock.now + request.timeout
        do {
            let answer = try await client.http.execute(outgoing, timeout: .nanoseconds(request.timeout.inNanoseconds))
            return incoming(answer, until: request.isStream ? nil : deadline)
        } catch {
            throw failure(error, bodyHasLeft: request.body == nil ? nil : body.hasLeft)
        }
    }

    private func incoming(_ answer: HTTPClientResponse, until deadline: ContinuousClock.Instant?) -> IncomingAnswer {
        var headers: [String: String] = [:]
        for (name, value) in answer.headers {
            let name = name.lowercased()
            headers[name] = headers[name].map { "\($0), \(value)" } ?? value
        }
        var parts = answer.body.makeAsyncIterator()
        let client = client
        let body = pulledStream { () -> Data? in
            defer { withExtendedLifetime(client) {} }  // held until the body is read or dropped; closing it would cut the answer off
            // Each wait is bounded by the silence we bear; the sum of them here, for those who send a byte now and then.
            if let deadline, ContinuousClock.now > deadline { throw TransportFailure.broken }
            do {
                return try await parts.next().map { Data($0.readableBytesView) }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                throw TransportFailure(whileReading: error)
            }
        }
        return IncomingAnswer(status: Int(answer.status.code), headers: headers, body: body)
    }

    /// - Parameter bodyHasLeft: `nil` for a request without a body. A body is asked for only once the connection stands and the head
    ///   is out, and without its body no server can act on a request: so this tells "certainly not done" from "perhaps done".
    private func failure(_ error: any Error, bodyHasLeft: Bool?) -> TransportFailure {
        if let bodyHasLeft { return bodyHasLeft ? .broken : .unreachable }
        switch error {
        case let error as HTTPClientError:
            let beforeTheRequest: [HTTPClientError] = [.connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout]
            return beforeTheRequest.contains(error) ? .unreachable : .broken
        case let error as IOError:
            return [ECONNRESET, EPIPE, ETIMEDOUT].contains(error.errnoCode) ? .broken : .unreachable
        default:
            return .unreachable  // TLS: no certificate, or the wrong one
        }
    }
}

/// A request's body that knows whether it was asked for.
private struct WatchedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    private let bytes: Data
    private let flag = Flag()

    init(_ bytes: Data) { self.bytes = bytes }

    var hasLeft: Bool { flag.isUp.load(ordering: .acquiring) }

    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes, flag: flag) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var bytes: Data?
        fileprivate let flag: Flag

        mutating func next() async -> ByteBuffer? {
            flag.isUp.store(true, ordering: .releasing)
            defer { bytes = nil }
            return bytes.flatMap { $0.isEmpty ? nil : ByteBuffer(bytes: $0) }
        }
    }

    fileprivate final class Flag: Sendable {
        let isUp = Atomic<Bool>(false)
    }
}

extension TransportFailure {
    /// A body that unpacks to more than we take is too large; all else broke off.
    fileprivate init(whileReading error: any Error) {
        self = String(describing: type(of: error)) == "DecompressionError" ? .tooLarge : .broken
    }
}
