import Foundation
import Store

/// When the authority is there: changed by an admin, asked by whatever falls due. What is due moves with it.
public struct Calendars: Sendable {
    let store: Store

    public func calendar() async throws -> BusinessCalendar {
        try await store.read { db in try db.calendar() }
    }

    /// - Throws: `Refusal.hoursInvalid` where an end lies before its beginning, or two overlap.
    public func change(hours: [Int: [BusinessCalendar.Hours]], by actor: Event.Actor, at time: Date) async throws {
        try Self.check(hours)
        try await change(by: actor, at: time) { db in
            try db.run("DELETE FROM business_hours")
            for (weekday, hours) in hours {
                for hours in hours {
                    try db.run(
                        "INSERT INTO business_hours (weekday, opens, closes) VALUES (\(weekday), \(hours.from), \(hours.until))")
                }
            }
        }
    }

    /// Nobody is there on this day.
    /// - Parameter name: What the team calls it.
    public func close(_ day: CivilDay, name: String, by actor: Event.Actor, at time: Date) async throws {
        let name = name.withoutNUL.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !name.isEmpty, name.count <= 100 else { throw Refusal.nameMissing }
        try await change(by: actor, at: time) { db in
            try db.run(
                "INSERT INTO closed_day (day, name) VALUES (\(day), \(name)) ON CONFLICT (day) DO UPDATE SET name = excluded.name")
        }
    }

    /// Somebody is there after all.
    public func open(_ day: CivilDay, by actor: Event.Actor, at time: Date) async throws {
        try await change(by: actor, at: time) { db in try db.run("DELETE FROM closed_day WHERE day = \(day)") }
    }

    private func change(by actor: Event.Actor, at time: Date, _ change: @escaping @Sendable (Database) throws -> Void) async throws {
        try await store.write { db in
            try db.demand(.admin, of: actor)
            try change(db)
            try db.renewCalendar()
            try db.record(Event(.calendarChanged, by: actor, at: time))
        }
    }

    private static func check(_ hours: [Int: [BusinessCalendar.Hours]]) throws(Refusal) {
        for (weekday, hours) in hours {
            let sorted = hours.sorted { $0.from < $1.from }
            let isFine = (1...7).contains(weekday) && sorted.allSatisfy { $0.from >= 0 && $0.from < $0.until && $0.until <= 24 * 60 }
                && zip(sorted, sorted.dropFirst()).allSatisfy { $0.until <= $1.from }
            guard isFine else { throw .hoursInvalid(weekday: weekday) }
        }
    }

    /// Computes anew what an older calendar made due: a few hundred at a time, so that nobody waits for it.
    /// - Returns: Whether there may be more.
    func renewDues() async throws -> Bool {
        try await store.write { db in
            let calendar = try db.calendar()
            let rows = try db.rows(
                """
                SELECT * FROM conversation WHERE COALESCE(state, '') IN ('open', 'waiting') AND due_by < \(calendar.version)
                ORDER BY due_by, id LIMIT \(Self.atOnce)
                """)
            for row in rows {
                var conversation = try Conversation(row)
                conversation.renewDue(by: calendar)
                try db.save(conversation)
                if let day = conversation.followUp?.day {
                    try db.run(
                        """
                        UPDATE follow_up SET due_at = \(calendar.due(on: day))
                        WHERE conversation_id = \(conversation.id) AND ended_at IS NULL
                        """)
                }
            }
            return rows.count == Self.atOnce
        }
    }

    private static let atOnce = 500
}

extension Database {
    /// In one statement, because every batch of the journal asks for it.
    func calendar() throws -> BusinessCalendar {
        var calendar = BusinessCalendar(land: "DE", hours: [:])
        let rows = try rows(
            """
            SELECT 'version' AS kind, version AS number, CAST(NULL AS BIGINT) AS opens, CAST(NULL AS BIGINT) AS closes,
                (SELECT land FROM authority) AS text FROM business_calendar
            UNION ALL SELECT 'hours', weekday, opens, closes, NULL FROM business_hours
            UNION ALL SELECT 'closed', day, NULL, NULL, name FROM closed_day
            """)
        for row in rows {
            let (kind, number): (String, Int) = (try row["kind"], try row["number"])
            switch kind {
            case "version":
                calendar.version = number
                calendar.land = try row["text"] ?? "DE"
            case "hours": calendar.hours[number, default: []].append(.init(from: try row["opens"], until: try row["closes"]))
            default: calendar.closedDays[CivilDay(rawValue: number)] = try row["text"]
            }
        }
        return calendar
    }

    /// From now on what was computed before is to be computed anew.
    func renewCalendar() throws {
        try run("UPDATE business_calendar SET version = version + 1")
    }
}
