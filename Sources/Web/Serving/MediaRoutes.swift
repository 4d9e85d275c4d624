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
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static let headers: HTTPFields = [
        .contentSecurityPolicy: "default-src 'none'; sandbox; frame-ancestors 'none'", .cacheControl: "private, max-age=3600",
    ]
}
