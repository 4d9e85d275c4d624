/// What a picture is painted on: 320 by 200 points, the first in the upper left corner.
struct Canvas {
    static let width = 320
    static let height = 200

    /// The colours of a picture: its own two, what is between them, and a dark and a light one.
    enum Ink: UInt8 { case ground, figure, between, dark, light }

    private(set) var pixels = [UInt8](repeating: Ink.ground.rawValue, count: width * height)

    private mutating func paint(_ x: Int, _ y: Int, _ ink: Ink) {
        guard (0..<Self.width).contains(x), (0..<Self.height).contains(y) else { return }
        pixels[y * Self.width + x] = ink.rawValue
    }

    mutating func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ ink: Ink) {
        for row in y..<y + height { for column in x..<x + width { paint(column, row, ink) } }
    }

    mutating func disc(_ x: Int, _ y: Int, _ radius: Int, _ ink: Ink) {
        oval(x, y, radius, radius, ink)
    }

    mutating func oval(_ x: Int, _ y: Int, _ across: Int, _ down: Int, _ ink: Ink) {
        for row in -down...down {
            for column in -across...across {
                let (right, below) = (Double(column) / Double(across), Double(row) / Double(down))
                if right * right + below * below <= 1 { paint(x + column, y + row, ink) }
            }
        }
    }

    /// A straight line with round ends.
    mutating func line(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int), thick: Int, _ ink: Ink) {
        let steps = max(abs(to.x - from.x), abs(to.y - from.y), 1)
        for step in 0...steps {
            disc(from.x + (to.x - from.x) * step / steps, from.y + (to.y - from.y) * step / steps, max(1, thick / 2), ink)
        }
    }

    /// A filled shape with these corners, by the even-odd rule.
    mutating func shape(_ corners: [(x: Int, y: Int)], _ ink: Ink) {
        for row in 0..<Self.height {
            let crossings = zip(corners, corners.dropFirst() + corners.prefix(1)).compactMap { from, to -> Int? in
                guard (from.y <= row) != (to.y <= row) else { return nil }
                return from.x + (to.x - from.x) * (row - from.y) / (to.y - from.y)
            }.sorted()
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                for column in crossings[pair]...crossings[pair + 1] { paint(column, row, ink) }
            }
        }
    }
}
