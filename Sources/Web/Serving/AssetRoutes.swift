import Foundation
import Hummingbird

/// Styles, scripts and icons. Their path carries their fingerprint, so browsers keep them for ever.
struct AssetRoutes {
    let assets: Assets

    func add(to routes: some RouterMethods<Caller>) {
        routes.get("assets/:version/**", use: serve)
        routes.get("favicon.ico") { _, _ in Response.seeOther("/assets/\(assets.version)/icons/favicon.svg") }
    }

    @Sendable func serve(_ request: Request, caller: Caller) throws -> Response {
        let path = caller.parameters.getCatchAll().joined(separator: "/")
        guard caller.parameters.get("version") == assets.version, let file = assets[path] else { throw HTTPError(.notFound) }
        return Response(
            status: .ok, headers: [.contentType: file.type, .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}
