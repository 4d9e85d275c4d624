import Foundation
import Hummingbird

/// What makes the desk an app of its own on a phone or a screen: its manifest, the worker that shows a page without connection, and that page.
struct AppRoutes {
    let pages: Pages

    func add(to routes: some RouterMethods<Caller>) {
        routes.get("manifest.webmanifest", use: manifest)
        routes.get("service-worker.js", use: worker)
        routes.get("offline/:language", use: offline)
    }

    @Sendable func manifest(_ request: Request, caller: Caller) async throws -> Response {
        let words = pages.words(caller.language)
        let authority = try await pages.plate.authority()?.name
        let manifest = Manifest(
            name: authority.map { words("app.name", ["authority": $0]) } ?? words("product"), shortName: words("product"),
            lang: caller.language.rawValue, assets: pages.assets.version)
        return Response(
            status: .ok, headers: [.contentType: "application/manifest+json; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try manifest.json())))
    }

    /// Under the root, because a worker looks after what lies beside it and below.
    @Sendable func worker(_ request: Request, caller: Caller) throws -> Response {
        guard let file = pages.assets["scripts/service-worker.js"] else { throw HTTPError(.notFound) }
        return Response(
            status: .ok, headers: [.contentType: file.type, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    @Sendable func offline(_ request: Request, caller: Caller) throws -> Response {
        guard let language = caller.parameters.get("language").flatMap(Language.init(rawValue:)) else { throw HTTPError(.notFound) }
        return pages.show("offline/page", OfflinePage(language: language, assets: pages.assets.version), in: language)
    }
}

/// As browsers want it (https://www.w3.org/TR/appmanifest/).
struct Manifest: Encodable {
    let id = "/"
    let name: String
    let shortName: String
    let lang: String
    let startUrl = "/start"
    let scope = "/"
    let display = "standalone"
    let themeColor = "#0f2a31"
    let backgroundColor = "#f5f6f4"
    let icons: [Icon]

    struct Icon: Encodable {
        let src: String
        let sizes: String
        let type: String
        var purpose = "any"
    }

    init(name: String, shortName: String, lang: String, assets: String) {
        self.name = name
        self.shortName = shortName
        self.lang = lang
        let icons = "/assets/\(assets)/icons"
        self.icons = [
            Icon(src: "\(icons)/favicon.svg", sizes: "any", type: "image/svg+xml"),
            Icon(src: "\(icons)/app-192.png", sizes: "192x192", type: "image/png"),
            Icon(src: "\(icons)/app-512.png", sizes: "512x512", type: "image/png"),
            Icon(src: "\(icons)/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable"),
        ]
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
