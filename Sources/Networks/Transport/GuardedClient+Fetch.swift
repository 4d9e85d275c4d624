import Foundation

/// A file somebody linked.
public struct FetchedFile: Sendable, Equatable {
    public var status: Int
    /// As its server claims, without parameters, lower case; empty where it claims nothing.
    public var type: String
    public var bytes: Data
    /// Where it was found in the end.
    public var url: URL
}

extension GuardedClient {
    /// Fetches a file from anywhere, following up to five redirects, each judged like the first address.
    /// - Parameters:
    ///   - headers: Names in lower case. `authorization` and `cookie` stay behind where a redirect leaves the host.
    ///   - limit: In bytes, also unpacked.
    ///   - timeout: For all of it.
    /// - Throws: ``TransportFailure/forbidden`` for a redirect from https to http, to an address we don't fetch from, or the sixth.
    public func fetch(
        _ url: URL, headers: [String: String] = [:], upTo limit: Int, timeout: Duration = .seconds(30)
    ) async throws(TransportFailure) -> FetchedFile {
        let deadline = ContinuousClock.now + timeout
        var place = try ForeignURL(url)
        var headers = headers
        for _ in 0...5 {
            let left = deadline - .now
            guard left > .zero else { throw .broken }
            let answer = try await send(OutgoingRequest("GET", place.url, headers: headers, timeout: left), overKept: false)
            guard (301...308).contains(answer.status), answer.status != 304, let location = answer.headers["location"] else {
                return try await file(answer, at: place.url, upTo: limit)
            }
            let next = try place.redirected(to: location)
            if !next.isSamePlace(as: place) { headers = headers.filter { !["authorization", "cookie"].contains($0.key) } }
            place = next
        }
        throw .forbidden
    }

    private func file(_ answer: IncomingAnswer, at url: URL, upTo limit: Int) async throws(TransportFailure) -> FetchedFile {
        if let announced = answer.headers["content-length"].flatMap(Int.init), announced > limit { throw .tooLarge }
        let type = answer.headers["content-type"]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
        let bytes = try await answer.collect(upTo: limit)
        return FetchedFile(status: answer.status, type: type ?? "", bytes: bytes, url: url)
    }
}

extension ForeignURL {
    fileprivate func redirected(to location: String) throws(TransportFailure) -> ForeignURL {
        guard let next = URL(string: location, relativeTo: url) else { throw .forbidden }
        let place = try ForeignURL(next)
        if isHTTPS && !place.isHTTPS { throw .forbidden }
        return place
    }

    fileprivate func isSamePlace(as other: ForeignURL) -> Bool {
        host == other.host && port == other.port && isHTTPS == other.isHTTPS
    }
}
