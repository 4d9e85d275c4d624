import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite struct PrintTests {
    @Test(arguments: Engine.allCases) func `a conversation is printed with its head, every message and who answered`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Fährt die S3 noch? https://bahn.example/s3")
            let (desk, now) = (counter.desk, counter.desk.clock.now())
            let seen = try #require(try await desk.conversations.thread(id).seen)
            try await desk.replies.note("Leitstelle gefragt.", in: id, by: counter.editorID, at: now)
            try await desk.replies.send(
                Replies.Letter(text: "Ja, alle 20 Minuten.", seen: seen, token: Token.make()), in: id, by: counter.editorID, at: now)
            try await counter.ask { client async throws in
                let page = try await client.get("/conversations/\(id)/print", as: counter.reader).text
                for said in ["Stadt Musterstadt", "stadt@netz.example", "Alex Probe", "@alex@netz.example", "Fährt die S3 noch?", ">https://bahn.example/s3</a>",
                    "Ja, alle 20 Minuten.", "Kim Muster", "Toni Probe", "beantwortet", "http://schalter.example/conversations/\(id)"] {
                    #expect(page.contains(said), "\(said)")
                }
                #expect(!page.contains("Leitstelle") && page.contains("mit Notizen"))
                #expect(!page.contains("class=\"rail\"") && !page.contains("class=\"queue\"") && !page.contains("<textarea"))
                // Times name their day.
                let day = try #require(counter.site.pages.catalogues[.de]).clock.full(now).prefix { $0 != "," }
                #expect(page.ranges(of: day).count >= 3)
                #expect(try await client.get("/conversations/\(id)/print?notes=yes", as: counter.editor).text.contains("Leitstelle gefragt."))
                #expect(try await client.get("/conversations/999/print", as: counter.editor).status == .notFound)
                #expect(try await client.get("/conversations/\(id)/print").status == .seeOther)
                #expect(try await client.get("/conversations/\(id)", as: counter.editor).text.contains("href=\"/conversations/\(id)/print\""))
            }
        }
    }
}
