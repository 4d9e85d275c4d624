import Desk

@testable import Web

extension SampleTown {
    var people: [Sample] {
        [
            Sample(
                name: "team", view: "team/page",
                value: TeamPage(
                    frame: frame(.team, flashes: [words.refusal("emailTaken")]), colleagues: colleagues, name: "Kim Muster", email: "kim@",
                    words: words)),
            Sample(
                name: "authority", view: "team/authority",
                value: AuthorityPage(
                    frame: frame(.team), authority: AuthorityForm(name: "Stadt Musterstadt", kind: "city", state: "NW", words: words))),
            Sample(
                name: "snippets", view: "snippets/page",
                value: SnippetsPage(frame: frame(.snippets), folders: snippets, form: SnippetForm(known: ["Verweise"]))),
            Sample(
                name: "snippets-none", view: "snippets/page",
                value: SnippetsPage(frame: frame(.snippets), folders: [], form: SnippetForm(known: []))),
            Sample(
                name: "snippet", view: "snippets/snippet",
                value: SnippetPage(
                    frame: frame(.snippets), id: "1",
                    form: SnippetForm(
                        folder: "Verweise", title: "Mängelmelder", text: "Guten Tag {Name}, bitte melden Sie das hier", validUntil: "2026-12-31",
                        known: ["Verweise"]))),
            Sample(name: "start", view: "start/page", value: start(isQuiet: false)),
            Sample(name: "start-quiet", view: "start/page", value: start(isQuiet: true)),
            Sample(
                name: "facts", view: "facts/page",
                value: FactsPage(frame: frame(.facts), facts: facts, canNote: true, day: "2026-11-24", time: "23:59")),
            Sample(
                name: "facts-reader", view: "facts/page",
                value: FactsPage(frame: frame(.facts), facts: [], canNote: false, day: "2026-11-24", time: "23:59")),
            Sample(name: "hours", view: "team/hours", value: hours),
            Sample(name: "colleague", view: "team/colleague", value: colleague(isActive: true, sessions: 2)),
            Sample(
                name: "colleague-myself", view: "team/colleague",
                value: ColleaguePage(
                    frame: frame(.team), id: "7", name: "Lena Krüger", email: "lena@musterstadt.example", role: "admin", isActive: true,
                    isMyself: true, hasSecondFactor: true, sessions: 1, words: words)),
            Sample(
                name: "team-duty", view: "team/page",
                value: TeamPage(frame: frame(.team), colleagues: colleagues, canAdminister: false, words: words)),
            Sample(name: "colleague-duty", view: "team/colleague", value: colleague(isActive: true, sessions: 2, canAdminister: false)),
            Sample(name: "colleague-duty-free", view: "team/colleague", value: colleague(isActive: true, sessions: 0, canAdminister: false)),
            Sample(name: "colleague-away", view: "team/colleague", value: colleague(isActive: true, sessions: 0)),
            Sample(name: "colleague-blocked", view: "team/colleague", value: colleague(isActive: false, sessions: 0)),
            Sample(
                name: "new-link", view: "team/link",
                value: NewLinkPage(
                    frame: frame(.team), name: "Jonas Bremer", link: "https://schalter.musterstadt.example/link/beispiel-beispiel-beispiel",
                    expires: moment(-4000))),
            Sample(
                name: "account", view: "account/page",
                value: AccountPage(
                    frame: frame(.account, flashes: [words.done("passwordChanged")]), email: "lena@musterstadt.example", role: "admin",
                    settings: SettingsForm(
                        Preferences(language: language.rawValue, density: .airy, usesKeys: false, signature: "^LK"), name: "Lena Krüger", words: words),
                    sessions: sessions, hasPassword: true, minimumPassword: 12,
                    secondFactor: SecondFactorLine(since: moment(4000), codesLeft: 8, words: words), load: 5, words: words)),
            Sample(
                name: "account-few-codes", view: "account/page",
                value: AccountPage(
                    frame: frame(.account, flashes: [words.refusal("wrongProof")]), email: "lena@musterstadt.example", role: "admin",
                    settings: SettingsForm(
                        Preferences(language: language.rawValue, density: .airy, usesKeys: false, signature: "^LK"), name: "Lena Krüger", words: words),
                    sessions: sessions, hasPassword: true, minimumPassword: 12,
                    secondFactor: SecondFactorLine(since: moment(4000), codesLeft: 1, words: words), words: words)),
            Sample(
                name: "second-factor", view: "account/second-factor",
                value: SecondFactorPage(
                    frame: frame(.account), secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
                    link: "otpauth://totp/Schalter%20Stadt%20Musterstadt:lena%40musterstadt.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")),
            Sample(
                name: "recovery-codes", view: "account/recovery-codes",
                value: RecoveryCodesPage(
                    frame: frame(.account), codes: Array(repeating: "4711 0815 1234 5678 9012", count: 10), isFirst: true)),
            Sample(
                name: "account-new", view: "account/page",
                value: AccountPage(
                    frame: frame(.account), email: "lena@musterstadt.example", role: "editor",
                    settings: SettingsForm(Preferences(language: language.rawValue), name: "Lena Krüger", words: words), sessions: sessions, hasPassword: false,
                    minimumPassword: 12, words: words)),
        ]
    }

