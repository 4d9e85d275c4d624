import Foundation
import HTTPTypes
import Hummingbird

/// Lets a request change something only where it came from a page of ours: a stranger's page can send forms too, with our cookie.
struct CheckOrigin: RouterMiddleware {
    let publicURL: URL

    typealias Context = Caller

    func handle(_ request: Request, context: Caller, next: (Request, Caller) async throws -> Response) async throws -> Response {
        let isSafe = [.get, .head, .options].contains(request.method)
        guard isSafe || comesFromUs(request) else { throw ForeignOrigin() }
        return try await next(request, context)
    }

    private func comesFromUs(_ request: Request) -> Bool {
        if let origin = request.headers[.origin] { return isOurs(origin, request) }
        if let site = HTTPField.Name("Sec-Fetch-Site").flatMap({ request.headers[$0] }) { return site == "same-origin" }
        return request.headers[.referer].map { isOurs($0, request) } ?? false
    }

    private func isOurs(_ text: String, _ request: Request) -> Bool {
        guard let url = URL(string: text), let place = Self.place(url), ["http", "https"].contains(url.scheme) else { return false }
        if url.scheme == publicURL.scheme, place == Self.place(publicURL) { return true }
        // Where the desk is on https, a page that came unprotected is not ours, whatever its host.
        guard url.scheme == "https" || publicURL.scheme == "http" else { return false }
        guard let host = request.head.authority, let asked = URL(string: "\(url.scheme ?? "http")://\(host)") else { return false }
        return place == Self.place(asked)
    }

    /// Host and port.
    private static func place(_ url: URL) -> String? {
        url.host().map { "\($0.lowercased()):\(url.port ?? (url.scheme == "https" ? 443 : 80))" }
    }
}
