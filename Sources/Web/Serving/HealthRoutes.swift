import Desk
import Hummingbird

/// For whoever watches the program: is it there, and does its database answer?
struct HealthRoutes {
    let desk: Desk

    func add(to routes: some RouterMethods<Caller>) {
        routes.get("healthz", use: answer)
    }

    @Sendable func answer(_ request: Request, caller: Caller) async -> Response {
        let isWell = (try? await desk.record.head()) != nil
        return Response(
            status: isWell ? .ok : .serviceUnavailable, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: isWell ? "ok" : "no database")))
    }
}
