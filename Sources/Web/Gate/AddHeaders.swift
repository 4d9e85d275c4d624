import Foundation
import HTTPTypes
import Hummingbird

/// What every answer tells the browser not to do.
struct AddHeaders: RouterMiddleware {
    let publicURL: URL

    typealias Context = Caller

    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "media-src 'self'", "connect-src 'self'",
        "worker-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")

    /// For a page whose form leads on to another server: browsers judge `form-action` by where the answer sends them, too.
    static let policyLeadingOut = policy.replacing("form-action 'self'", with: "form-action 'self' https: http:")

    func handle(_ request: Request, context: Caller, next: (Request, Caller) async throws -> Response) async throws -> Response {
        var response = try await next(request, context)
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = Self.policy }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        response.headers[.xContentTypeOptions] = "nosniff"
        // Not `no-referrer`: with that, browsers send `Origin: null` with our own forms.
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "same-origin" }
        if let name = HTTPField.Name("Cross-Origin-Opener-Policy") { response.headers[name] = "same-origin" }
        if let name = HTTPField.Name("Cross-Origin-Resource-Policy") { response.headers[name] = "same-origin" }
        if publicURL.scheme == "https" { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }
}
