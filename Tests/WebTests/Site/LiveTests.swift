import AsyncHTTPClient
import Foundation
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

@Suite(.timeLimit(.minutes(1))) struct LiveTests {
    @Test(arguments: Engine.allCases) func `a new message comes to an open desk as a row, in its language`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.hear("Fährt die S3 noch?")
            try await counter.seal()
            let head = try await counter.desk.record.head()
            try await counter.follow(as: counter.editor, since: head) { frames async throws in
                try await counter.hear("Danke <b>!", from: "Kim & Co", handle: "kim@netz.example", number: 2)
                try await counter.seal()
                let conversation = try #require(try await frames.next("conversation", after: head))
                let row = try #require(try await frames.next("row", after: head))
                #expect(row.id == (try await counter.desk.record.head()))
                #expect(conversation.data == "{\"id\":\"2\",\"version\":\"\(row.id)\"}")
                #expect(row.data.contains("Danke &lt;b&gt;!") && row.data.contains("öffentlich"))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `who comes back is told what they missed, or to make the page anew`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            for number in 1...3 { try await counter.hear("Nummer \(number)", handle: "p\(number)@netz.example", number: number) }
            try await counter.seal()
            let head = try await counter.desk.record.head()
            try await counter.follow(as: counter.editor, since: head - 1) { frames async throws in
                #expect(try await frames.next("row", after: head - 1)?.data.contains("Nummer 3") == true)
            }
            let (id, now) = (try await counter.hear("Noch eine", number: 9), counter.desk.clock.now())
            try await counter.desk.store.write { db in
                for _ in 1...600 { try db.record(Event(.noteWritten, by: .schalter, at: now, conversation: id)) }
            }
            try await counter.seal()
            try await counter.follow(as: counter.editor, since: head) { frames async throws in
                #expect(try await frames.next("reload", after: head - 1) != nil)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a session that ended hears nothing more`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.seal()
            let head = try await counter.desk.record.head()
            try await counter.follow(as: counter.reader, since: head) { frames async throws in
                _ = try await frames.next("heartbeat", after: -1)
                let reader = try #require(try await counter.desk.team.all().first { $0.role == .reader }?.id)
                try await counter.desk.team.endSessions(of: reader, by: .operator, at: counter.desk.clock.now())
                try await counter.hear("Geheim", number: 5)
                try await counter.seal()
                #expect(try await frames.next("row", after: head) == nil)
            }
        }
    }

    /// It would wait for ever: the suite's time limit judges.
    @Test(arguments: Engine.allCases) func `an open desk doesn't hold up the program's end`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.follow(as: counter.editor, since: 0) { frames async throws in
                _ = try await frames.next("heartbeat", after: -1)
            }
        }
    }

    @Test(arguments: Engine.allCases) func `a lease is shown though nothing of it stands in the record`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let id = try await counter.hear("Fährt die S3 noch?")
            try await counter.seal()
            let head = try await counter.desk.record.head()
            try await counter.follow(as: counter.admin, since: head) { frames async throws in
                _ = try await frames.next("row", after: head - 1)
                _ = try await counter.desk.replies.takeLease(on: id, by: counter.editorID, at: counter.desk.clock.now())
                #expect(try await frames.next("row", after: head - 1)?.data.contains("Kim Muster antwortet") == true)
            }
        }
    }
}

extension Counter {
    /// Runs the site, and follows its live feed as a browser would.
    func follow(as session: String, since: Int64, _ work: @escaping @Sendable (Frames) async throws -> Void) async throws {
        // Held until the server has ended: the stream stays open as long.
        _ = try await site.application(host: "127.0.0.1", port: 0).test(.live) { client in
            var request = HTTPClientRequest(url: "http://localhost:\(client.port ?? 0)/live?since=\(since)")
            request.headers.add(name: "cookie", value: "schalter=\(session)")
            let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            #expect(answer.status == .ok)
            try await work(Frames(answer.body))
            return answer
        }
    }
}

/// Server-sent events as they come.
final class Frames {
    struct Frame: Equatable {
        var event = ""
        var id: Int64 = 0
        var data = ""
    }

    private var body: HTTPClientResponse.Body.AsyncIterator
    private var unread = ""
    private var lastID: Int64 = 0

    init(_ body: HTTPClientResponse.Body) { self.body = body.makeAsyncIterator() }

    /// - Returns: The next frame of this kind with a higher number; `nil` where the stream ends before.
    func next(_ event: String, after number: Int64) async throws -> Frame? {
        while let frame = try await next() {
            if frame.event == event, frame.id > number { return frame }
        }
        return nil
    }

    private func next() async throws -> Frame? {
        while !unread.contains("\n\n") {
            guard let part = try await body.next() else { return nil }
            unread += String(buffer: part)
        }
        guard let end = unread.firstRange(of: "\n\n") else { return nil }
        var frame = Frame(id: lastID)
        var data: [String] = []
        for line in unread[..<end.lowerBound].split(separator: "\n") {
            let sides = line.split(separator: ":", maxSplits: 1).map(String.init)
            let value = sides.count > 1 ? String(sides[1].dropFirst()) : ""
            switch sides.first {
            case "event": frame.event = value
            case "id": frame.id = Int64(value) ?? 0
            case "data": data.append(value)
            default: break
            }
        }
        frame.data = data.joined(separator: "\n")
        lastID = frame.id
        unread = String(unread[end.upperBound...])
        return frame
    }
}
