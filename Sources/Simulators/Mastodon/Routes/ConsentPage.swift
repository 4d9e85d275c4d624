import Foundation
import HTTPTypes
import Hummingbird

extension Call {
    /// HTTP Basic, as RFC 6749 prefers it for apps.
    var basicCredentials: (String, String)? {
        guard let value = request.headers[.authorization], value.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(value.dropFirst("basic ".count)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private var askedScopes: [String] { (fields["scope"] ?? "read").split(separator: " ").map(String.init) }

    private func asking() async throws -> AppRegistration {
        guard fields["response_type"] ?? "code" == "code" else {
            throw WireRefusal(
                status: 400, error: "unsupported_response_type",
                description: "The authorization server does not support this response type.")
        }
        if let method = fields["code_challenge_method"], method != "S256", fields["code_challenge"] != nil {
            throw WireRefusal(status: 400, error: "invalid_code_challenge_method", description: "The code challenge method must be S256.")
        }
        return try await server.request(
            clientID: fields["client_id"] ?? "", redirectURI: fields["redirect_uri"] ?? "", scopes: askedScopes)
    }

    /// Who are you, and may this app act for you? One page here: people practise, they have no passwords.
    func askForConsent() async -> Response {
        do {
            let app = try await asking()
            return Response(
                ConsentPage(app: app, scopes: askedScopes, kept: kept, people: await server.localPeople).html, type: "text/html")
        } catch let refusal as WireRefusal {
            return wrong(refusal)
        } catch {
            return wrong(.badRequest)
        }
    }

    private var kept: [(String, String)] {
        ["response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"]
            .compactMap { name in fields[name].map { (name, $0) } }
    }

    /// Nothing is sent to an address that the app didn't register.
    private func wrong(_ refusal: WireRefusal) -> Response {
        let words = escapeHTML(refusal.description ?? refusal.error)
        return Response(
            PageFrame.html(title: "Nicht möglich", body: "<main><h1>Nicht möglich</h1><p>\(words)</p></main>"), type: "text/html",
            status: HTTPResponse.Status(code: refusal.status))
    }

    func consent() async -> Response {
        do {
            let app = try await asking()
            let account = try await server.account(called: fields["account"] ?? "")
            guard fields["decision"] != "deny" else {
                return back([
                    "error": "access_denied", "error_description": "The resource owner or authorization server denied the request.",
                ])
            }
            let code = await server.consent(
                app, account: account.id, redirectURI: fields["redirect_uri"] ?? "", scopes: askedScopes,
                challenge: fields["code_challenge"])
            return back(["code": code])
        } catch let refusal as WireRefusal {
            return wrong(refusal)
        } catch {
            return wrong(.badRequest)
        }
    }

    private func back(_ answer: [String: String]) -> Response {
        let address = fields["redirect_uri"] ?? ""
        if address == SimulatedMastodon.outOfBand {
            let code = "<code id=\"code\">\(escapeHTML(answer["code"] ?? ""))</code>"
            let body = "<main><h1>Ihr Code</h1><p>Übertragen Sie ihn in das Programm:</p>\(code)</main>"
            return Response(PageFrame.html(title: "Code", body: body), type: "text/html")
        }
        var answer = answer
        answer["state"] = fields["state"]
        let query = answer.sorted { $0.key < $1.key }.map { "\($0.key)=\(Call.encoded($0.value))" }.joined(separator: "&")
        return Response(status: .found, headers: [.location: address + (address.contains("?") ? "&" : "?") + query])
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.urlHostAllowed).union(["-", ".", "_", "~"])) ?? ""
    }
}

struct ConsentPage {
    var app: AppRegistration
    var scopes: [String]
    var kept: [(String, String)]
    var people: [Account]

    var html: String {
        let hidden = kept.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\(escapeHTML($0.1))\">" }.joined()
        let options = people.map { person in
            let acct = escapeHTML(person.acct)
            return "<option value=\"\(acct)\">\(escapeHTML(person.displayName)) (@\(acct))</option>"
        }
        let rights = scopes.map { "<li><code>\(escapeHTML($0))</code></li>" }.joined()
        return PageFrame.html(
            title: "Zugriff erlauben",
            body: """
                <main>
                <h1>„\(escapeHTML(app.name))“ möchte auf ein Konto zugreifen</h1>
                <form method="post" action="/oauth/authorize" class="card">\(hidden)
                <label for="account">Konto</label>
                <select id="account" name="account">\(options.joined())</select>
                <p>Es geht um diese Rechte:</p><ul>\(rights)</ul>
                <p class="row"><button name="decision" value="allow">Zulassen</button>
                <button name="decision" value="deny" class="quiet">Ablehnen</button></p>
                </form>
                </main>
                """)
    }
}

extension SimulatedMastodon {
    /// Those who can sign in here, in the order in which they came.
    var localPeople: [Account] { state.accounts.values.filter { $0.domain == nil }.sorted { $0.id < $1.id } }

    var everybody: [Account] { state.accounts.values.sorted { $0.id < $1.id } }
}
