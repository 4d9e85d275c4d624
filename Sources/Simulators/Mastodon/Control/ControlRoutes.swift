import Foundation
import HTTPTypes
import Hummingbird

/// The handle on the world for tests in other processes. Nothing under `/_sim` exists on a real network.
extension WireRoutes {
    func addControl() {
        post("/_sim/account") { try await $0.simAccount() }
        post("/_sim/status") { try await $0.simStatus() }
        post("/_sim/edit") { try await $0.simEdit() }
        post("/_sim/delete") { try await $0.simDelete() }
        post("/_sim/favourite") { try await $0.simFavourite() }
        post("/_sim/reblog") { try await $0.simReblog() }
        post("/_sim/follow") { try await $0.simFollow() }
        post("/_sim/clock") { try await $0.simClock() }
        post("/_sim/fault") { try await $0.simFault() }
        post("/_sim/profile") { try await $0.simProfile() }
        post("/_sim/stream") { try await $0.simStream() }
        post("/_sim/token") { try await $0.simToken() }
        post("/_sim/revoke") { try await $0.simRevoke() }
        post("/_sim/reset") { call in
            await call.server.reset(); return Call.done
        }
        get("/_sim/log") { try await $0.simLog() }
        get("/_sim/timeline") { call in Response(json: .array(await call.server.timeline.map(\.json))) }
    }
}

extension Call {
    static let done = Response(json: ["ok": true])

    private func ask(_ verb: () async throws -> JSON) async throws -> Response {
        do {
            return Response(json: try await verb())
        } catch let refusal as SimulatorRefusal {
            return Response(json: ["error": .string(refusal.description)], status: HTTPResponse.Status(code: refusal.status))
        }
    }

    func simAccount() async throws -> Response {
        let person = MastodonWorld.Person(acct: fields["acct"] ?? "", displayName: fields["display_name"] ?? "", note: fields["note"] ?? "")
        guard !person.acct.isEmpty else { throw WireRefusal.badRequest }
        return Response(json: await server.shape(await server.join(person, overrides: context.json?["raw"])))
    }

    func simStatus() async throws -> Response {
        let media = try (context.json?["media"]?.array ?? []).map(attachment)
        let options = fields.all("poll")
        return try await ask {
            try await server.post(
                as: fields["acct"] ?? "", fields["text"] ?? "", replyTo: fields["reply_to"], visibility: fields["visibility"] ?? "public",
                warning: fields["spoiler_text"] ?? "", language: fields["language"] ?? "de", media: media,
                poll: options.isEmpty ? nil : SimulatedMastodon.Ballot(options: options), overrides: context.json?["raw"]
            ).json
        }
    }

    private func attachment(_ json: JSON) throws -> SimulatedMastodon.Attachment {
        var attachment = SimulatedMastodon.Attachment(description: json["description"]?.string, overrides: json["raw"])
        if let type = json["type"]?.string { attachment.contentType = type.contains("/") ? type : "\(type)/png" }
        if let text = json["bytes_base64"]?.string {
            guard let bytes = Data(base64Encoded: text) else { throw WireRefusal.badRequest }
            attachment.bytes = Array(bytes)
        }
        return attachment
    }

    func simEdit() async throws -> Response {
        try await ask { try await server.edit(fields["id"] ?? "", text: fields["text"] ?? "", warning: fields["spoiler_text"]).json }
    }

    func simDelete() async throws -> Response {
        try await ask {
            try await server.delete(fields["id"] ?? "")
            return ["ok": true]
        }
    }

    func simFavourite() async throws -> Response {
        try await ask {
            try await server.favourite(fields["id"] ?? "", as: fields["acct"] ?? "")
            return ["ok": true]
        }
    }

    func simReblog() async throws -> Response {
        try await ask {
            try await server.reblog(fields["id"] ?? "", as: fields["acct"] ?? "")
            return ["ok": true]
        }
    }

    func simFollow() async throws -> Response {
        try await ask {
            try await server.follow(fields["acct"] ?? "", as: fields["by"] ?? "")
            return ["ok": true]
        }
    }

    func simClock() async throws -> Response {
        try await server.advance(seconds: Double(fields["advance_seconds"] ?? "") ?? 0)
        return Response(json: ["now": .string(MastodonTime.text(await server.now))])
    }

    func simToken() async throws -> Response {
        let scopes = (fields["scopes"].map { $0.split(separator: " ").map(String.init) } ?? fields.all("scopes"))
        return try await ask {
            let token = try await server.token(
                for: fields["acct"] ?? "", scopes: scopes.isEmpty ? ["read", "write", "follow", "push"] : scopes)
            return ["access_token": .string(token)]
        }
    }

    /// One token, or all of an account.
    func simRevoke() async throws -> Response {
        try await ask {
            if let token = fields["token"] {
                await server.revoke(token)
            } else {
                try await server.revokeTokens(of: fields["acct"] ?? "")
            }
            return ["ok": true]
        }
    }

    func simLog() async throws -> Response {
        let records = await server.requests
        return Response(json: try JSON(parsing: JSONEncoder().encode(records)))
    }
}
