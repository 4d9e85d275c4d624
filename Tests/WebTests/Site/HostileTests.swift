import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Musterstadt
import Testing

@testable import Desk
@testable import Web

/// What once ended the program, or held it up for minutes.
@Suite struct HostileTests {
    @Test(arguments: Engine.allCases) func `numbers at the end of their range are answered like others`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            try await counter.hear("Der Aufzug steht.")
            try await counter.ask { client async throws in
                for number in ["9223372036854775807", "-9223372036854775808", "99999999999999999999", "%00", "1e300"] {
                    for path in ["/inbox?before=\(number)-1", "/inbox?before=1-\(number)", "/inbox?q=a&before=\(number)", "/inbox/list?before=\(number)-\(number)"] {
                        #expect(try await client.get(path, as: counter.reader).status == .ok, "\(path)")
                    }
                    for path in ["/conversations/\(number)", "/media/\(number)", "/channels/\(number)"] {
                        let status = try await client.get(path, as: counter.reader).status
                        #expect(status == .notFound || status == .badRequest, "\(path)")
                    }
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: Engine.allCases) func `a password of a million accents is refused at once`(on engine: Engine) async throws {
        try await Counter.with(engine) { counter in
            let accents = "a" + String(repeating: "\u{301}", count: 200_000) + String(repeating: "\u{316}", count: 200_000)
            try await counter.ask { client async throws in
                let answer = try await client.post("/signin", ["email": "wer@auch.immer", "password": accents])
                #expect(answer.status.code >= 400)
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `an address with twenty thousand brackets is cut into pieces in no time`() {
        let text = "https://amt.example/" + String(repeating: ")", count: 20_000)
        #expect(WebAddress.pieces(of: text).map(\.text).joined() == text)
        #expect(WebAddress.pieces(of: "(siehe https://amt.example/a_(b)).").compactMap(\.href) == ["https://amt.example/a_(b)"])
    }

    @Test func `machines of one network count as one, where everybody has many addresses`() {
        #expect(KnowCaller.network(of: "2001:db8:1:2:3:4:5:6") == KnowCaller.network(of: "2001:db8:1:2:ffff::1"))
        #expect(KnowCaller.network(of: "2001:db8:1:3::1") != KnowCaller.network(of: "2001:db8:1:2::1"))
        #expect(KnowCaller.network(of: "192.0.2.7") == "192.0.2.7")
    }
}
