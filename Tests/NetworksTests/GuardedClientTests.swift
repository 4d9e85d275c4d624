import Foundation
import Synchronization
import Testing

@testable import Networks

@Suite(.serialized) struct GuardedClientTests {
    private let loopback = AddressRange("127.0.0.0/8")!
    private var client: GuardedClient { GuardedClient(allowing: [loopback]) }

    private func failure(_ work: () async throws(TransportFailure) -> Void) async -> TransportFailure? {
        do { try await work() } catch { return error }
        return nil
    }

    private func post(_ url: URL, timeout: Duration = .seconds(30)) -> OutgoingRequest {
        OutgoingRequest("POST", url, headers: ["authorization": "Bearer x"], body: Data("status=Hallo".utf8), timeout: timeout)
    }

    @Test func `an answer comes with its status, its headers and its body`() async throws {
        let server = LocalServer { $0.answer("Hallo", status: "404 Not Found", headers: "X-RateLimit-Remaining: 3\r\n") }
        let answer = try await client.send(post(server.url("/a?b=c")))
        #expect(answer.status == 404 && answer.headers["x-ratelimit-remaining"] == "3")
        #expect(try await answer.collect() == Data("Hallo".utf8))
        #expect(server.requests.first?.hasPrefix("POST /a?b=c HTTP/1.1\r\n") == true)
    }

    @Test func `a refused connection certainly sent nothing`() async throws {
        let url = LocalServer { _ in }.url()
        var refused = OutgoingRequest("GET", url)
        #expect(await failure { () throws(TransportFailure) in _ = try await client.send(refused) } != nil)
        let closed = try #require(URL(string: "http://127.0.0.1:1025/"))
        refused.url = closed
        #expect(await failure { () throws(TransportFailure) in _ = try await client.send(refused) } == .unreachable)
        #expect(await failure { () throws(TransportFailure) in _ = try await client.send(post(closed)) } == .unreachable)
    }

    @Test func `a server without TLS behind https certainly got nothing`() async throws {
        let server = LocalServer { $0.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
        let url = try #require(URL(string: "https://127.0.0.1:\(server.port)/"))
        #expect(await failure { () throws(TransportFailure) in _ = try await client.send(post(url)) } == .unreachable)
    }

    @Test func `a reset after the write leaves open whether it arrived`() async {
        let server = LocalServer { $0.reset() }
        #expect(await failure { () throws(TransportFailure) in _ = try await client.send(post(server.url())) } == .broken)
    }

    @Test(.timeLimit(.minutes(1))) func `a server that never answers is given up`() async {
        let server = LocalServer { $0.waitForEnd() }
        let request = post(server.url(), timeout: .milliseconds(300))
        #expect(await failure { () throws(TransportFailure) in _ = try await client.send(request) } == .broken)
    }

    @Test func `half a body is no body`() async throws {
        let server = LocalServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalb") }
        let answer = try await client.send(OutgoingRequest("GET", server.url()))
        #expect(await failure { () throws(TransportFailure) in _ = try await answer.collect() } == .broken)
    }

    @Test(.timeLimit(.minutes(1))) func `an answer that trickles is given up`() async {
        let server = LocalServer { connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while connection.write("x") { usleep(20_000) }
        }
        #expect(
            await failure { () throws(TransportFailure) in
                _ = try await client.fetch(server.url(), upTo: 1 << 20, timeout: .milliseconds(400))
            } == .broken)
    }

    @Test func `a huge body is not taken, announced or not`() async {
        let announced = LocalServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n") }
        let endless = LocalServer { connection in
            connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            while connection.write(String(repeating: "x", count: 65_536)) {}
        }
        for server in [announced, endless] {
            #expect(await failure { () throws(TransportFailure) in _ = try await client.fetch(server.url(), upTo: 100_000) } == .tooLarge)
        }
    }

    /// 20 MB of zeros, packed twice over by a real packer, in 20 KB.
    @Test func `a packed bomb is not unpacked beyond the limit`() async throws {
        let packed = try packedZeros(megabytes: 20)
        let server = LocalServer { connection in
            connection.write(Data("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n".utf8) + packed)
        }
        #expect(await failure { () throws(TransportFailure) in _ = try await client.fetch(server.url(), upTo: 1 << 20) } == .tooLarge)
        let whole = try await client.fetch(server.url(), upTo: 30 << 20)
        #expect(whole.bytes.count == 20 << 20)
    }

    @Test func `a redirect is followed by hand and judged anew`() async throws {
        let end = LocalServer { $0.answer("da", headers: "Content-Type: Image/PNG; x=y\r\n") }
        let endURL = end.url("/bild").absoluteString
        let start = LocalServer { $0.answer("", status: "302 Found", headers: "Location: \(endURL)\r\n") }
        let file = try await client.fetch(start.url(), headers: ["authorization": "Bearer x", "accept": "*/*"], upTo: 100)
        #expect(file.bytes == Data("da".utf8) && file.type == "image/png" && file.url.absoluteString == endURL)
        #expect(start.requests[0].contains("Bearer x"))
        #expect(!end.requests[0].contains("Bearer x") && end.requests[0].lowercased().contains("accept: */*"))
        #expect(try await client.send(OutgoingRequest("GET", start.url())).status == 302)
    }

