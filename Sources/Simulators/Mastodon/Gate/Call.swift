import Foundation
import HTTPTypes
import Hummingbird

/// One request and whom it asks. What answers a request is a method of it, beside its noun's other ones.
struct Call: Sendable {
    let request: Request
    let context: MastodonContext
    let server: SimulatedMastodon

    var fields: Fields { context.fields }

    /// The id in the path.
    func id(_ name: String = "id") async throws -> Int64 {
        try await server.number(context.parameters.get(name) ?? "")
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { request.headers[$0] } }

    var bearer: String? {
        guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return fields["access_token"] }
        return String(value.dropFirst("bearer ".count))
    }

    /// The account whose token this is, if the token was given for any of these scopes.
    func caller(_ scope: String, or other: String? = nil) async throws -> Int64 {
        let token = try await server.token(bearer)
        guard SimulatedMastodon.covers(token.scopes, [scope]) || other.map({ SimulatedMastodon.covers(token.scopes, [$0]) }) ?? false else {
            throw WireRefusal.outsideScopes
        }
        guard let account = token.account else { throw WireRefusal.noUser }
        return account
    }

    /// `nil` for strangers and apps; a token that is given must be good.
    func viewer() async throws -> Int64? {
        guard let bearer else { return nil }
        return try await server.token(bearer).account
    }
}

extension Response {
    init(json: JSON, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    init(_ text: String, type: String, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: "\(type); charset=utf-8"], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    init(_ refusal: WireRefusal) {
        self.init(json: refusal.json, status: HTTPResponse.Status(code: refusal.status))
    }

    static func seeOther(_ location: String) -> Response { Response(status: .seeOther, headers: [.location: location]) }
}
