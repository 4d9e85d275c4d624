import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct SecondFactorPagesTests {
    private static let password = "ein langes Passwort"

    @Test(arguments: Engine.allCases) func `a second factor is set up with the app's first code`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                #expect(try await client.get("/account", as: counter.editor).text.contains("action=\"/account/second-factor\""))
                #expect(try await client.get("/account/second-factor", as: counter.editor).status == .conflict)
                let begun = try await client.post("/account/second-factor", as: counter.editor)
                #expect(begun.headers[.location] == "/account/second-factor")
                let page = try await client.get("/account/second-factor", as: counter.editor).text
                #expect(page.contains("href=\"otpauth://totp/Schalter%20Stadt%20Musterstadt:editor%40musterstadt.example?secret="))
                #expect(page.firstMatch(of: #/<svg class="qr" viewBox="-4 -4 (\d+) \1"[^>]*><path d="M0 0h7v1h-7zM/#) != nil)

                let refused = try await client.post("/account/second-factor/confirmation", ["code": "12 34 5"], as: counter.editor)
                #expect(refused.status == .unprocessableContent && refused.text.contains("Dieser Code stimmt nicht"))
                #expect(refused.text.contains("class=\"qr\""))
                let codes = try await counter.confirm(client)
                #expect(codes.count == 10)
                let account = try await client.get("/account", as: counter.editor).text
                #expect(account.contains("Noch 10 Ersatzcodes.") && !account.contains("otpauth"))
                #expect(try await client.get("/account/second-factor", as: counter.editor).status == .conflict)
                let stale = try await client.post("/account/second-factor/confirmation", ["code": "000000"], as: counter.editor)
                #expect(stale.status == .conflict && stale.text.contains("ist schon eingeschaltet"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `between password and code there is no session, and only this browser can go on`(
        on engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            let (now, session) = (counter.desk.clock.now(), try await counter.editorSession)
            try await counter.desk.team.choose(password: Self.password, old: nil, for: counter.editorID, keeping: session, at: now)
            try await counter.ask { client async throws in
                _ = try await client.post("/account/second-factor", as: counter.editor)
                let codes = try await counter.confirm(client)
                let entered = try await client.post(
                    "/signin", ["email": "editor@musterstadt.example", "password": Self.password, "next": "/channels"])
                #expect(entered.headers[.location] == "/signin/code?next=%2Fchannels" && entered.session == nil)
                let cookie = try #require(entered.headers[values: .setCookie].first { $0.hasPrefix("schalter-code=") })
                #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("Max-Age=600"))
                let begun = String(cookie.prefix { $0 != ";" })

                #expect(try await client.get("/signin/code").headers[.location] == "/signin")
                #expect(try await client.post("/signin/code", ["code": codes[0]]).text.contains("Diese Anmeldung gilt nicht mehr"))
                let asSession = "schalter=" + begun.dropFirst("schalter-code=".count)
                #expect(try await client.get("/inbox", headers: [.cookie: asSession]).status == .seeOther)

                let page = try await client.get("/signin/code?next=%2Fchannels", headers: [.cookie: begun])
                #expect(page.status == .ok && page.field("next") == "/channels")
                let wrong = try await client.post("/signin/code", ["code": "000 000", "next": "/channels"], headers: [.cookie: begun])
                #expect(wrong.status == .unprocessableContent && wrong.session == nil && wrong.field("next") == "/channels")
                let right = try await client.post("/signin/code", ["code": codes[0], "next": "/channels"], headers: [.cookie: begun])
                #expect(right.headers[.location] == "/channels")
                #expect(right.headers[values: .setCookie].contains { $0.hasPrefix("schalter-code=;") })
                #expect(try await client.get("/channels", as: right.session).status == .ok)

                let again = try await client.post("/signin/code", ["code": codes[1]], headers: [.cookie: begun])
                #expect(again.session == nil && again.text.contains("Diese Anmeldung gilt nicht mehr"))
                #expect(try await client.get("/signin/code", headers: [.cookie: begun]).text.contains("Diese Anmeldung gilt nicht mehr"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `who guesses codes is asked to wait, and told what else there is`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                _ = try await client.post("/account/second-factor", as: counter.editor)
                let codes = try await counter.confirm(client)
                let link = try await counter.desk.team.makeLink(for: counter.editorID, by: .operator, at: counter.desk.clock.now())
                let begun = try #require(try await client.post("/signin/\(link)").headers[.setCookie].map { String($0.prefix { $0 != ";" }) })
                var guesses = 0
                while try await client.post("/signin/code", ["code": "\(guesses)"], headers: [.cookie: begun]).status != .tooManyRequests {
                    guesses += 1
                    try #require(guesses < 20, "nobody guesses as often as they like")
                }
                try await counter.desk.store.write { db in _ = try db.run("UPDATE guess SET until = until + 60000") }
                let slow = try await client.post("/signin/code", ["code": codes[0]], headers: [.cookie: begun])
                #expect(slow.status == .tooManyRequests && slow.text.contains("Zu viele falsche Codes"))
                #expect(!slow.text.contains("Einmal-Link geben"))
                // The link is not used up by that: whoever waits long enough comes in by it.
                #expect(try await client.get("/signin/\(link)").status == .ok)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `an admin helps who lost their phone, and nobody helps themselves`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let path = "/team/\(counter.editorID)/second-factor/removal"
                #expect(try await client.post(path, as: counter.admin).status == .conflict)
                _ = try await client.post("/account/second-factor", as: counter.editor)
                _ = try await counter.confirm(client)
                #expect(try await client.get("/team/\(counter.editorID)", as: counter.admin).text.contains("action=\"\(path)\""))
                #expect(try await client.post(path, as: counter.admin).headers[.location] == "/team/\(counter.editorID)")
                #expect(try await client.get("/account", as: counter.editor).status == .seeOther)
                #expect(try await client.post("/team/1/second-factor/removal", as: counter.admin).status == .forbidden)
            }
        }
    }
}

extension Counter {
    fileprivate var editorSession: ID<Team.Session>? {
        get async throws { try await desk.team.sessions(of: editorID, at: desk.clock.now()).first?.id }
    }

    /// The editor types what their app shows.
    /// - Returns: The recovery codes that the page shows.
    fileprivate func confirm(_ client: any TestClientProtocol) async throws -> [String] {
        let row = try await desk.store.read { db in try db.row("SELECT * FROM second_factor WHERE colleague_id = \(editorID)") }
        let app = try SealedSecret(#require(row)).code(with: desk.team.keys)
        let code = app.code(in: OneTimeCode.step(at: desk.clock.now()))
        let page = try await client.post("/account/second-factor/confirmation", ["code": code], as: editor).text
        return page.matches(of: #/(?:\d{4} ){4}\d{4}/#).map { String($0.0) }
    }
}
