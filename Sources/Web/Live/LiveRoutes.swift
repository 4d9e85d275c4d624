import Desk
import Foundation
import HTTPTypes
import Hummingbird
import ServiceLifecycle

/// The live feed as server-sent events.
struct LiveRoutes {
    let desk: Desk
    let feed: LiveFeed

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("live", use: follow)
    }

    @Sendable func follow(_ request: Request, visit: Visit) async throws -> Response {
        let seen = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }.flatMap { Int64($0) } ?? Int64(request.query("since"))
        let body = ResponseBody { writer in
            var open = writer
            // A browser that left, a session that ended and a shutdown all end the stream in good order.
            try? await request.body.consumeWithCancellationOnInboundClose { _ in
                try await tell(visit, since: seen, to: &open)
            }
            try await open.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }

    private func tell(_ visit: Visit, since seen: Int64?, to writer: inout any ResponseBodyWriter) async throws {
        let (number, from, frames) = try await feed.open()
        do {
            try await writer.write(ByteBuffer(string: LiveFrames.hurry))
            try await catchUp(visit, from: seen ?? from, upTo: from, to: &writer)
            for await batch in frames.cancelOnGracefulShutdown() {
                guard try await mayGoOn(visit) else { break }
                try await writer.write(ByteBuffer(string: batch[visit.language]))
            }
            await feed.leave(number)
        } catch {
            await feed.leave(number)
            throw error
        }
    }

    /// What happened since the page was made, or since the line broke.
    private func catchUp(_ visit: Visit, from seen: Int64, upTo head: Int64, to writer: inout any ResponseBodyWriter) async throws {
        guard seen <= head else { return try await writer.write(ByteBuffer(string: LiveFrames.heartbeat(head))) }
        let missed = try await feed.missed(from: seen, upTo: head)
        try await writer.write(ByteBuffer(string: missed?[visit.language] ?? LiveFrames.reload(head)))
    }

    /// Asked before each batch: a session that ended sees nothing more.
    private func mayGoOn(_ visit: Visit) async throws -> Bool {
        try await desk.team.signedIn(session: visit.token, at: desk.clock.now()) != nil
    }
}
