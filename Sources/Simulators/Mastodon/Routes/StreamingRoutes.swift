import Hummingbird

extension WireRoutes {
    func addStreaming() {
        get("/api/v1/streaming/health") { call in
            guard await !call.server.has(.streamMissing) else { throw WireRefusal(status: 404, error: "Not found") }
            return Response("OK", type: "text/plain")
        }
        get("/api/v1/streaming/user") { try await $0.stream("user") }
        get("/api/v1/streaming/user/notification") { try await $0.stream("user:notification") }
        get("/api/v1/streaming/direct") { try await $0.stream("direct") }
        get("/api/v1/streaming") { _ in throw WireRefusal(status: 400, error: "Unknown channel requested") }
        get("/api/v1/streaming/**") { _ in throw WireRefusal(status: 400, error: "Unknown channel requested") }
    }
}

extension Call {
    /// An open answer of server-sent events. Nothing is replayed: what happened before is gone.
    func stream(_ channel: String) async throws -> Response {
        guard await !server.has(.streamMissing) else { throw WireRefusal(status: 404, error: "Not found") }
        let account = try await caller(channel == "user:notification" ? "read:notifications" : "read:statuses")
        // Subscribed before the head is sent: whoever sees the answer misses nothing from then on.
        let (number, events) = await server.subscribe(account, to: channel)
        let body = ResponseBody { [request, server, context] writer in
            var open = writer
            do {
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await StreamWriter(server: server).write(events, to: &open)
                }
            } catch is CancellationError {}
            await server.unsubscribe(number)
            // A streaming server that stops takes no leave: the connection ends in the middle.
            await context.hangUp()
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "private, no-store"], body: body)
    }
}

/// Writes events as they come, and a sign of life every fifteen seconds.
struct StreamWriter {
    let server: SimulatedMastodon

    private enum Line: Sendable {
        case event(StreamEvent)
        case thump
    }

    func write(_ events: AsyncStream<StreamEvent>, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: ":)\n"))
        let (lines, sink) = AsyncStream<Line>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in events { sink.yield(.event(event)) }
                sink.finish()
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(15))
                    sink.yield(.thump)
                }
            }
            for await line in lines { try await write(line, to: &writer) }
            group.cancelAll()
        }
    }

    private func write(_ line: Line, to writer: inout any ResponseBodyWriter) async throws {
        switch line {
        case .event(let event):
            if event.delay > 0 { try await Task.sleep(for: .seconds(event.delay)) }
            try await writer.write(ByteBuffer(string: "event: \(event.event)\ndata: \(event.payload)\n\n"))
        case .thump:
            if await !server.has(.streamSilent) { try await writer.write(ByteBuffer(string: ":thump\n")) }
        }
    }
}