    @Test func `a redirect to loopback is refused where only the first host is allowed`() async {
        let inner = LocalServer { $0.answer("geheim") }
        let target = "http://127.0.0.2:\(inner.port)/"
        let start = LocalServer { $0.answer("", status: "301 Moved", headers: "Location: \(target)\r\n") }
        let narrow = GuardedClient(allowing: [AddressRange("127.0.0.1/32")!])
        #expect(await failure { () throws(TransportFailure) in _ = try await narrow.fetch(start.url(), upTo: 100) } == .forbidden)
        #expect(inner.connections == 0)
    }

    @Test func `redirects in a circle end`() async {
        let server = LocalServer { $0.answer("", status: "307 X", headers: "Location: /weiter\r\n") }
        #expect(await failure { () throws(TransportFailure) in _ = try await client.fetch(server.url(), upTo: 100) } == .forbidden)
        #expect(server.requests.count == 6)
    }

    @Test func `a name that changes its mind after the check is not asked twice`() async throws {
        let server = LocalServer { $0.answer("da") }
        let asked = Tally()
        let resolver: Resolver = { _ throws(TransportFailure) in
            asked.next() == 1 ? [IPAddress("127.0.0.1")!] : [IPAddress("127.0.0.9")!]
        }
        let narrow = GuardedClient(allowing: [AddressRange("127.0.0.1/32")!], resolver: resolver)
        #expect(try await narrow.fetch(server.url("/", host: "bunt.example"), upTo: 10).bytes == Data("da".utf8))
        #expect(server.requests[0].lowercased().contains("host: bunt.example:\(server.port)"))
        let again = server.url("/", host: "bunt.example")
        #expect(await failure { () throws(TransportFailure) in _ = try await narrow.fetch(again, upTo: 10) } == .forbidden)
        #expect(server.requests.count == 1 && asked.count == 2)
    }

    @Test func `a name with one private address among public ones is refused`() async {
        let mixed = GuardedClient { _ throws(TransportFailure) in [IPAddress("9.9.9.9")!, IPAddress("10.0.0.1")!] }
        let url = URL(string: "https://halb.example/")!
        #expect(await failure { () throws(TransportFailure) in _ = try await mixed.fetch(url, upTo: 10) } == .forbidden)
    }

    @Test func `where one version's address is out of reach, the other's is tried`() async throws {
        let server = LocalServer { $0.answer("da") }
        let both = GuardedClient(allowing: [loopback, AddressRange("::1")!]) { _ throws(TransportFailure) in
            [IPAddress("::1")!, IPAddress("127.0.0.1")!]
        }
        #expect(try await both.fetch(server.url("/", host: "bunt.example"), upTo: 10).bytes == Data("da".utf8))
        let sixOnly = GuardedClient(allowing: [loopback, AddressRange("::1")!]) { _ throws(TransportFailure) in [IPAddress("::1")!] }
        let url = server.url("/", host: "sechs.example")
        #expect(await failure { () throws(TransportFailure) in _ = try await sixOnly.send(post(url)) } == .unreachable)
    }

    @Test func `reading reuses a connection, writing does not`() async throws {
        let server = LocalServer { connection in
            connection.answer("1")
            while !connection.read().isEmpty { connection.answer("2") }
        }
        let client = client
        for _ in 0..<3 { _ = try await client.send(OutgoingRequest("GET", server.url())).collect() }
        #expect(server.connections == 1)
        _ = try await client.send(post(server.url())).collect()
        #expect(server.connections == 2)
    }

    @Test func `a stream is heard piece by piece, and given up when it falls silent`() async throws {
        let server = LocalServer { connection in
            connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
            for _ in 0..<3 {
                connection.write(":thump\n")
                usleep(50_000)
            }
            connection.waitForEnd()
        }
        let answer = try await client.send(OutgoingRequest("GET", server.url(), timeout: .seconds(1), isStream: true))
        var heard = Data()
        do {
            for try await part in answer.body { heard += part }
            Issue.record("the silence was not noticed")
        } catch {
            #expect(error as? TransportFailure == .broken)
        }
        #expect(heard == Data(":thump\n:thump\n:thump\n".utf8))
    }

    private func packedZeros(megabytes: Int) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appending(path: "schalter-bomb-\(UUID().uuidString)")
        try Data(count: megabytes << 20).write(to: folder)
        let packer = Process()
        packer.executableURL = URL(filePath: "/bin/gzip")
        packer.arguments = ["-c", folder.path]
        let pipe = Pipe()
        packer.standardOutput = pipe
        try packer.run()
        let packed = pipe.fileHandleForReading.readDataToEndOfFile()
        try FileManager.default.removeItem(at: folder)
        return packed
    }
}
