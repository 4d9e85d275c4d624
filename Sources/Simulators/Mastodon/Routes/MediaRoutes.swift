import Hummingbird

extension WireRoutes {
    func addMedia() {
        post("/api/v2/media") { try await $0.uploadMedia(waits: false) }
        post("/api/v1/media") { try await $0.uploadMedia(waits: true) }
        get("/api/v1/media/:id") { try await $0.media() }
        put("/api/v1/media/:id") { try await $0.describeMedia() }
        get("/media/:id/original") { try await $0.mediaBytes() }
        get("/avatars/:file") { _ in Response(bytes: TinyImage.png, type: "image/png") }
    }
}

extension Call {
    /// - Parameter waits: The old way answers when the file is ready; the new one says 202 meanwhile.
    func uploadMedia(waits: Bool) async throws -> Response {
        let account = try await caller("write:media")
        guard let file = context.files.first(where: { $0.field == "file" }) else { throw WireRefusal.validation("File can't be blank") }
        let kept = try await server.upload(
            file.bytes, type: file.type, description: fields["description"], focus: fields["focus"], by: account)
        let busy = kept.processingLeft > 0 && !waits
        return Response(json: await server.shape(kept), status: busy ? .accepted : .ok)
    }

    func media() async throws -> Response {
        let account = try await caller("write:media")
        let file = try await server.look(at: try await id(), of: account)
        if file.processingLeft > 0 { return Response(json: await server.shape(file), status: .partialContent) }
        if file.failed { throw WireRefusal(status: 422, error: "Error processing thumbnail for uploaded media") }
        return Response(json: await server.shape(file))
    }

    func describeMedia() async throws -> Response {
        let account = try await caller("write:media")
        let file = try await server.describe(
            try await id(), of: account, description: fields["description"], focus: fields["focus"])
        return Response(json: await server.shape(file))
    }

    func mediaBytes() async throws -> Response {
        guard let file = await server.state.media[try await id()] else { throw WireRefusal.notFound }
        return Response(bytes: Array(file.bytes), type: file.contentType)
    }
}

extension Response {
    /// Bytes that came from outside are never run by a browser, whatever they claim to be.
    init(bytes: [UInt8], type: String) {
        self.init(
            status: .ok,
            headers: [.contentType: type, .contentSecurityPolicy: "default-src 'none'; sandbox", .xContentTypeOptions: "nosniff"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
