import Desk
import Foundation
import Hummingbird

/// Files of messages. They came from strangers: shown only where their kind can't run anything, otherwise offered to be saved.
struct MediaRoutes {
    let desk: Desk

    private static let shown: Set<String> = [
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "video/mp4", "video/webm", "audio/mpeg", "audio/mp4",
        "audio/ogg", "audio/wav", "audio/webm", "audio/flac", "audio/aac",
    ]

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("media/:id", use: serve)
    }

    @Sendable func serve(_ request: Request, visit: Visit) async throws -> Response {
        let (media, bytes) = try await desk.media(try visit.id(), for: visit.me)
        var headers = Self.headers
        let type = media.type?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() } ?? ""
        headers[.contentType] = Self.shown.contains(type) ? type : "application/octet-stream"
        headers[.contentDisposition] = Self.shown.contains(type) ? "inline" : "attachment"
        headers[.acceptRanges] = "bytes"
        guard let range = ByteRange(request.headers[.range], of: bytes.count) else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        headers[.contentRange] = "bytes \(range.bytes.lowerBound)-\(range.bytes.upperBound - 1)/\(bytes.count)"
        let part = bytes.dropFirst(range.bytes.lowerBound).prefix(range.bytes.count)
        return Response(status: .partialContent, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: part)))
    }

    private static let headers: HTTPFields = [
        .contentSecurityPolicy: "default-src 'none'; sandbox; frame-ancestors 'none'", .cacheControl: "private, max-age=3600",
    ]
}

/// The part of a file that a player asks for, to jump in a film: `bytes=0-`, `bytes=100-199`, `bytes=-500` (RFC 9110, 14.1).
struct ByteRange: Equatable {
    let bytes: Range<Int>

    /// - Returns: `nil` where all is wanted, several parts are, or what is wanted isn't there: all is the right answer then, too.
    init?(_ header: String?, of size: Int) {
        guard let found = header?.wholeMatch(of: /bytes=(\d{0,15})-(\d{0,15})/)?.output else { return nil }
        switch (Int(found.1), Int(found.2)) {
        case (nil, let last?) where last > 0: bytes = max(0, size - last)..<size
        case (let first?, nil): bytes = first..<max(first, size)
        case (let first?, let last?) where first <= last: bytes = first..<max(first, min(last + 1, size))
        default: return nil
        }
        if bytes.isEmpty { return nil }
    }
}
