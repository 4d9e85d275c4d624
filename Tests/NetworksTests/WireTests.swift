import Foundation
import Testing

@testable import Networks

@Suite struct WireTests {
    @Test func `elements are cut out byte for byte`() throws {
        let text = #" [ {"a":"]\"}, [","b":[1,{}]} ,"x\\" , 12 ,[] ,null ] "#
        let parts = try #require(JSONSlices.elements(of: Data(text.utf8))).map { String(decoding: $0, as: UTF8.self) }
        #expect(parts == [#"{"a":"]\"}, [","b":[1,{}]}"#, #""x\\""#, "12", "[]", "null"])
        #expect(JSONSlices.elements(of: Data("[]".utf8)) == [])
        for broken in ["", "{}", "[{\"a\":1}", "[\"a", "<html>", "[1,"] { #expect(JSONSlices.elements(of: Data(broken.utf8)) == nil) }
    }

    @Test func `a value is found under its key and not in a string`() {
        let data = Data(#"{"x":"\"last\":1","inner":{"last":2},"last":{"id":"3"}}"#.utf8)
        #expect(JSONSlices.value(of: "last", in: data) == Data(#"{"id":"3"}"#.utf8))
        #expect(JSONSlices.value(of: "none", in: data) == nil)
    }

    @Test func `an event stream is read the same wherever it was cut`() throws {
        let stream = Data(
            ":thump\r\n\r\nevent: update\r\ndata: {\"t\":\"Grüße\",\r\ndata: \"n\":1}\r\nid: 7\r\n\r\ndata:x\n\nevent: leer\n\n".utf8)
        let expected: [ServerSentEvents.Sign] = [
            .comment, .event(name: "update", data: "{\"t\":\"Grüße\",\n\"n\":1}", id: "7"), .event(name: "message", data: "x", id: "7"),
        ]
        for cut in 0...stream.count {
            var events = ServerSentEvents()
            #expect(try events.feed(stream.prefix(cut)) + events.feed(stream.suffix(from: cut)) == expected)
        }
        var events = ServerSentEvents()
        #expect(try stream.flatMap { try events.feed(Data([$0])) } == expected)
    }

    @Test func `a link header names the next page`() {
        let header = #"<https://a.example/x?max_id=5>; rel="next", <https://a.example/x?min_id=9>; rel="prev""#
        #expect(linkTarget("next", in: header)?.absoluteString == "https://a.example/x?max_id=5")
        #expect(linkTarget("last", in: header) == nil)
    }

    @Test func `times and limits are read in every form that servers write`() {
        let now = Date(timeIntervalSince1970: 1_794_823_800)
        let at = { (headers: [String: String]) in RateLimits.reset(headers, at: now).map { $0.timeIntervalSince(now) } }
        #expect(at(["retry-after": "30"]) == 30)
        #expect(at(["x-ratelimit-reset": "2026-11-16T10:15:00.000Z"]) == 300)
        #expect(at(["x-ratelimit-reset": "2026-11-16T10:15:00.123456Z"]).map { Int($0) } == 300)
        #expect(at(["x-ratelimit-reset": "2026-11-16T10:15:00Z"]) == 300)
        #expect(at(["x-ratelimit-reset": "1794824100"]) == 300)
        #expect(at(["retry-after": "Mon, 16 Nov 2026 10:15:00 GMT"]) == 300)
        #expect(at(["retry-after": "irgendwann"]) == nil)
        #expect(at(["retry-after": "1e300"]) == 86_400)
    }
}
