import Testing

@testable import Store

@Suite struct LocationTests {
    @Test func `addresses are understood`() throws {
        #expect(try Store.Location("sqlite:/var/lib/desk.db") == .sqlite(path: "/var/lib/desk.db"))
        #expect(try Store.Location("postgres:host=a dbname=b") == .postgres(url: "host=a dbname=b"))
        #expect(try Store.Location("postgres:postgresql://a/b") == .postgres(url: "postgresql://a/b"))
        #expect(try Store.Location("postgres://a/b") == .postgres(url: "postgres://a/b"))
        #expect(try Store.Location("postgresql://a,c/b") == .postgres(url: "postgresql://a,c/b"))
    }

    @Test(arguments: ["", "sqlite:", "postgres:", "mysql:x", "/var/lib/desk.db"])
    func `others are refused with a sentence`(text: String) {
        let error = #expect(throws: StoreError.self) { try Store.Location(text) }
        #expect("\(error!)".hasPrefix("The database address is wrong: "))
    }

    @Test func `a schema's name that would need quotes is refused`() async throws {
        let url = try Server.url()
        for name in ["", "Amt", "a-b", "a\"b", "pg_x", String(repeating: "a", count: 60)] {
            await #expect(throws: StoreError.self) { try await Store.open(.postgres(url: url), schema: name) }
        }
    }
}
