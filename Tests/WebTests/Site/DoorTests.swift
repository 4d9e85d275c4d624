import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct DoorTests {
    @Test(arguments: Engine.allCases) func `a fresh desk opens to the printed link and to nobody else`(on engine: Engine) async throws {
        try await Counter.withBareDesk(engine) { desk in
            let site = try Counter.site(of: desk)
            let link = try #require(try await desk.team.makeSetUpLink(at: desk.clock.now()))
            try await site.application(host: "127.0.0.1", port: 0).test(.router) { client in
                #expect(try await client.get("/").status == .serviceUnavailable)
                #expect(try await client.get("/inbox").text.contains("noch nicht eingerichtet"))
                #expect(try await client.get("/setup/falsch").status == .gone)
                #expect(try await client.get("/setup/\(link)").text.contains("Willkommen am Schalter"))
                let fields: KeyValuePairs = [
                    "authority": "Stadt Musterstadt", "kind": "city", "state": "NW", "address": "sie", "name": "Erika Beispiel",
                    "email": "erika@musterstadt.example", "password": "kurz",
                ]
                let refused = try await client.post("/setup/\(link)", fields)
                #expect(refused.status == .unprocessableContent)
                #expect(refused.text.contains("Passwort ist zu kurz") && refused.text.contains("value=\"Erika Beispiel\""))
                let opened = try await client.post("/setup/\(link)", Self.complete)
                #expect(opened.status == .seeOther && opened.headers[.location] == "/inbox")
                let inbox = try await client.get("/inbox", as: opened.session)
                #expect(inbox.status == .ok && inbox.text.contains("Noch kein Kanal verbunden"))
                #expect(try await client.post("/setup/\(link)", Self.complete).status == .gone)
            }
        }
    }

    private static let complete: KeyValuePairs = [
        "authority": "Stadt Musterstadt", "kind": "city", "state": "NW", "address": "sie", "name": "Erika Beispiel",
        "email": "erika@musterstadt.example", "password": "ein langes Passwort",
    ]

    @Test(arguments: Engine.allCases) func `a link is used up by its button and not by looking at it`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let link = try await counter.desk.team.makeLink(for: counter.editorID, by: .operator, at: counter.desk.clock.now())
            try await counter.ask { client async throws in
                #expect(try await client.get("/signin/\(link)").status == .ok)
                #expect(try await client.get("/signin/\(link)").status == .ok)
                let entered = try await client.post("/signin/\(link)")
                #expect(entered.status == .seeOther)
                #expect(try await client.get("/inbox", as: entered.session).status == .ok)
                #expect(try await client.get("/signin/\(link)").status == .gone)
                #expect(try await client.post("/signin/\(link)").status == .gone)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `who is not signed in is asked to, and comes back to the page they wanted`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let sent = try await client.get("/conversations/1?view=mine")
                #expect(sent.status == .seeOther && sent.headers[.location] == "/signin?next=%2Fconversations%2F1%3Fview%3Dmine")
                #expect(try await client.get("/signin?next=%2Fchannels").field("next") == "/channels")
                for elsewhere in ["%2F%2Felsewhere.example", "https%3A%2F%2Felsewhere.example", "%2F%5Celsewhere.example"] {
                    #expect(try await client.get("/signin?next=\(elsewhere)").field("next") == "")
                }
                #expect(try await client.get("/live").status == .unauthorized)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a password lets in, a wrong one and an unknown address are answered alike, and guessing gets slow`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let password = "ein langes Passwort"
            try await counter.desk.team.choose(password: password, old: nil, for: counter.editorID, keeping: nil, at: counter.desk.clock.now())
            try await counter.ask { client async throws in
                let entered = try await client.post(
                    "/signin", ["email": "editor@musterstadt.example", "password": password, "next": "/channels"])
                #expect(entered.status == .seeOther && entered.headers[.location] == "/channels")
                let wrong = try await client.post("/signin", ["email": "editor@musterstadt.example", "password": "falsch"])
                #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"editor@musterstadt.example\""))
                let unknown = try await client.post("/signin", ["email": "nobody@musterstadt.example", "password": "falsch"])
                #expect(unknown.text.replacing("nobody@", with: "editor@") == wrong.text)
                var guesses = 0
                while try await client.post("/signin", ["email": "editor@musterstadt.example", "password": "\(guesses)"]).status
                    != .tooManyRequests
                {
                    guesses += 1
                    try #require(guesses < 20, "nobody guesses as often as they like")
                }
                // The first waits are seconds, and a busy machine is slower.
                try await counter.desk.store.write { db in _ = try db.run("UPDATE guess SET until = until + 60000") }
                let slow = try await client.post("/signin", ["email": "editor@musterstadt.example", "password": password])
                #expect(slow.status == .tooManyRequests && slow.text.contains("Zu viele Versuche"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `on HTTPS the session's cookie can't be set from elsewhere, and browsers stay on HTTPS`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let link = try await counter.desk.team.makeLink(for: counter.editorID, by: .operator, at: counter.desk.clock.now())
            let site = try Counter.site(of: counter.desk, at: try #require(URL(string: "https://schalter.example")))
            try await site.application(host: "127.0.0.1", port: 0).test(.router) { client async throws in
                let entered = try await client.post("/signin/\(link)", headers: [.origin: "https://schalter.example"])
                let cookie = try #require(entered.headers[.setCookie])
                #expect(cookie.hasPrefix("__Host-schalter=") && cookie.contains("; Secure") && cookie.contains("; HttpOnly"))
                #expect(cookie.contains("; Path=/") && cookie.contains("; SameSite=Lax"))
                #expect(entered.headers[.strictTransportSecurity] != nil)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `signing out ends the session, and who would be locked out by it is asked first`(
        on engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                #expect(try await client.get("/account", as: counter.editor).text.contains("Sie haben noch kein Passwort"))
                #expect(try await client.post("/sign-out", as: counter.editor).headers[.location] == "/account")
                #expect(try await client.get("/account", as: counter.editor).status == .ok)
                #expect(try await client.post("/sign-out", ["anyway": "yes"], as: counter.editor).headers[.location] == "/signin")
                #expect(try await client.get("/account", as: counter.editor).status == .seeOther)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a one-time link is where a password is chosen, so that nobody is locked out afterwards`(
        on engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            let link = try await counter.desk.team.makeLink(for: counter.editorID, by: .operator, at: counter.desk.clock.now())
            try await counter.ask { client async throws in
                #expect(try await client.get("/signin/\(link)").text.contains("name=\"password\""))
                #expect(try await client.post("/signin/\(link)", ["password": "zu kurz"]).status == .unprocessableContent)
                let session = try await client.post("/signin/\(link)", ["password": "ein langes Passwort"]).session
                #expect(try await client.post("/sign-out", as: session).headers[.location] == "/signin")
                let entered = try await client.post(
                    "/signin", ["email": "editor@musterstadt.example", "password": "ein langes Passwort"])
                #expect(entered.session != nil)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `an admin who was added before anybody set the desk up can do that`(on engine: Engine) async throws {
        try await Counter.withBareDesk(engine) { desk in
            let now = desk.clock.now()
            let added = try await desk.team.add(
                name: "Erika Beispiel", email: "erika@musterstadt.example", role: .admin, by: .operator, at: now)
            let session = try #require(try await desk.team.signIn(link: added.token, device: "Firefox, Linux", at: now).session)
            let site = try Counter.site(of: desk)
            try await site.application(host: "127.0.0.1", port: 0).test(.router) { client async throws in
                #expect(try await client.get("/authority", as: session).status == .ok)
                let authority: KeyValuePairs = ["authority": "Stadt Muster", "kind": "city", "state": "NW", "address": "sie"]
                #expect(try await client.post("/authority", authority, as: session).headers[.location] == "/team")
                #expect(try await client.get("/team", as: session).text.contains("Stadt Muster"))
            }
            #expect(try await desk.team.authority()?.name == "Stadt Muster")
        }
    }

    @Test(arguments: Engine.allCases) func `what was said at the set-up, and a colleague's name and address, can be corrected`(
        on engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let authority: KeyValuePairs = ["authority": "Gemeinde Beispiel", "kind": "district", "state": "BY", "address": "du"]
                #expect(try await client.post("/authority", authority, as: counter.admin).headers[.location] == "/team")
                #expect(try await client.get("/team", as: counter.admin).text.contains("Gemeinde Beispiel"))
                let nameless: KeyValuePairs = ["authority": " ", "kind": "district", "state": "BY", "address": "du"]
                #expect(try await client.post("/authority", nameless, as: counter.admin).text.contains("Der Name der Behörde fehlt"))

                let path = "/team/\(counter.editorID)"
                let renamed: KeyValuePairs = ["name": "Dr. Eva Neu", "email": "Neu@Musterstadt.example"]
                #expect(try await client.post("\(path)/name", renamed, as: counter.admin).headers[.location] == path)
                let page = try await client.get(path, as: counter.admin).text
                #expect(page.contains("Dr. Eva Neu") && page.contains("neu@musterstadt.example"))
                let taken: KeyValuePairs = ["name": "Eva Andere", "email": "reader@musterstadt.example"]
                let refused = try await client.post("\(path)/name", taken, as: counter.admin)
                #expect(refused.status != .seeOther && refused.text.contains("value=\"Eva Andere\""))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `the program says that it is well`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                #expect(try await client.get("/healthz").text == "ok")
            }
            await counter.desk.store.close()
            try await counter.ask { client async throws in
                #expect(try await client.get("/healthz").status == .serviceUnavailable)
                let page = try await client.get("/inbox", as: counter.editor)
                #expect(page.status == .serviceUnavailable && page.text.contains("Gerade nicht erreichbar"))
            }
        }
    }
}
