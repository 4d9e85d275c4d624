import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct SavedViewPageTests {
    @Test(arguments: Engine.allCases) func `a narrowed list is saved, opened from the menu, renamed and removed`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let list = try await client.get("/inbox?view=all&photo=yes&scope=public", as: counter.editor)
                let query = try #require(list.field("query"))
                #expect(query == "view=all&amp;scope=public&amp;photo=yes")
                let saved = try await client.post(
                    "/views", ["query": "view=all&scope=public&photo=yes", "name": "Bilder", "shared": "yes"], as: counter.editor)
                #expect(saved.status == .seeOther && saved.headers[.location] == "/inbox?view=all&scope=public&photo=yes")
                let open = try await client.get("/inbox?view=all&scope=public&photo=yes", as: counter.editor).text
                #expect(open.contains("<a href=\"/inbox?view=all&amp;scope=public&amp;photo=yes\" aria-current=\"page\"><bdi>Bilder</bdi></a>"))
                #expect(try await client.get("/inbox", as: counter.reader).text.contains("<bdi>Bilder</bdi> <span class=\"muted\">von Kim Muster</span>"))
                let page = try await client.get("/views", as: counter.reader).text
                #expect(page.contains("Alle, öffentlich, nur mit Bild") && !page.contains("action=\"/views/"))
                #expect(try await client.post("/views/1", ["name": "Fotos"], as: counter.reader).status == .forbidden)
                #expect(try await client.post("/views/1", ["name": ""], as: counter.editor).status == .unprocessableContent)
                #expect(try await client.post("/views/1", ["name": "Fotos", "shared": "yes"], as: counter.admin).status == .seeOther)
                #expect(try await client.get("/views", as: counter.editor).text.contains(">Fotos</bdi>"))
                #expect(try await client.post("/views/1", ["name": "Fotos"], as: counter.editor).status == .seeOther)
                #expect(!(try await client.get("/inbox", as: counter.reader).text.contains("Fotos")))
                #expect(try await client.post("/views/1/removal", as: counter.admin).status == .notFound)
                #expect(try await client.post("/views/1/removal", as: counter.editor).status == .seeOther)
                #expect(!(try await client.get("/inbox", as: counter.editor).text.contains("Fotos")))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `nothing but what the filter makes is kept`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let wild = "view=nirgends&channel=1 OR 1=1&scope=egal&q=geheim&before=1-2-3&photo=yes&from=2026-13-45&next=//a.example"
                let saved = try await client.post("/views", ["query": wild, "name": "<b>Wild</b>"], as: counter.editor)
                #expect(saved.headers[.location] == "/inbox?view=open&photo=yes")
                #expect(try await counter.desk.savedViews.all(of: counter.editorID).map(\.query) == ["view=open&photo=yes"])
                #expect(try await client.get("/inbox", as: counter.editor).text.contains("<bdi>&lt;b&gt;Wild&lt;/b&gt;</bdi>"))
                #expect(try await client.post("/views", ["name": "Leer"], as: counter.editor).headers[.location] == "/inbox?view=open")
                #expect(try await client.post("/views", ["query": "view=open", "name": "Für alle", "shared": "yes"], as: counter.reader).status == .forbidden)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a view of a channel that is gone opens and says so`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.hear("Der Aufzug steht.")
            try await counter.ask { client async throws in
                let gone = try await client.get("/inbox?view=open&channel=99", as: counter.editor)
                #expect(gone.status == .ok && gone.text.contains("Den Kanal dieser Ansicht gibt es nicht mehr"))
                #expect(gone.text.contains("<option value=\"99\" selected>Kanal gibt es nicht mehr</option>"))
                let path = "/inbox?view=open&channel=\(counter.channel)"
                #expect(!(try await client.get(path, as: counter.editor).text.contains("nicht mehr verbunden")))
                try await counter.desk.channels.disconnect(counter.channel, by: .operator, at: counter.desk.clock.now())
                let cut = try await client.get(path, as: counter.editor).text
                #expect(cut.contains("stadt@netz.example ist nicht mehr verbunden") && cut.contains("Der Aufzug steht."))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a list that was read far down comes in few pages`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            for number in 1...120 { try await counter.hear("Frage \(number)", handle: "a\(number)@a.example", number: number) }
            try await counter.ask { client async throws in
                func rows(_ path: String) async throws -> Int { try await client.get(path, as: counter.editor).text.ranges(of: "<li id=\"conversation-").count }
                #expect(try await rows("/inbox/list?view=open") == 50)
                #expect(try await rows("/inbox/list?view=open&rows=100") == 100)
                #expect(try await rows("/inbox/list?view=open&rows=99999999999999999999") == 50)
                #expect(try await rows("/inbox/list?view=open&rows=-1") == 50)
                let older = try #require(try await client.get("/inbox/list?view=open&rows=100", as: counter.editor).text.firstMatch(of: #/class="older"><a class="button" href="([^"]+)"/#)?.1)
                #expect(try await rows(String(older).replacing("&amp;", with: "&")) == 20)
            }
        }
    }
}
