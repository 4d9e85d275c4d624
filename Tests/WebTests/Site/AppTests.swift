import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct AppTests {
    @Test(arguments: Engine.allCases) func `the manifest names the authority, and every icon it names is there`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let answer = try await client.get("/manifest.webmanifest")
                #expect(answer.status == .ok && answer.headers[.contentType]?.hasPrefix("application/manifest+json") == true)
                let manifest = try #require(try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any])
                #expect(manifest["name"] as? String == "Schalter Stadt Musterstadt" && manifest["start_url"] as? String == "/start")
                #expect(manifest["display"] as? String == "standalone" && manifest["lang"] as? String == "de")
                let icons = try #require(manifest["icons"] as? [[String: String]])
                #expect(icons.count == 4)
                for icon in icons {
                    let file = try await client.get(try #require(icon["src"]))
                    #expect(file.status == .ok && file.headers[.contentType] == icon["type"], "\(icon)")
                }
                let start = try await client.get("/start", as: counter.editor)
                #expect(start.text.contains("rel=\"manifest\"") && start.headers[.contentSecurityPolicy]?.contains("manifest-src 'self'") == true)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `the page without connection is the same for everybody and tells of nobody`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let page = try await client.get("/offline/de", as: counter.editor)
                #expect(page.status == .ok && page.text.contains("Keine Verbindung") && page.text.contains("nichts gesendet"))
                #expect(page.text == (try await client.get("/offline/de")).text)
                #expect(!page.text.contains("Kim") && !page.text.contains("Musterstadt"))
                #expect(try await client.get("/offline/en", as: counter.editor).text.contains("No connection"))
                #expect(try await client.get("/offline/fr").status == .notFound)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `the worker is asked for anew each time, and keeps only assets and that page`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let worker = try await client.get("/service-worker.js")
                #expect(worker.status == .ok && worker.headers[.cacheControl] == "no-cache")
                #expect(worker.headers[.contentType]?.hasPrefix("text/javascript") == true)
                let kept = try #require(worker.text.firstMatch(of: #/const assets = \[([^\]]+)\]/#)?.1).matches(of: #/"([^"]+)"/#)
                #expect(!kept.isEmpty)
                for path in kept { #expect(counter.site.pages.assets[String(path.1)] != nil, "\(path.1)") }
                #expect(!worker.text.contains(".put("))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a day begins at the start, unless somebody wanted a certain page`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let (team, now) = (counter.desk.team, counter.desk.clock.now())
            try await team.choose(password: "ein langes Passwort", old: nil, for: counter.editorID, keeping: nil, at: now)
            let link = try await team.makeLink(for: counter.editorID, by: .operator, at: now)
            try await counter.ask { client async throws in
                func enter(_ next: String) async throws -> String? {
                    try await client.post(
                        "/signin", ["email": "editor@musterstadt.example", "password": "ein langes Passwort", "next": next]
                    ).headers[.location]
                }
                #expect(try await enter("") == "/start")
                #expect(try await enter("/inbox?view=mine") == "/inbox?view=mine")
                #expect(try await client.post("/signin/\(link)").headers[.location] == "/start")
                #expect(try await client.get("/").headers[.location] == "/signin")
            }
        }
    }
}
