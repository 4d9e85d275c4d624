import HTTPTypes
import Hummingbird

extension WireRoutes {
    func addPage() {
        get("/") { await $0.timelinePage() }
        post("/_page/status") { try await $0.pageDeed { try await $0.pageWrite() } }
        post("/_page/edit") { try await $0.pageDeed { try await $0.pageEdit() } }
        post("/_page/delete") { try await $0.pageDeed { try await $0.pageDelete() } }
        get("/_page/style.css") { _ in Response(PageStyle.css, type: "text/css") }
        get("/_page/page.js") { _ in Response(PageStyle.script, type: "text/javascript") }
        get("/_page/changes") { await $0.pageChanges() }
        get("/:handle/:id") { try await $0.openPost() }
        get("/:handle") { try await $0.openProfile() }
    }
}

extension Call {
    func timelinePage(refusal: (words: String, text: String)? = nil) async -> Response {
        var page = await server.page(
            writer: fields["als"], isPrivate: fields["tab"] == "privat", replyTo: fields["antwort"] ?? fields["reply_to"],
            editing: fields["aendern"] ?? (request.uri.path == "/_page/edit" ? fields["id"] : nil))
        page.refusal = refusal
        var response = Response(page.html, type: "text/html", status: refusal == nil ? .ok : .unprocessableContent)
        response.headers[.contentSecurityPolicy] = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        return response
    }

    /// Does it and shows the timeline again. Another site's form may not write here.
    func pageDeed(_ deed: (Call) async throws -> Void) async throws -> Response {
        if let origin = request.headers[.origin], let host = request.head.authority, !origin.hasSuffix("://\(host)") {
            throw WireRefusal.notAllowed
        }
        do {
            try await deed(self)
            let isPrivate = fields["tab"] == "privat" || fields["visibility"] == "direct"
            return .seeOther("/?als=\(Call.encoded(fields["als"] ?? ""))\(isPrivate ? "&tab=privat" : "")")
        } catch let refusal as SimulatorRefusal {
            return await timelinePage(refusal: (refusal.description, fields["text"] ?? ""))
        }
    }

    func pageWrite() async throws {
        _ = try await server.write(
            fields["text"] ?? "", as: fields["als"] ?? "", replyTo: fields["reply_to"], visibility: fields["visibility"] ?? "public")
    }

    func pageEdit() async throws {
        try await checkOwn()
        try await server.edit(fields["id"] ?? "", text: fields["text"] ?? "")
    }

    func pageDelete() async throws {
        try await checkOwn()
        try await server.delete(fields["id"] ?? "")
    }

    private func checkOwn() async throws {
        let writer = try await server.account(called: fields["als"] ?? "")
        _ = try await server.ownStatus(try await server.number(fields["id"] ?? ""), of: writer.id)
    }

    /// The address of a post leads to it on the timeline.
    func openPost() async throws -> Response {
        guard context.parameters.get("handle")?.hasPrefix("@") ?? false else { throw WireRefusal(status: 404, error: "Not Found") }
        let status = try await server.status(try await id())
        let author = try await server.account(status.account)
        let tab = status.visibility == .direct ? "tab=privat&" : ""
        return .seeOther("/?\(tab)als=\(Call.encoded(author.acct))#post-\(await server.idText(status.id))")
    }

    func openProfile() async throws -> Response {
        let handle = context.parameters.get("handle") ?? ""
        guard handle.hasPrefix("@") else { throw WireRefusal(status: 404, error: "Not Found") }
        return .seeOther("/?als=\(Call.encoded(try await server.account(called: handle).acct))")
    }

    /// Tells open pages that something changed; they fetch the timeline then.
    func pageChanges() async -> Response {
        let (number, changes) = await server.watch()
        let body = ResponseBody { [request, server] writer in
            var open = writer
            do {
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    for await change in changes { try await open.write(ByteBuffer(string: "data: \(change)\n\n")) }
                }
            } catch is CancellationError {}
            await server.unwatch(number)
            try await open.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }
}
