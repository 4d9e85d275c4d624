import CQRencode

/// A QR code as the outline of its dark squares: fit for the `d` of an SVG path, a unit for each square.
public struct QRCode: PageValue {
    /// Squares in a row, without the light border that readers need around them.
    let size: Int
    let path: String

    /// - Returns: `nil` where the text is too long for one.
    public init?(_ text: String) {
        // Medium correction: screens have reflections and no scratches.
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let size = Int(code.pointee.width)
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                // The lowest bit says whether a square is dark.
                let length = (column..<size).prefix { code.pointee.data[row * size + $0] & 1 == 1 }.count
                if length > 0 { path += "M\(column) \(row)h\(length)v1h-\(length)z" }
                column += max(length, 1)
            }
        }
        self.size = size
        self.path = path
    }

    /// With that border, of four squares.
    public static let fields: Fields<QRCode> = ["path": \.path, "box": { "-4 -4 \($0.size + 8) \($0.size + 8)" }]
}
