import Desk
import Networks

@testable import Web

extension SampleTown {
    var alarms: [Sample] {
        [
            Sample(name: "alarm-call", view: "alarm/calls", value: AlarmCalls([call(.named)])),
            Sample(
                name: "alarms", view: "alarm/page",
                value: AlarmsPage(
                    frame: frame(.alarms, alarms: AlarmCalls([call(.everybody), call(.named)]), flashes: [words.flash(.alarmWordInvalid, now: now)]),
                    latest: [
                        AlarmLine(
                            call: call(.named), cause: words("alarm.found.short", ["words": "bewusstlos"]),
                            taken: words("alarm.takenBy", ["name": "Jonas Bremer"])),
                    ],
                    lists: [
                        AlarmWordList(danger: words("danger.life"), words: [.init(id: "1", words: "Notruf"), .init(id: "2", words: "atmet nicht")]),
                        AlarmWordList(danger: words("danger.despair"), words: [.init(id: "3", words: "Suizid*")]),
                    ],
                    redirects: [RedirectLine(id: "1", title: "Notruf 112", text: "Bitte jetzt die 112 anrufen.", about: "Deutsch")],
                    canChange: true, words: "x", dangers: dangers, form: redirectForm)),
            Sample(
                name: "alarms-reader", view: "alarm/page",
                value: AlarmsPage(
                    frame: frame(.alarms, isEditor: false), latest: [], lists: [], redirects: [], canChange: false, words: "", dangers: [],
                    form: redirectForm)),
            Sample(
                name: "redirect", view: "alarm/redirect-page", value: RedirectPage(frame: frame(.alarms), id: "1", form: redirectForm)),
        ]
    }

    private var dangers: [Choice] { words.choices("danger", of: Danger.self, chosen: .life) }

    private var redirectForm: RedirectEditForm {
        RedirectEditForm(
            title: "Notruf 112", text: "Bitte jetzt die 112 anrufen.", languages: words.choices("language", of: ["de", "en"], chosen: "de"),
            dangers: dangers, channels: [Choice("", words("redirect.everyChannel"), isChosen: true)])
    }

    func call(_ audience: Audience) -> AlarmCall {
        AlarmCall(
            id: audience == .named ? "4" : "5", conversationID: "1", danger: words("danger.life"), who: "kim.beispiel", network: "Mastodon",
            audience: audience, text: "papa macht nicht auf, er atmet so komisch", at: moment(1), canTakeOver: true)
    }

    func emergency(isRaised: Bool, audience: Audience = .named) -> Emergency {
        Emergency(
            alarm: isRaised ? words("danger.life") + ": " + words("alarm.found", ["words": "atmet so komisch", "time": moment(1).text]) : nil,
            redirect: RedirectForm(
                answering: "2", answeringVersion: "0", lastAnswer: "", token: "beispiel-beispiel", audience: audience,
                texts: [
                    RedirectChoice(id: "1", title: "Notruf 112", text: "Bitte jetzt die 112 anrufen: Dort wird sofort geholfen.", language: "de", isChosen: true),
                    RedirectChoice(id: "2", title: "Emergency 112", text: "Please call 112 now.", language: "en", isChosen: false),
                ]),
            dangers: dangers)
    }
}
