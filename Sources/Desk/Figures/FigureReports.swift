import Foundation
import Store

/// Counts, from what is stored anyway, how citizens are served. Nothing is read by who answered, and nothing is kept.
public struct FigureReports: Sendable {
    let store: Store

    public func report(of period: Period, at now: Date) async throws -> FigureReport {
        let (channels, teams, calendar) = try await store.read { db in (try db.channels(), try db.namedTeams(), try db.calendar()) }
        var counted = try await store.read { db in try db.countStanding(period, now: now) }
        for part in period.parts(of: Self.daysAtOnce) {
            let ends = DayEnds(of: part, by: calendar)
            counted = try await store.read { [counted] db in try db.count(part, into: counted, ends, now: now) }
        }
        return FigureReport(period: period, counted, channels: channels, teams: teams)
    }

    private static let daysAtOnce = 14
}

/// To which channel and team something belongs.
struct FigurePlace: Hashable, Sendable {
    let channel: ID<Channel>
    let team: ID<NamedTeam>?

    init(_ row: Row) throws {
        channel = try row["channel_id"]
        team = try row["team_id"]
    }
}

extension FigureReport {
    fileprivate init(period: Period, _ counted: [FigurePlace: Figures], channels: [Channel], teams: [NamedTeam]) {
        func sum(_ isMeant: (FigurePlace) -> Bool) -> Figures {
            counted.filter { isMeant($0.key) }.values.reduce(Figures(), +)
        }
        self.period = period
        all = sum { _ in true }
        self.channels = channels.map { channel in (channel: channel, figures: sum { $0.channel == channel.id }) }
            .filter { $0.channel.state != .disconnected || !$0.figures.isEmpty }
        let large = teams.filter { $0.members.count >= NamedTeam.fewestCounted }
        self.teams = large.map { team in (team: team, figures: sum { $0.team == team.id }) }
        hasSmallTeams = large.count < teams.count
    }
}

extension Database {
    /// What does not hang on questions: holding replies, follow-ups, and who waits now.
    fileprivate func countStanding(_ period: Period, now: Date) throws -> [FigurePlace: Figures] {
        var counted: [FigurePlace: Figures] = [:]
        let followUps = try rows(
            """
            SELECT conversation.channel_id, conversation.team_id, sum(CASE WHEN outcome = 'kept' THEN 1 ELSE 0 END) AS part, count(*) AS whole
            FROM follow_up JOIN conversation ON conversation.id = follow_up.conversation_id
            WHERE follow_up.due_at >= \(period.start) AND follow_up.due_at < \(period.end)
                AND (outcome IN ('kept', 'late') OR outcome IS NULL AND follow_up.due_at < \(now))
            GROUP BY conversation.channel_id, conversation.team_id
            """)
        for row in followUps {
            counted[try FigurePlace(row), default: Figures()].followUps = Figures.Share(part: try row["part"], whole: try row["whole"])
        }
        let holding = try rows(
            """
            SELECT conversation.channel_id, conversation.team_id, count(*) AS number
            FROM follow_up JOIN conversation ON conversation.id = follow_up.conversation_id
            WHERE follow_up.set_at >= \(period.start) AND follow_up.set_at < \(period.end) AND is_promised AND letter IS NOT NULL
                AND COALESCE(outcome, '') <> 'withdrawn'
            GROUP BY conversation.channel_id, conversation.team_id
            """)
        for row in holding { counted[try FigurePlace(row), default: Figures()].holdingReplies = try row["number"] }
        let open = try rows(
            """
            SELECT channel_id, team_id, min(owed_since) AS since FROM conversation
            WHERE state = 'open' AND owed_since IS NOT NULL GROUP BY channel_id, team_id
            """)
        for row in open { counted[try FigurePlace(row), default: Figures()].oldestOpen = try row["since"] }
        return counted
    }

    /// Messages and questions of a few days.
    fileprivate func count(
        _ period: Period, into before: [FigurePlace: Figures], _ ends: DayEnds, now: Date
    ) throws -> [FigurePlace: Figures] {
        var counted = before
        let received = try rows(
            """
            SELECT message.channel_id, conversation.team_id, count(*) AS number
            FROM message JOIN conversation ON conversation.id = message.conversation_id
            WHERE message.direction = 'in' AND message.received_at >= \(period.start) AND message.received_at < \(period.end)
                AND message.came_as IN ('question', 'addition')
            GROUP BY message.channel_id, conversation.team_id
            """)
        for row in received { counted[try FigurePlace(row), default: Figures()].received += try row["number"] }
        for row in try rows(Self.questions(of: period)) {
            let removed: Date? = try row["removed_at"]
            let closed: Date? = try row["closed_at"]
            let question = Question(
                askedAt: try row["received_at"], answeredAt: try row["answered_at"], waivedAt: [removed, closed].compactMap(\.self).min())
            counted[try FigurePlace(row), default: Figures()].count(question, ends, now: now)
        }
        return counted
    }

    /// Each with the first answer after it that got out, and the first closing after it without one that was not undone. An answer in the
    /// network's own app may be heard late: there the network's own times are compared. What was told on the telephone counts from the call.
    private static func questions(of period: Period) -> SQL {
        """
        SELECT message.channel_id, conversation.team_id, message.received_at, message.removed_at, (
            SELECT CASE WHEN answer.answered_by IS NOT NULL THEN answer.written_at
                WHEN delivery.id IS NULL THEN answer.received_at ELSE delivery.ended_at END
            FROM message AS answer LEFT JOIN delivery ON delivery.message_id = answer.id AND delivery.act = 'reply'
            WHERE answer.conversation_id = message.conversation_id AND answer.id > message.id 
                AND (answer.direction = 'out' OR answer.answered_by IS NOT NULL)
                AND (delivery.state = 'delivered' OR delivery.id IS NULL AND answer.written_at >= message.written_at)
                AND NOT EXISTS (SELECT 1 FROM follow_up
                    WHERE follow_up.conversation_id = answer.conversation_id AND follow_up.letter = delivery.letter)
            ORDER BY answer.id LIMIT 1
        ) AS answered_at, (
            SELECT min(closing.at) FROM event AS closing
            WHERE closing.conversation_id = message.conversation_id AND closing.verb = 'conversation_closed'
                AND closing.detail = 'no_reply_needed' AND closing.at >= message.received_at
                AND COALESCE((SELECT later.detail FROM event AS later
                    WHERE later.conversation_id = closing.conversation_id AND later.id > closing.id
                        AND later.verb IN ('conversation_closed', 'conversation_reopened')
                    ORDER BY later.id LIMIT 1), '') <> 'undone'
        ) AS closed_at
        FROM message JOIN conversation ON conversation.id = message.conversation_id
        WHERE message.direction = 'in' AND message.received_at >= \(period.start) AND message.received_at < \(period.end)
            AND message.came_as = 'question'
        """
    }
}