    private func start(isQuiet: Bool) -> StartPage {
        let line = StartLine(
            id: "3", who: "Hans-Peter Lüttgen", audience: .everybody,
            excerpt: TextPiece.excerpt(of: "Und wieder kein Wort zur Sperrung der Südbrücke."), at: moment(900))
        let parts = ["overdue", "followUps", "troubled", "removed"].map {
            StartPart(name: $0, title: words("start.\($0)"), count: "12", lines: [line], path: $0 == "overdue" ? "/inbox?view=open" : nil)
        }
        let channel = ChannelLine(
            id: "1", network: mastodon, account: "stadt@musterstadt.example",
            completeness: words("channel.completeUntil", ["time": moment(4).text]), warnings: 0, words: words)
        return StartPage(
            frame: frame(.start), news: words.count("start.news", 12, ["since": moment(1000).text]), open: words.count("start.open", 14),
            parts: isQuiet ? [] : parts, facts: isQuiet ? [] : facts, channels: isQuiet ? [] : [channel])
    }

    private var hours: HoursPage {
        let times = [1: ["08:00", "16:00"], 3: ["08:00", "12:00"], 4: ["08:00", "12:00", "14:00", "18:00"]]
        return HoursPage(
            frame: frame(.team, flashes: [words.done("dayClosed")]),
            days: (1...7).map { HoursDay($0, times: times[$0] ?? [], words: words) },
            closedDays: [ClosedDay(CivilDay(2026, 12, 24), name: "Heiligabend", words: words)],
            holidays: [ClosedDay(CivilDay(2026, 12, 25), name: "", words: words), ClosedDay(CivilDay(2027, 1, 1), name: "", words: words)])
    }

    private var colleagues: [ColleagueLine] {
        [
            ColleagueLine(
                id: "7", name: "Lena Krüger", email: "lena@musterstadt.example", role: "admin", isActive: true, hasPassword: true,
                words: words),
            ColleagueLine(
                id: "8", name: "Jonas Bremer", email: "jonas@musterstadt.example", role: "editor", isActive: true, hasPassword: false,
                words: words),
            ColleagueLine(
                id: "9", name: "Hacı Öz", email: "haci@musterstadt.example", role: "reader", isActive: false, hasPassword: false,
                words: words),
        ]
    }

    private func colleague(isActive: Bool, sessions: Int, canAdminister: Bool = true) -> ColleaguePage {
        ColleaguePage(
            frame: frame(.team), id: "8", name: "Jonas Bremer", email: "jonas@musterstadt.example", role: "editor", isActive: isActive,
            isMyself: false, hasSecondFactor: sessions > 0, sessions: sessions, load: sessions, canAdminister: canAdminister, words: words)
    }

    private var sessions: [SessionLine] {
        [
            SessionLine(id: "1", device: "Firefox, Linux", begun: moment(3000), expires: moment(-40000), isThis: true),
            SessionLine(
                id: "2", device: words("account.session.unknownDevice"), begun: moment(9000), expires: moment(-9000), isThis: false),
        ]
    }
}
