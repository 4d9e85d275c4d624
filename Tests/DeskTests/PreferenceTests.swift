import Foundation
import Musterstadt
import Testing

@testable import Desk

struct PreferenceTests {
    @Test(arguments: Engine.allCases) func `who is new has a dense list, keys and no signature, and keeps what they chose`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let team = bench.desk.team
            #expect(try await team.colleague(bench.jana).preferences == Preferences(language: "de"))
            let wish = Preferences(language: "en", density: .airy, usesKeys: false, signature: " /JP\n")
            try await team.prefer(wish, for: bench.jana)
            let kept = try await team.colleague(bench.jana).preferences
            #expect(kept == Preferences(language: "en", density: .airy, usesKeys: false, signature: "/JP"))
            #expect(try await team.colleague(bench.jonas).preferences == Preferences(language: "de"))
            for signature in ["", " ", "/ dreizehn Zz", "\0"] {
                await #expect(throws: Refusal.signatureInvalid) {
                    try await team.prefer(Preferences(language: "de", signature: signature), for: bench.jana)
                }
            }
            #expect(try await team.colleague(bench.jana).preferences == kept)
        }
    }
}
