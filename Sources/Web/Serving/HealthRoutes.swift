import Desk
import Hummingbird

/// For whoever watches the program: is it there, does its database answer, and is there room to write?
struct HealthRoutes {
    let desk: Desk

    func add(to routes: some RouterMethods<Caller>) {
        routes.get("healthz", use: answer)
    }

    @Sendable func answer(_ request: Request, caller: Caller) async -> Response {
        let trouble = (try? await desk.record.head()) == nil ? "no database" : desk.store.isFull ? "the disk is full" : nil
        return Response(
            status: trouble == nil ? .ok : .serviceUnavailable, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: trouble ?? "ok")))
    }
}
