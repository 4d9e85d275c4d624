import Foundation
import Testing

@testable import Web

struct PresenceTests {
    private let time = Date(timeIntervalSince1970: 1_795_100_000)

    private func sign(_ colleague: Int64, _ state: Presence.Sign.State, tab: String = "a") -> Presence.Sign {
        Presence.Sign(conversation: 1, colleague: colleague, name: colleague == 7 ? "Jonas" : "Lena", tab: tab, state: state)
    }

    @Test func `a colleague with two tabs is there once, until both are closed`() {
        var presence = Presence()
        let step1 = presence.hear(sign(7, .here), at: time)
        #expect(step1)
        let step2 = presence.hear(sign(7, .here, tab: "b"), at: time)
        #expect(!step2)
        let step3 = presence.hear(sign(7, .gone), at: time)
        #expect(!step3)
        #expect(presence.visitors(of: 1).map(\.name) == ["Jonas"])
        let step4 = presence.hear(sign(7, .gone, tab: "b"), at: time)
        #expect(step4)
        #expect(presence.visitors(of: 1).isEmpty)
    }

    @Test func `somebody writes while it is so, and is gone when nothing more is heard of them`() {
        var presence = Presence()
        _ = presence.hear(sign(7, .here), at: time)
        let step5 = presence.hear(sign(7, .writing), at: time + 5)
        #expect(step5)
        #expect(presence.visitors(of: 1).first?.isWriting == true)
        let step6 = presence.hear(sign(7, .here), at: time + 13)
        #expect(step6)
        #expect(presence.visitors(of: 1).first?.isWriting == false)
        _ = presence.hear(sign(8, .here), at: time + 60)
        let step7 = presence.passTime(to: time + 13 + Presence.patience)
        #expect(step7 == [1])
        #expect(presence.visitors(of: 1).map(\.name) == ["Lena"])
        let step8 = presence.passTime(to: time + 13 + Presence.patience)
        #expect(step8 == [])
    }

    @Test func `what a node tells another is understood, and nothing else is taken for it`() {
        let told = Presence.Sign(notice: sign(7, .writing).notice)
        #expect(told?.colleague == 7 && told?.state == .writing && told?.name == "Jonas")
        #expect(Presence.Sign(notice: "row:1") == nil && Presence.Sign(notice: "here:{}") == nil)
    }
}
