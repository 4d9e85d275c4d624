@testable import Web

extension SampleTown {
    var doors: [Sample] {
        [
            Sample(name: "offline", view: "offline/page", value: OfflinePage(language: language, assets: assets)),
            Sample(name: "sign-in", view: "signin/page", value: SignInPage(door: door())),
            Sample(
                name: "sign-in-refused", view: "signin/page",
                value: SignInPage(door: door([words.flash(.wrongPassword, now: now)]), email: "lena@musterstadt.example", next: "/channels")
            ),
            Sample(name: "sign-in-code", view: "signin/code", value: CodePage(door: door())),
            Sample(
                name: "sign-in-code-refused", view: "signin/code",
                value: CodePage(door: door([words.flash(.wrongCode, now: now)]), next: "/channels")),
            Sample(name: "one-time", view: "signin/link", 
                value: OneTimeLinkPage(
                    door: door(), token: "beispiel", email: "kim@musterstadt.example", hasPassword: false, minimumPassword: 12)),
            Sample(
                name: "one-time-forgotten", view: "signin/link",
                value: OneTimeLinkPage(door: door(), token: "beispiel", email: "jonas@musterstadt.example", hasPassword: true,
                    minimumPassword: 12)),
            Sample(
                name: "setup", view: "setup/page",
                value: SetupPage(
                    door: Door(language: language, authority: nil, assets: assets), token: "beispiel",
                    authority: AuthorityForm(kind: "transport", state: "NW", words: words), minimumPassword: 12)),
        ] + Self.problems.map { problem($0) } + [refused]
    }

    static let problems = [
        "notFound", "notAllowed", "foreignOrigin", "tooLarge", "malformed", "fault", "diskFull", "newVersion", "linkUsedUp", "notSetUp",
        "unavailable",
        "tooManyRequests",
    ]

    private func problem(_ name: String) -> Sample {
        let page = ProblemPage(name, door: door(), number: name == "fault" ? "4F2A-19" : nil, words: words)
        return Sample(name: "problem-\(name)", view: "problem/page", value: page)
    }

    private var refused: Sample {
        let page = ProblemPage(refusal: words.flash(.tooLateToTakeBack, now: now), door: door(), path: "/conversations/1", words: words)
        return Sample(name: "problem-refused", view: "problem/page", value: page)
    }
}
