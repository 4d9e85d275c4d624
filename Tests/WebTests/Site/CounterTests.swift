import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct CounterTests {
    @Test(arguments: Engine.allCases) func `a message is answered from its page, and a form sent twice answers once`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Fährt die S3 noch?")
            try await counter.ask { client async throws in
                #expect(try await client.get("/", as: counter.editor).headers[.location] == "/inbox")
                #expect(try await client.get("/inbox", as: counter.editor).text.contains("href=\"/conversations/\(id)?view=open\""))
                let page = try await client.get("/conversations/\(id)?view=open", as: counter.editor)
                #expect(page.text.contains("class=\"title\" dir=\"auto\">Fährt die S3 noch?</h1>"))
                let fields: KeyValuePairs = [
                    "text": "Ja, alle 20 Minuten.", "token": try #require(page.field("token")),
                    "answering": try #require(page.field("answering")),
                    "answeringVersion": try #require(page.field("answeringVersion")), "lastAnswer": "",
                ]
                for _ in 1...2 {
                    let sent = try await client.post("/conversations/\(id)/replies", fields, as: counter.editor)
                    #expect(sent.status == .seeOther && sent.headers[.location] == "/inbox?view=open")
                }
                let after = try await client.get("/conversations/\(id)", as: counter.editor)
                #expect(after.text.ranges(of: "Ja, alle 20 Minuten.").count == 1)
                #expect(after.text.contains("data-delivery=\"waiting\""))
                let delivery = try #require(after.text.firstMatch(of: #/\/deliveries\/(\d+)\/withdrawal/#)?.1)
                #expect(try await client.post("/deliveries/\(delivery)/withdrawal", as: counter.editor).status == .seeOther)
                let late = try await client.post("/deliveries/\(delivery)/withdrawal", as: counter.editor)
                #expect(late.status == .conflict && late.text.contains("zu spät"))
                #expect(late.text.contains(">\nJa, alle 20 Minuten.</textarea>"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `an answer that is refused comes back with its text`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Fährt die S3 noch?")
            try await counter.ask { client async throws in
                let page = try await client.get("/conversations/\(id)", as: counter.editor)
                let long = String(repeating: "Wort ", count: 150)
                let fields: KeyValuePairs = [
                    "text": long, "token": try #require(page.field("token")), "answering": try #require(page.field("answering")),
                    "answeringVersion": try #require(page.field("answeringVersion")), "lastAnswer": "",
                ]
                let refused = try await client.post("/conversations/\(id)/replies", fields, as: counter.editor)
                #expect(refused.status == .unprocessableContent && refused.text.contains("zu lang"))
                #expect(refused.text.contains("Wort Wort Wort") && refused.text.contains("name=\"split\""))
                let empty = try await client.post("/conversations/\(id)/notes", ["text": " "], as: counter.editor)
                #expect(empty.status == .unprocessableContent && empty.text.contains("noch nichts geschrieben"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a draft is kept, takes the lease, and is seen by nobody else`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Fährt die S3 noch?")
            try await counter.ask { client async throws in
                let kept = try await client.post("/conversations/\(id)/draft", ["text": "Ja, gl"], as: counter.editor, method: .put)
                #expect(kept.status == .noContent)
                #expect(try await client.get("/conversations/\(id)", as: counter.editor).text.contains(">\nJa, gl</textarea>"))
                let other = try await client.get("/conversations/\(id)", as: counter.admin)
                #expect(other.text.contains("Kim Muster antwortet gerade") && !other.text.contains("Ja, gl"))
                #expect(
                    try await client.post("/conversations/\(id)/draft", ["text": "Ich"], as: counter.admin, method: .put).status == .conflict)
                #expect(try await client.get("/inbox", as: counter.admin).text.contains("Kim Muster antwortet"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `deeds change the conversation and say so once`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Danke!")
            try await counter.ask { client async throws in
                let closure = try await client.closure(of: id, as: counter.editor)
                let refused = try await client.post(
                    "/conversations/\(id)/closure", ["reason": "answered", "seen": closure.seen, "token": closure.token], as: counter.editor)
                #expect(refused.status == .conflict && refused.text.contains("Noch hat niemand geantwortet"))
                let taken = try await client.post("/conversations/\(id)/assignment?view=open", ["colleague": "me"], as: counter.editor)
                #expect(taken.status == .seeOther)
                let note = try #require(taken.headers[values: .setCookie].first?.split(separator: ";").first)
                let told = try await client.execute(
                    uri: "/conversations/\(id)", method: .get, headers: [.cookie: "schalter=\(counter.editor); \(note)"])
                #expect(told.text.contains("Das Gespräch ist jetzt bei Ihnen"))
                #expect(told.headers[values: .setCookie].contains { $0.hasPrefix("schalter-note=;") })
                #expect(try await client.get("/inbox?view=mine", as: counter.editor).text.contains("Danke!"))
                let closed = try await client.post("/conversations/\(id)/closure?view=open", ["reason": "no_reply_needed", "seen": closure.seen, "token": closure.token], as: counter.editor)
                #expect(closed.status == .seeOther && closed.headers[.location] == "/inbox?view=open")
                #expect(try await client.get("/conversations/\(id)", as: counter.editor).text.contains("Geschlossen von Kim Muster"))
                #expect(try await client.post("/conversations/\(id)/reopening", as: counter.editor).status == .seeOther)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `who closes goes on to the next one, and can undo it`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let ids = [try await counter.hear("Danke!"), try await counter.hear("Schön!", from: "Zwei", handle: "zwei@netz.example", number: 2)]
            try await counter.ask { client async throws in
                let closure = try await client.closure(of: ids[1], as: counter.editor)
                let closed = try await client.post("/conversations/\(ids[1])/closure?view=open", ["reason": "no_reply_needed", "seen": closure.seen, "token": closure.token], as: counter.editor)
                #expect(closed.headers[.location] == "/conversations/\(ids[0])?view=open#conversation")
                let undo = "/closures/\(closure.token)/removal"
                #expect(try await client.post(undo, as: counter.editor).headers[.location]?.hasPrefix("/conversations/\(ids[1])?") == true)
                #expect(try await client.get("/inbox", as: counter.editor).text.contains("Schön!"))
                // Pressed again, it says that there is nothing left to undo.
                let again = try await client.post(undo, as: counter.editor)
                #expect(again.headers[.location]?.hasPrefix("/inbox?") == true)
                let note = try #require(again.headers[values: .setCookie].first?.split(separator: ";").first)
                let told = try await client.execute(uri: "/inbox", method: .get, headers: [.cookie: "schalter=\(counter.editor); \(note)"])
                #expect(told.text.contains("nicht mehr rückgängig"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `many are closed from their list, those that were chosen or all of it`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            for number in 0..<4 { _ = try await counter.hear("Frage \(number)", from: "P", handle: "p\(number)@netz.example", number: 10 + number) }
            try await counter.ask { client async throws in
                func rows() async throws -> [String] {
                    try await client.get("/inbox", as: counter.editor).text.matches(of: #/name="conversation" value="([0-9-]+)"/#).map { String($0.1) }
                }
                let all = try await rows()
                try #require(all.count == 4)
                let some = "token=\(Token.make())&conversation=\(all[0])&conversation=\(all[2])"
                #expect(try await client.post("/closures?view=open", body: some, as: counter.editor).status == .seeOther)
                #expect(try await rows() == [all[1], all[3]])
                let time = Int64(Date().timeIntervalSince1970 * 1000)
                #expect(
                    try await client.post("/closures?view=open", ["token": Token.make(), "all": "yes", "asOf": "\(time)"], as: counter.editor)
                        .headers[.location] == "/inbox?view=open")
                #expect(try await rows().isEmpty)
                for wrong in ["conversation=1", "conversation=x-1", "all=yes&asOf=gestern"] {
                    let answer = try await client.post("/closures", body: "token=\(Token.make())&\(wrong)", as: counter.editor)
                    #expect(answer.status == .badRequest, "\(wrong)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a list is narrowed, its deeds and its next pages too, and it is exported so`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("=1+1 \"Kaputt\"; Laterne")
            try await counter.ask { client async throws in
                func shows(_ filter: String) async throws -> Bool {
                    try await client.get("/inbox?view=open\(filter)", as: counter.editor).text.contains("id=\"conversation-\(id)\"")
                }
                for filter in ["", "&channel=\(counter.channel)", "&scope=public", "&from=2020-01-01&until=2190-01-01", "&channel=x&from=gestern"] {
                    #expect(try await shows(filter), "\(filter)")
                }
                for filter in ["&channel=999", "&scope=private", "&from=2190-01-01", "&until=2020-01-01", "&photo=yes", "&citizen=999"] {
                    #expect(try await !shows(filter), "\(filter)")
                }
                let all = ["token": Token.make(), "all": "yes", "asOf": "\(Int64.max / 2000)"] as KeyValuePairs
                _ = try await client.post("/closures?view=open&scope=private", all, as: counter.editor)
                #expect(try await shows(""))
                let page = try await client.get("/inbox?view=open&scope=public", as: counter.editor).text
                #expect(page.contains("href=\"/conversations/\(id)?view=open&amp;scope=public\""))

                #expect(try await client.get("/inbox/export?view=open", as: counter.reader).status == .forbidden)
                let export = try await client.get("/inbox/export?view=open", as: counter.editor)
                #expect(export.headers[.contentType] == "text/csv; charset=utf-8")
                #expect(export.text.split(separator: "\r\n").count == 2 && export.text.contains(";\"'=1+1 \"\"Kaputt\"\"; Laterne\"\r\n"))
                let none = try await client.get("/inbox/export?view=open&scope=private", as: counter.editor)
                #expect(none.text.split(separator: "\r\n").count == 1)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `what citizens write and are called stays text`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>\u{FE0F}<\u{301}b>"
            let id = try await counter.hear(attack, from: attack, handle: "\"><svg onload=alert(1)>@netz.example")
            try await counter.ask { client async throws in
                for path in [
                    "/inbox", "/inbox/list", "/conversations/\(id)", "/conversations/\(id)/pane", "/inbox?q=alert",
                    "/conversations/\(id)/erasure",
                ] {
                    let html = try await client.get(path, as: counter.admin).text
                    #expect(html.contains("&lt;script&gt;") || html.contains("alert"), "\(path)")
                    #expect(
                        !html.utf8.containsTag("<script>alert") && !html.utf8.containsTag("<img src=x") && !html.utf8.containsTag("<svg on"),
                        "\(path)")
                }
                let search = try await client.get("/inbox?q=%22%3E%3Cscript%3Ealert(2)%3C%2Fscript%3E", as: counter.admin).text
                #expect(!search.utf8.containsTag("<script>alert"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `words are found and marked, and pages go on where the last ended`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            for number in 1...60 {
                try await counter.hear("Die Südbrücke ist gesperrt, Nummer \(number).", handle: "person\(number)@netz.example", number: number)
            }
            try await counter.ask { client async throws in
                let first = try await client.get("/inbox?view=open", as: counter.editor).text
                #expect(first.ranges(of: "<li id=\"conversation-").count == 50)
                let older = try #require(first.link(#/href="(\/inbox\?view=open&amp;before=[^"]+)"/#))
                #expect(try await client.get(older, as: counter.editor).text.ranges(of: "<li id=\"conversation-").count == 10)
                let found = try await client.get("/inbox?view=all&q=suedbruecke", as: counter.editor).text
                #expect(found.contains("<mark>Südbrücke</mark>"))
                #expect(found.contains("Treffer, neueste zuerst") && !found.contains("id=\"day-today\""))
                let rest = try #require(found.link(#/href="(\/inbox\?view=all&amp;q=suedbruecke&amp;before=[^"]+)"/#))
                #expect(try await client.get(rest, as: counter.editor).text.ranges(of: "<li id=\"conversation-").count == 10)
                #expect(try await client.get("/inbox?q=nirgendwo", as: counter.editor).text.contains("Nichts gefunden"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a file goes with the draft, and only its writer sees it`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Wo ist das?")
            let png = "\u{89}PNG kein Bild"
            let body = [
                "--grenze", "Content-Disposition: form-data; name=\"text\"", "", "Siehe Plan", "--grenze",
                "Content-Disposition: form-data; name=\"altText\"", "", "Plan der Umleitung", "--grenze",
                "Content-Disposition: form-data; name=\"file\"; filename=\"../\u{202E}plan.png\"", "Content-Type: image/png", "", png,
                "--grenze--", "",
            ].joined(separator: "\r\n")
            try await counter.ask { client async throws in
                let headers: HTTPFields = [
                    .contentType: "multipart/form-data; boundary=grenze", .origin: "http://schalter.example",
                    .cookie: "schalter=\(counter.editor)",
                ]
                let added = try await client.execute(
                    uri: "/conversations/\(id)/draft/media", method: .post, headers: headers, body: ByteBuffer(string: body))
                #expect(added.status == .seeOther)
                let page = try await client.get("/conversations/\(id)", as: counter.editor).text
                #expect(page.contains("Plan der Umleitung") && page.contains("plan.png") && page.contains("Siehe Plan"))
                let path = String(try #require(page.firstMatch(of: #/src="(\/media\/\d+)"/#)?.1))
                let file = try await client.get(path, as: counter.editor)
                #expect(file.text == png && file.headers[.contentType] == "image/png")
                #expect(file.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
                #expect(try await client.get(path, as: counter.admin).status == .notFound)
                #expect(try await client.get(path).status == .seeOther)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a file that could run something is only saved`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Sieh mal")
            let message = try #require(try await counter.desk.conversations.thread(id).answerable?.id)
            let digest = try counter.desk.files.keep(Data("<svg onload=alert(1)>".utf8))
            let now = counter.desk.clock.now()
            try await counter.desk.store.write { db in
                for type in ["image/svg+xml", "text/html", "application/pdf", "IMAGE/PNG; x"] {
                    try db.run(
                        """
                        INSERT INTO media (message_id, kind, type, digest, state, due_at)
                        VALUES (\(message), 'image', \(type), \(digest), 'stored', \(now))
                        """)
                }
            }
            try await counter.ask { client async throws in
                for number in 1...3 {
                    let file = try await client.get("/media/\(number)", as: counter.reader)
                    #expect(file.headers[.contentType] == "application/octet-stream" && file.headers[.contentDisposition] == "attachment")
                }
                #expect(try await client.get("/media/4", as: counter.reader).headers[.contentType] == "image/png")
            }
        }
    }

    @Test(arguments: Engine.allCases) func `an admin adds a colleague, gives them a link, and takes them out again`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                let refused = try await client.post("/team", ["name": "Kim", "email": "kein", "role": "editor"], as: counter.admin)
                #expect(refused.status == .unprocessableContent && refused.text.contains("value=\"Kim\""))
                let added = try await client.post(
                    "/team", ["name": "Neu <b>", "email": "neu@musterstadt.example", "role": "reader"], as: counter.admin)
                let link = String(try #require(added.text.firstMatch(of: #/value="http:\/\/schalter\.example(\/signin\/[^"]+)"/#)?.1))
                let entered = try await client.post(link)
                #expect(try await client.get("/inbox", as: entered.session).status == .ok)
                let id = try #require(try await counter.desk.team.all().first { $0.name == "Neu <b>" }?.id)
                #expect(try await client.post("/team/\(id)/role", ["role": "editor"], as: counter.admin).status == .seeOther)
                #expect(try await client.post("/team/\(id)/removal", as: counter.admin).status == .seeOther)
                #expect(try await client.get("/inbox", as: entered.session).status == .seeOther)
                let last = try await client.post("/team/1/role", ["role": "reader"], as: counter.admin)
                #expect(last.status == .conflict && last.text.contains("Administration behalten"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a channel shows how it is, and connecting says what is the matter`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.ask { client async throws in
                #expect(try await client.get("/channels", as: counter.reader).text.contains("stadt@netz.example"))
                #expect(try await client.get("/channels/\(counter.channel)", as: counter.reader).text.contains("Öffentlich antworten"))
                #expect(
                    try await client.get("/channels/\(counter.channel)/reconnect", as: counter.admin).field("channel") == "\(counter.channel)")
                let refused = try await client.post("/channels/connect/mastodon", ["server": "127.0.0.1:1"], as: counter.admin)
                #expect(refused.status == .unprocessableContent && refused.text.contains("nicht anspricht"))
                #expect(refused.text.contains("value=\"127.0.0.1:1\""))
                let declined = try await client.get("/channels/mastodon/callback?error=access_denied&state=x", as: counter.admin)
                #expect(declined.status == .unprocessableContent && declined.text.contains("kam nicht zustande"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `the address of a refused form leads back to the conversation`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Der Aufzug steht.")
            try await counter.ask { client async throws in
                for deed in ["replies", "draft", "draft/media", "notes", "closure", "reopening", "assignment"] {
                    let answer = try await client.get("/conversations/\(id)/\(deed)?view=mine", as: counter.reader)
                    #expect(answer.headers[.location] == "/conversations/\(id)?view=mine", "\(deed)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func `an admin erases what a citizen wrote, with a reason`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Mein Kennzeichen ist seltenwort")
            try await counter.ask { client async throws in
                #expect(try await client.get("/conversations/\(id)/erasure", as: counter.admin).text.contains("1 Nachricht in 1 Gespräch"))
                #expect(
                    try await client.post("/conversations/\(id)/erasure", ["reason": " "], as: counter.admin).status == .unprocessableContent)
                #expect(try await client.post("/conversations/\(id)/erasure", ["reason": "Verlangt"], as: counter.admin).status == .seeOther)
                let page = try await client.get("/conversations/\(id)", as: counter.admin).text
                #expect(!page.contains("seltenwort") && page.contains("Hier gelöscht"))
            }
        }
    }
}

extension String.UTF8View {
    /// Compares bytes: to a browser a combining sign after `<` is text, to Swift it makes another character of it.
    func containsTag(_ tag: String) -> Bool { Array(self).firstRange(of: Array(tag.utf8)) != nil }
}

extension String {
    /// What the page's link leads to.
    func link(_ pattern: Regex<(Substring, Substring)>) -> String? {
        firstMatch(of: pattern).map { String($0.1).replacing("&amp;", with: "&") }
    }
}
