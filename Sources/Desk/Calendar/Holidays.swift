/// The public holidays of a Land, on all of its ground. What only some municipalities keep is theirs to add as a closed day.
/// Checked against the laws of the Länder as they stood in November 2026.
public enum Holidays {
    /// - Parameter land: Its ISO 3166-2 letters, or `DE` for what all of them have.
    public static func has(_ day: CivilDay, in land: String) -> Bool {
        let (year, month, date) = day.components
        return isFixed(month, date, in: land, year) || isMovable(day.rawValue - easter(year).rawValue, in: land)
            || land == "SN" && isRepentanceDay(day, month, date)
    }

    /// Easter Sunday, by the Gregorian calendar (Meeus, Butcher).
    static func easter(_ year: Int) -> CivilDay {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let (d, e, i, k) = (b / 4, b % 4, c / 4, c % 4)
        let g = (b - (b + 8) / 25 + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let l = (32 + 2 * e + 2 * i - h - k) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let sum = h + l - 7 * m + 114
        return CivilDay(year, sum / 31, sum % 31 + 1)
    }

    private static func isFixed(_ month: Int, _ date: Int, in land: String, _ year: Int) -> Bool {
        switch (month, date) {
        case (1, 1), (5, 1), (10, 3), (12, 25), (12, 26): true
        case (1, 6): ["BW", "BY", "ST"].contains(land)
        case (3, 8): land == "BE" && year >= 2019 || land == "MV" && year >= 2023
        case (5, 8): land == "BE" && year == 2025
        case (6, 17): land == "BE" && year == 2028
        case (8, 15): land == "SL"
        case (9, 20): land == "TH" && year >= 2019
        case (10, 31): year == 2017 || ["BB", "HB", "HH", "MV", "NI", "SH", "SN", "ST", "TH"].contains(land)
        case (11, 1): ["BW", "BY", "NW", "RP", "SL"].contains(land)
        default: false
        }
    }

    /// - Parameter days: After Easter Sunday.
    private static func isMovable(_ days: Int, in land: String) -> Bool {
        switch days {
        case -2, 1, 39, 50: true  // Karfreitag, Ostermontag, Himmelfahrt, Pfingstmontag
        case 0, 49: land == "BB"
        case 60: ["BW", "BY", "HE", "NW", "RP", "SL"].contains(land)  // Fronleichnam
        default: false
        }
    }

    /// Buß- und Bettag: the Wednesday before 23 November.
    private static func isRepentanceDay(_ day: CivilDay, _ month: Int, _ date: Int) -> Bool {
        day.weekday == 3 && month == 11 && (16...22).contains(date)
    }
}
