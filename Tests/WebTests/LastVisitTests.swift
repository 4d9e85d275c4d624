import Foundation
import Testing

@testable import Web

struct LastVisitTests {
    private let start = Date(milliseconds: 1_795_000_000_000)

    private func visit(_ cookie: String?, after hours: Double) -> LastVisit {
        LastVisit(cookie: cookie, now: start + hours * 3600, start: start)
    }

    @Test func `who was never here is told what came since the last business day ended`() {
        for cookie in [nil, "", "gestern", "1-2", "9-9-9-9"] { #expect(visit(cookie, after: 1).before == start) }
    }

    @Test func `a visit goes on over the day, and the next one begins where it ended`() {
        let morning = visit(nil, after: 10)
        let noon = visit(morning.text, after: 13)
        #expect(noon.before == start && noon.began == morning.began)
        let evening = visit(noon.text, after: 16)
        #expect(evening.before == start)
        let nextDay = visit(evening.text, after: 30)
        #expect(nextDay.before == start + 16 * 3600 && nextDay.began == start + 30 * 3600)
    }

    @Test func `a time that is yet to come is not believed`() {
        let later = visit(nil, after: 50)
        #expect(visit(later.text, after: 10).before == start)
    }
}

struct CSVTests {
    @Test func `a cell is never a formula, and quotes and line ends stay inside it`() {
        #expect(CSV.line(["a", "b;c", "d\"e", "f\ng"]) == "\"a\";\"b;c\";\"d\"\"e\";\"f\ng\"\r\n")
        for formula in ["=1+1", "+49 211", "-1", "@stadt", "\t=1", "\u{200B}=1", "＝1", "|cmd", "%0A"] {
            #expect(CSV.cell(formula).hasPrefix("\"'"), "\(formula)")
        }
        for text in ["1=1", "", "Hallo", "ä"] { #expect(CSV.cell(text) == "\"\(text)\"") }
    }
}
