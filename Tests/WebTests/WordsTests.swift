import Desk
import Foundation
import Testing

@testable import Web

@Suite struct WordsTests {
    let world: Rendered
    let de: Words
    let en: Words

    init() throws {
        world = try Rendered.load()
        de = try #require(world.words[.de])
        en = try #require(world.words[.en])
    }

    @Test func `both languages say the same things, with the same placeholders`() {
        #expect(de.catalogue.entries.keys.sorted() == en.catalogue.entries.keys.sorted())
        for (key, text) in de.catalogue.entries {
            #expect(Catalogue.placeholders(in: text) == Catalogue.placeholders(in: en.catalogue[key] ?? ""), "\(key)")
        }
    }

    @Test func `counted words know one and other, words to citizens du and sie`() {
        let keys = Set(de.catalogue.entries.keys)
        for key in keys where key.hasSuffix(".one") && !key.hasPrefix("poll.one") {
            let other = String(key.dropLast(3)) + "other"
            #expect(keys.contains(other), "\(other)")
        }
        for key in keys where key.hasPrefix("citizen.") {
            let stem = key.split(separator: ".").dropLast().joined(separator: ".")
            #expect(keys.isSuperset(of: ["\(stem).du", "\(stem).sie"]), "\(key)")
        }
    }

    @Test func `every key that Swift names is written`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Web")
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }
        for file in files {
            let code = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for match in code.matches(of: #/(?:words|self)\("([a-z][A-Za-z]*(?:\.[A-Za-z]+)+)"/#) {
                #expect(de.catalogue[String(match.1)] != nil, "\(file): \(match.1)")
            }
            for match in code.matches(of: #/\.(refusal|warning|done|hindrance)\("([A-Za-z]+)"/#) {
                #expect(de.catalogue["\(match.1).\(match.2)"] != nil, "\(file): \(match.1).\(match.2)")
            }
        }
    }

    @Test func `every closed list has words`() {
        var keys = InboxList.View.allCases.flatMap { ["inbox.view.\($0.rawValue)", "inbox.empty.\($0.rawValue)"] }
        keys += AuthorityForm.kinds.map { "authority.kind.\($0)" } + Authority.lands.map { "state.\($0)" }
        keys += Words.roleNames.flatMap { ["role.\($0)", "role.\($0).text"] } + Language.allCases.map { "language.\($0.rawValue)" }
        keys += ["target_gone", "too_long", "permission_missing", "not_allowed", "media_refused", "not_offered", "refused"]
            .flatMap { ["failure.\($0)", "failure.\($0).advice"] }
        for act in ["reply", "edit", "delete", "like", "unlike"] {
            let states = [
                "waiting.one", "waiting.other", "due", "postponed", "postponedUntil", "sending", "delivered", "failed", "unclear",
                "withdrawn",
            ]
            keys += states.map { "delivery.\(act).\($0)" }
        }
        keys += SampleTown.problems.flatMap { ["problem.\($0)", "problem.\($0).text", "problem.\($0).action"] }
        for key in keys { #expect(de.catalogue[key] != nil, "\(key)") }
    }

    @Test(arguments: [
        ("Desk/Refusal.swift", "public enum Refusal", "refusal"),
        ("Networks/Mastodon/Mastodon+Connect.swift", "public enum ConnectFailure", "refusal.connecting"),
        ("Desk/Channels/Channel.swift", "public enum Trouble", "warning"),
        ("Networks/Capabilities.swift", "public enum Ability", "ability"),
    ])
    func `every case that people can meet has words`(file: String, begin: String, prefix: String) throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
        let code = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
        let body = try #require(code.firstRange(of: begin).map { code[$0.upperBound...].prefix { $0 != "}" } })
        let lines = body.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.hasPrefix("case ") }
        let cases = lines.flatMap { $0.dropFirst(5).replacing(#/\(.*\)/#, with: "").split(separator: ",") }
            .map { $0.split(separator: "=")[0].trimmingCharacters(in: .whitespaces) }
        #expect(!cases.isEmpty)
        for name in cases where name != "connecting" {
            let key = "\(prefix).\(name)"
            #expect(de.catalogue[key] != nil || de.catalogue[key + ".other"] != nil, "\(key)")
        }
    }

    @Test func `numbers are counted and written as each language does`() {
        #expect(de.count("row.messages", 1) == "1 Nachricht")
        #expect(de.count("row.messages", 1200) == "1.200 Nachrichten")
        #expect(en.count("row.messages", 1200) == "1,200 messages")
        #expect(de.capped(999) == "999" && de.capped(1000) == "999+")
        #expect(de.list(["a", "b", "c"]) == "a, b und c")
        #expect(de.toCitizen("citizen.example", .du).contains("dir"))
    }

    @Test func `a value that looks like a placeholder stays what it is`() {
        #expect(de("row.assignee", ["assignee": "{count}"]) == "bei {count}")
    }

    @Test func `a malformed line and a key written twice are named`() {
        #expect(throws: Catalogue.Malformed.self) { try Catalogue(parsing: "a = 1\na = 2") }
        #expect(throws: Catalogue.Malformed.self) { try Catalogue(parsing: "nothing") }
    }

    @Test(arguments: [
        ("en-US,en;q=0.9", Language.en), ("fr,de;q=0.7,en;q=0.8", .en), ("de", .de), ("tr", .de), ("", .de), (";;,q=", .de),
    ])
    func `a browser gets the best language we have`(header: String, language: Language) {
        #expect(Language(accepting: header) == language)
    }
}
