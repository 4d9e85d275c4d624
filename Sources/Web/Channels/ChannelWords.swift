import Desk
import Foundation

extension Words {
    /// What a person has to know about a channel, and what to do about it.
    public func flash(_ warning: Channel.Warning, now: Date) -> Flash {
        switch warning {
        case .reconnect: self.warning("tokenExpired")
        case .disconnected: self.warning("disconnected")
        case .failing(let trouble, let since): self.warning("\(trouble)", ["time": moment(since, now: now).text])
        case .silent(let since): self.warning("silent", ["time": moment(since, now: now).text])
        case .incomplete(let since?): self.warning("incomplete", ["time": moment(since, now: now).text])
        case .incomplete(nil): self.warning("neverComplete")
        }
    }
}
