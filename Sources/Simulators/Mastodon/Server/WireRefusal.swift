/// An answer of the network that is a refusal, with the words of the real one.
struct WireRefusal: Error, Equatable {
    var status: Int
    var error: String
    var description: String?

    static let invalidToken = WireRefusal(status: 401, error: "The access token is invalid")
    static let revokedToken = WireRefusal(status: 401, error: "The access token was revoked")
    static let outsideScopes = WireRefusal(status: 403, error: "This action is outside the authorized scopes")
    static let notAllowed = WireRefusal(status: 403, error: "This action is not allowed")
    static let notFound = WireRefusal(status: 404, error: "Record not found")
    static let noUser = WireRefusal(status: 422, error: "This method requires an authenticated user")
    static let badRequest = WireRefusal(status: 400, error: "Bad request")
    static let invalidClient = WireRefusal(
        status: 401, error: "invalid_client",
        description: "Client authentication failed due to unknown client, no client authentication included, or unsupported "
            + "authentication method.")
    static let invalidGrant = WireRefusal(
        status: 400, error: "invalid_grant",
        description: "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the "
            + "authorization request, or was issued to another client.")

    static func validation(_ what: String) -> WireRefusal { WireRefusal(status: 422, error: "Validation failed: \(what)") }

    static func tooLong(limit: Int) -> WireRefusal { validation("Text character limit of \(limit) exceeded") }

    var json: JSON {
        description.map { ["error": .string(error), "error_description": .string($0)] } ?? ["error": .string(error)]
    }
}
