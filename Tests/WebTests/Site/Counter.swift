import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Musterstadt
import Store
import Testing

@testable import Desk
@testable import Networks
@testable import Web

/// A desk behind its pages, on a file of its own, with one channel and somebody of each role.
struct Counter: Sendable {
    let desk: Desk
    let site: Site
    /// Session tokens.
    let admin: String
    let editor: String
    let reader: String
    let editorID: ID<Colleague>
    let channel: ID<Channel>

    static let publicURL = URL(string: "http://schalter.example") ?? URL(filePath: "/")

    /// A desk that nobody has set up.
    static func withBareDesk(_ engine: Engine, _ body: (Desk) async throws -> Void) async throws {
        try await engine.withStore { store in
            try await Desk.migrate(store)
            let folder = FileManager.default.temporaryDirectory.appending(path: "schalter-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            var log = Logger(label: "test")
            log.logLevel = .critical
            try await body(
                Desk(
                    store: store, keys: KeyRing(Data(repeating: 7, count: 32)), files: try MediaFiles(folder: folder.path),
                    world: World(client: GuardedClient(), now: Clock.system.now), log: log))
        }
    }

    static func with(_ engine: Engine, _ body: (Counter) async throws -> Void) async throws {
        try await withBareDesk(engine) { desk in try await body(try await setUp(desk)) }
    }

    private static func setUp(_ desk: Desk) async throws -> Counter {
        let now = desk.clock.now()
        try await desk.team.establish(Authority(name: "Stadt Musterstadt", kind: .city, land: "NW", address: .sie), at: now)
        let admin = try await sign("Erika Beispiel", .admin, in: desk)
        let editor = try await sign("Kim Muster", .editor, in: desk)
        let reader = try await sign("Toni Probe", .reader, in: desk)
        let channel = try await desk.channels.connect(try Self.admission(), importFrom: now, by: .operator, at: now)
        return Counter(
            desk: desk, site: try site(of: desk), admin: admin.1, editor: editor.1, reader: reader.1, editorID: editor.0, channel: channel)
    }

    private static func sign(_ name: String, _ role: Colleague.Role, in desk: Desk) async throws -> (ID<Colleague>, String) {
        let now = desk.clock.now()
        let added = try await desk.team.add(
            name: name, email: "\(role.rawValue)@musterstadt.example", role: role, by: .operator, at: now)
        return (added.id, try #require(try await desk.team.signIn(link: added.token, device: "Firefox, Linux", at: now).session))
    }

    /// Somebody more, of a role that nobody has yet.
    /// - Returns: Their session's token.
    func signIn(_ name: String, _ role: Colleague.Role) async throws -> String {
        try await Self.sign(name, role, in: desk).1
    }

    /// The pages of a desk. Views and words are read once for all tests.
    static func site(of desk: Desk, at publicURL: URL = publicURL) throws -> Site {
        let world = try Rendered.load()
        let pages = try Pages(views: world.views, catalogues: world.words, assets: world.assets, desk: desk, publicURL: publicURL)
        return Site(desk: desk, pages: pages, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private static func admission() throws -> Admission {
        let abilities: Set<Capabilities.Ability> = [.publicReply, .privateMessage, .like, .editOwn, .deleteOwn, .media, .altText, .split]
        let capabilities = Capabilities(
            abilities: abilities, maxLength: 500, maxMedia: 4, maxAltText: 1500, maxImageSize: 1 << 20, mediaTypes: ["image/png"],
            streams: true,
            idempotencySeconds: 3600, missing: [])
        let server = MastodonServer(
            url: URL(filePath: "/"), domain: "netz.example", title: "Netz", version: "4.5.0", apiVersion: 7, streamingBase: nil,
            capabilities: capabilities)
        let account = MastodonAccount(
            server: server, id: "1", object: "https://netz.example/users/stadt", handle: "stadt@netz.example", displayName: "Stadt",
            scopes: ["read", "write"])
        return Admission(
            network: "mastodon", account: account.object, handle: account.handle, profile: try JSONEncoder().encode(account),
            token: "geheim")
    }

    /// A citizen writes.
    @discardableResult
    func hear(_ text: String, from name: String = "Alex Probe", handle: String = "alex@netz.example", number: Int = 1) async throws -> ID<
        Conversation
    > {
        let (now, object) = (desk.clock.now(), "https://netz.example/status/\(number)")
        try await desk.intake.journal.write(
            [Item(object: object, verb: "status", version: "", bytes: Data(text.utf8))], from: channel, origin: .stream, at: now)
        let message = InboundMessage(
            object: object, localID: "\(number)",
            author: Author(object: "https://netz.example/users/\(handle)", localID: handle, handle: handle, displayName: name), text: text,
            mentionsUs: true, writtenAt: now)
        let waiting = try await desk.intake.journal.waiting(on: channel, at: now, limit: 100)
        let meanings = waiting.map { Intake.Meaning(of: $0, [.message(message)]) }
        try await desk.intake.take(meanings, on: try await desk.channels.channel(channel), at: now)
        let rows = try await desk.conversations.list(.all)
        return rows.map(\.id).max { $0.rawValue < $1.rawValue } ?? ID(rawValue: 0)
    }

    /// Numbers what happened, and tells the live feed.
    func seal() async throws {
        if let head = try await desk.sealer.seal() { try await desk.store.notify("sealed:\(head)") }
    }

    func ask<Value: Sendable>(_ work: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        try await site.application(host: "127.0.0.1", port: 0).test(.router, work)
    }
}

extension TestClientProtocol {
    func get(_ path: String, as session: String? = nil, headers: HTTPFields = [:]) async throws -> TestResponse {
        try await execute(uri: path, method: .get, headers: Self.headers(session, headers))
    }

    /// Sends a form from a page of ours.
    func post(
        _ path: String, _ fields: KeyValuePairs<String, String> = [:], as session: String? = nil, headers: HTTPFields = [:],
        method: HTTPRequest.Method = .post
    ) async throws -> TestResponse {
        let body = fields.map { "\(Query.escaped($0.key))=\(Query.escaped($0.value))" }.joined(separator: "&")
        return try await post(path, body: body, as: session, headers: headers, method: method)
    }

    /// - Parameter body: As a browser sends it.
    func post(
        _ path: String, body: String, as session: String?, headers: HTTPFields = [:], method: HTTPRequest.Method = .post
    ) async throws -> TestResponse {
        var all = Self.headers(session, [.contentType: "application/x-www-form-urlencoded", .origin: "http://schalter.example"])
        for field in headers { all[field.name] = field.value }
        return try await execute(uri: path, method: method, headers: all, body: ByteBuffer(string: body))
    }

    /// What the button "no answer needed" sends.
    func closure(of id: ID<Conversation>, as session: String) async throws -> (seen: String, token: String) {
        let page = try await get("/conversations/\(id)", as: session).text
        let form = try #require(page.firstMatch(of: #/name="seen" value="(\d+)"><input type="hidden" name="token" value="([^"]+)"/#))
        return (String(form.1), String(form.2))
    }

    private static func headers(_ session: String?, _ more: HTTPFields) -> HTTPFields {
        var headers = more
        if let session { headers[.cookie] = "schalter=\(session)" }
        headers[.acceptLanguage] = "de"
        return headers
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The value of a hidden field of the page.
    func field(_ name: String) -> String? {
        text.firstRange(of: "name=\"\(name)\" value=\"").map { String(text[$0.upperBound...].prefix { $0 != "\"" }) }
    }

    var session: String? {
        headers[values: .setCookie].compactMap { $0.firstMatch(of: #/^schalter=([^;]+)/#).map { String($0.1) } }.first
    }
}
