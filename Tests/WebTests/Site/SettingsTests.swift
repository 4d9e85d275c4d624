import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct SettingsTests {
    @Test(arguments: Engine.allCases) func `each chooses how their own desk looks, readers too, and nobody else's changes`(
        on engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                #expect(try await client.get("/inbox", as: counter.reader).text.contains("<html lang=\"de\">"))
                let wish: KeyValuePairs = ["language": "en", "density": "airy"]
                #expect(try await client.post("/account/settings", wish, as: counter.reader).headers[.location] == "/account")
                for page in ["/inbox", "/account"] {
                    let html = try await client.get(page, as: counter.reader).text
                    #expect(html.contains("<html lang=\"en\" data-density=\"airy\" data-keys=\"off\">"))
                }
                #expect(try await client.get("/inbox", as: counter.editor).text.contains("<html lang=\"de\">"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `settings that can't be kept change nothing and stand there to be corrected`(
        on engine: Engine
    ) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                #expect(try await client.get("/account", as: counter.editor).text.contains("name=\"signature\" value=\"/KM\""))
                let long: KeyValuePairs = [
                    "language": "de", "density": "airy", "keys": "yes", "signs": "yes", "signature": "/viel zu lang",
                ]
                let refused = try await client.post("/account/settings", long, as: counter.editor)
                #expect(refused.status == .unprocessableContent && refused.text.contains("Das Kürzel ist leer oder zu lang"))
                #expect(refused.text.contains("value=\"/viel zu lang\"") && refused.text.contains("value=\"airy\" checked"))
                for broken in [["language": "de", "density": "eng"], ["language": "fr", "density": "airy"], ["density": "airy"]] as [KeyValuePairs] {
                    #expect(try await client.post("/account/settings", broken, as: counter.editor).status == .badRequest)
                }
                let kept = try await counter.desk.team.colleague(counter.editorID).preferences
                #expect(kept == Preferences(language: "de"))
            }
        }
    }
}
