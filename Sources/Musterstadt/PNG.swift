/// A picture of sixteen colours at most as a PNG file. Its rows are stored as they are: small pictures need no packing.
struct PNG {
    let width: Int
    let height: Int
    /// Red, green, blue.
    let palette: [[UInt8]]
    /// One colour's number per pixel, row after row.
    let pixels: [UInt8]

    /// Four bits per pixel, numbers of the palette, no interlacing.
    var bytes: [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + Self.chunk("IHDR", Self.big(UInt32(width)) + Self.big(UInt32(height)) + [4, 3, 0, 0, 0])
            + Self.chunk("PLTE", palette.flatMap(\.self)) + Self.chunk("IDAT", Self.stored(rows)) + Self.chunk("IEND", [])
    }

    /// Each row begins with its filter, which is none.
    private var rows: [UInt8] {
        (0..<height).flatMap { row -> [UInt8] in
            let line = pixels[row * width..<(row + 1) * width]
            let pairs = stride(from: line.startIndex, to: line.endIndex, by: 2)
            return [0] + pairs.map { line[$0] << 4 | ($0 + 1 < line.endIndex ? line[$0 + 1] : 0) }
        }
    }

    /// A zlib stream of stored blocks (RFC 1950, RFC 1951 section 3.2.4).
    private static func stored(_ data: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: data.count, by: 65_535) {
            let block = data[start..<min(start + 65_535, data.count)]
            let length = UInt16(block.count)
            stream.append(block.endIndex == data.count ? 1 : 0)
            for part in [length, ~length] { stream += [UInt8(part & 255), UInt8(part >> 8)] }
            stream += block
        }
        return stream + big(adler32(data))
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return big(UInt32(data.count)) + body + big(crc32(body))
    }

    private static func big(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    static func adler32(_ data: [UInt8]) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in data {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }

    static func crc32(_ data: [UInt8]) -> UInt32 {
        ~data.reduce(~UInt32(0)) { sum, byte in crcTable[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
    }

    private static let crcTable: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
}
