import Desk
import Foundation
import Networks

extension Words {
    /// What the desk refused, in words: what is the matter, and what to do about it.
    public func flash(_ refusal: Refusal, now: Date) -> Flash {
        switch refusal {
        case .tooLong(let excess): counted("tooLong", excess)
        case .tooManyMedia(let limit): counted("tooManyMedia", limit)
        case .answeredMeanwhile(nil):
            Flash(.problem, self("refusal.answeredMeanwhile.unknown"), advice: self("refusal.answeredMeanwhile.advice"))
        case .connecting(let failure): connecting(failure, now: now)
        default: self.refusal(refusal.name, values(of: refusal, now: now))
        }
    }

    private func values(of refusal: Refusal, now: Date) -> [String: String] {
        switch refusal {
        case .leaseHeld(let name, let since): ["name": name, "time": moment(since, now: now).text]
        case .answeredMeanwhile(let name): ["name": name ?? ""]
        case .alarmTaken(let name): ["name": name]
        case .hoursInvalid(let weekday): ["day": self("weekday.\(weekday)")]
        case .mediaTooLarge(let limit): ["limit": size(ofBytes: limit)]
        case .passwordTooShort(let minimum): ["minimum": number(minimum)]
        // Without seconds: a minute later it is sure to be over.
        case .tooManyGuesses(let until), .tooManyCodes(let until): ["time": moment(until + 60, now: now).text]
        default: [:]
        }
    }

    private func connecting(_ failure: ConnectFailure, now: Date) -> Flash {
        let name = String(describing: failure).prefix { $0 != "(" }
        let values: [String: String] =
            switch failure {
            case .scopesMissing(let scopes): ["permissions": list(scopes)]
            case .rateLimited(let until): ["time": moment(until, now: now).text]
            case .refused(let status): ["status": String(status)]
            default: [:]
            }
        return self.refusal("connecting.\(name)", values)
    }

    private func counted(_ name: String, _ number: Int) -> Flash {
        Flash(.problem, count("refusal.\(name)", number), advice: ifWritten("refusal.\(name).advice"))
    }
}
