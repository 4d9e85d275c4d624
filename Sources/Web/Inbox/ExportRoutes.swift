import Desk
import Foundation
import Hummingbird

/// What a list shows, as a table for other programs.
struct ExportRoutes {
    let desk: Desk
    let pages: Pages

    func add(to routes: some RouterMethods<Visit>) {
        routes.get("inbox/export", use: export)
    }

    private static let pageSize = 200
    private static let mostRows = 20_000

    @Sendable func export(_ request: Request, visit: Visit) async throws -> Response {
        let (wish, words) = (InboxLists.Wish(request), pages.words(visit.language))
        let view = wish.view.inboxView(of: visit.me)
        try await desk.conversations.noteExport(by: visit.me, at: desk.clock.now())
        let body = ResponseBody { writer in
            // Spreadsheets take a file for UTF-8 by this sign alone.
            try await writer.write(ByteBuffer(string: "\u{FEFF}" + CSV.line(Self.columns.map { words("export.\($0)") })))
            var position: InboxPosition?
            for _ in 0..<(Self.mostRows / Self.pageSize) {
                let rows = try await desk.conversations.list(view, wish.filter, after: position, limit: Self.pageSize)
                try await writer.write(ByteBuffer(string: rows.map { CSV.line(cells(of: $0, words)) }.joined()))
                guard rows.count == Self.pageSize, let last = rows.last else { break }
                position = InboxPosition(last, in: view)
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"schalter-\(wish.view.rawValue).csv\"",
                .cacheControl: "no-store",
            ], body: body)
    }

    private static let columns = ["written", "network", "scope", "name", "handle", "state", "due", "assignee", "messages", "text"]

    private func cells(of row: InboxRow, _ words: Words) -> [String] {
        let isOwed = row.state == .open || row.state == .waiting
        return [
            words.clock.exact(row.lastAt), NetworkBadge(row.network).name, words("scope.\(row.audience.rawValue)"), row.citizenName,
            row.citizenHandle, words("state.conversation.\(row.state.rawValue)"), isOwed ? words.clock.exact(row.dueAt) : "",
            row.assigneeName ?? "", String(row.messageCount), row.warning ?? row.excerpt ?? words("row.removed"),
        ]
    }
}

/// Comma-separated values as RFC 4180 has them, with semicolons, as German spreadsheets want them.
enum CSV {
    static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ";") + "\r\n"
    }

    /// Quoted, and never a formula: what begins like one gets an apostrophe in front, because a citizen may have written it.
    static func cell(_ text: String) -> String {
        let begin = text.unicodeScalars.first { !$0.properties.isDefaultIgnorableCodePoint }
        let isFormula = begin.map { "=+-@\t\r\n|%＝＋－＠".unicodeScalars.contains($0) } ?? false
        return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
    }
}
