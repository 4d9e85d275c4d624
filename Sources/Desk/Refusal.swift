import Foundation
import Networks

/// What the desk will not do. Anything else thrown is our fault: people see only the number under which it is logged.
/// The words for each case (what is the matter, what to do about it) are in Web's catalogues; a test finds a case without words.
public enum Refusal: Error, Equatable, Sendable {
    case notFound
    /// The colleague's role does not cover this.
    case notAllowed
    case alreadyClosed
    case alreadyOpen
    /// The citizen wrote again after this page was made.
    case wroteMeanwhile
    /// The last word is the citizen's: answer, or choose "no answer needed".
    case nobodyHasAnswered
    /// A day before today, or more than a year ahead.
    case followUpPast
    case followUpTooFar
    /// A holding reply without a day.
    case followUpMissing
    /// Figures of a time that ends before it begins, or of more than ``Period/longest`` days.
    case periodBackwards
    case periodTooLong
    /// A fact without who says so, or with an end that is over.
    case sourceMissing
    case expiryPast
    /// A colleague took it over.
    case alarmTaken(by: String)
    /// Less than two letters, or too long.
    case alarmWordInvalid
    case tooManyAlarmWords
    case languageInvalid
    /// A telephone call that has not been yet.
    case callInFuture
    /// A snippet without a name, or with one or a folder that is too long.
    case titleMissing
    case emptyText
    case tooLong(by: Int)
    /// A colleague is answering just now.
    case leaseHeld(by: String, since: Date)
    /// Somebody answered while this was written.
    case answeredMeanwhile(by: String?)
    /// The message being answered was edited while this was written.
    case textChanged
    /// The message being answered is gone.
    case messageGone
    case channelNotConnected
    /// It has left already, or was taken back before.
    case tooLateToTakeBack
    /// The form's answer was taken back; it is sent from a new page.
    case takenBack
    case alreadySettled
    case reasonMissing
    case notEditable
    case mediaTooLarge(limit: Int)
    case mediaKind
    case tooManyMedia(limit: Int)
    case altTextMissing
    case nameMissing
    /// Of 1 to 12 characters.
    case signatureInvalid
    case teamNameTaken
    /// Nobody is in the team who could take it.
    case teamEmpty
    case authorityNameMissing
    /// A day of the week whose hours end before they begin, or overlap.
    case hoursInvalid(weekday: Int)
    case dayInvalid
    case emailInvalid
    case emailTaken
    case passwordTooShort(minimum: Int)
    case passwordTooLong
    case wrongPassword
    case linkUsedUp
    case tooManyGuesses(until: Date)
    /// A second factor's code that is wrong, too old or was used before; neither a code nor the password where either is asked for.
    case wrongCode
    case wrongProof
    case tooManyCodes(until: Date)
    /// The password was right too long ago, or was used with its code already.
    case signInOver
    /// The desk has another key than the one with which this colleague's secret was sealed.
    case secondFactorUnreadable
    case secondFactorIsOn
    case secondFactorIsOff
    case lastAdmin
    case alreadySetUp
    /// A sign-in at a network came back that this colleague did not begin, or too late, or the person there said no.
    case connectionDeclined
    case connecting(ConnectFailure)

    /// One word for the catalogues.
    public var name: String {
        String(describing: self).prefix { $0 != "(" }.description
    }
}
