import AsyncHTTPClient
import Foundation

/// The one way out: every request of ours, to a network's API as to a picture somebody linked, goes through here.
///
/// It speaks http and https only, resolves the host once, refuses unless *every* address found is one we may fetch from, and connects
/// to exactly the address it checked. It follows no redirect by itself, and bounds time and size.
public struct GuardedClient: Transport {
    /// No answer is unpacked beyond this, whatever its reader would take.
    static let largestAnswer = 128 << 20

    private let rule: AddressRule
    private let resolve: Resolver
    private let clients = OpenClients()

    /// - Parameter allowed: The operator's own networks, which would be refused otherwise.
    public init(allowing allowed: [AddressRange] = [], resolver: @escaping Resolver = systemResolver) {
        self.rule = AddressRule(allowing: allowed)
        self.resolve = resolver
    }

    public func send(_ request: OutgoingRequest) async throws(TransportFailure) -> IncomingAnswer {
        // Only reading reuses connections: one that the server is just closing would leave the fate of a write unknown.
        try await send(request, overKept: request.method == "GET" && !request.isStream)
    }

    /// - Parameter overKept: Over a connection that was kept from the last request, and keeping it for the next.
    func send(_ request: OutgoingRequest, overKept: Bool) async throws(TransportFailure) -> IncomingAnswer {
        let target = try ForeignURL(request.url)
        var failure = TransportFailure.unreachable
        for address in try await checkedAddresses(of: target.host) {
            do {
                return try await Exchange(request: request, target: target, client: client(for: request, target, address, overKept)).run()
            } catch {
                guard error == .unreachable else { throw error }
                failure = error  // nothing has left: the other version's address may be within reach
            }
        }
        throw failure
    }

    private func client(for request: OutgoingRequest, _ target: ForeignURL, _ address: IPAddress, _ isKept: Bool) -> BoundClient {
        let key = OpenClients.Key(host: target.overrideKey, address: address, silence: request.timeout)
        return isKept ? clients.client(for: key) : BoundClient(key, isStream: request.isStream)
    }

    /// One address of each version.
    /// - Throws: ``TransportFailure/forbidden`` where the host has one address that we don't fetch from: a name that is half public
    ///   and half private is an attempt.
    private func checkedAddresses(of host: String) async throws(TransportFailure) -> [IPAddress] {
        let found = if let literal = IPAddress(host) { [literal] } else { try await resolve(host) }
        guard found.allSatisfy(rule.permits) else { throw .forbidden }
        return [found.first { !$0.isV6 }, found.first(where: \.isV6)].compactMap(\.self)
    }
}

extension ForeignURL {
    /// The host as async-http-client looks it up in its overrides: IPv6 addresses in brackets.
    var overrideKey: String { host.contains(":") ? "[\(host)]" : host }
}
