import Foundation

/// Five figures of a channel, of a team, or of all together. None of them is told of one colleague.
public struct Figures: Sendable, Equatable {
    /// So many of so many.
    public struct Share: Sendable, Equatable {
        public internal(set) var part = 0
        public internal(set) var whole = 0

        /// Rounded; `nil` of nothing.
        public var percent: Int? { whole == 0 ? nil : Int((Double(part) * 100 / Double(whole)).rounded()) }

        mutating func count(_ isPart: Bool?) {
            guard let isPart else { return }
            whole += 1
            if isPart { part += 1 }
        }

        static func + (one: Share, other: Share) -> Share { Share(part: one.part + other.part, whole: one.whole + other.whole) }
    }

    /// Citizens' messages that arrived in the period. Not history.
    public internal(set) var received = 0
    /// Of the questions that arrived in the period, those that were answered on the same civil day. Each counts once it is answered or its day
    /// is over; one that was closed as needing no answer doesn't.
    public internal(set) var sameDay = Share()
    /// The same by the authority's business days: what comes after hours counts for the next of them.
    public internal(set) var sameBusinessDay = Share()
    /// Holding replies that were sent in the period and got out.
    public internal(set) var holdingReplies = 0
    /// Of the follow-ups and promises that were due in the period, those that were answered or closed in time. Moved and dropped ones don't
    /// count, nor do those that are not due yet.
    public internal(set) var followUps = Share()
    /// Since when who waits longest has been owed an answer; now, whatever the period. `nil` where nobody waits.
    public internal(set) var oldestOpen: Date?

    /// Of the questions that arrived in the period and were answered, in seconds.
    var times: [TimeInterval] = []

    /// From question to answer, by the clock on the wall: half of the answers took longer. `nil` where there is none.
    public var medianTime: Duration? {
        guard !times.isEmpty else { return nil }
        let sorted = times.sorted()
        return .seconds((sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2)
    }

    public var isEmpty: Bool { self == Figures() }

    mutating func count(_ question: Question, _ ends: DayEnds, now: Date) {
        guard !question.isWaived else { return }
        sameDay.count(question.isAnswered(before: ends.endOfDay(of: question.askedAt), now: now))
        sameBusinessDay.count(question.isAnswered(before: ends.endOfBusinessDay(for: question.askedAt), now: now))
        if let answeredAt = question.answeredAt { times.append(max(0, answeredAt.timeIntervalSince(question.askedAt))) }
    }

    static func + (one: Figures, other: Figures) -> Figures {
        var sum = one
        sum.received += other.received
        sum.sameDay = one.sameDay + other.sameDay
        sum.sameBusinessDay = one.sameBusinessDay + other.sameBusinessDay
        sum.holdingReplies += other.holdingReplies
        sum.followUps = one.followUps + other.followUps
        sum.oldestOpen = [one.oldestOpen, other.oldestOpen].compactMap(\.self).min()
        sum.times += other.times
        return sum
    }
}

/// The figures of a period, by channel and by team.
public struct FigureReport: Sendable {
    public let period: Period
    public let all: Figures
    /// Those that are connected, and those that something was counted for.
    public let channels: [(channel: Channel, figures: Figures)]
    /// Of what is given to each; only of teams in which enough colleagues are that nothing is told of one of them.
    public let teams: [(team: NamedTeam, figures: Figures)]
    /// There are teams that are too small.
    public let hasSmallTeams: Bool
}
