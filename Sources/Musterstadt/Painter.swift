import Simulators

/// Paints the pictures that people in Musterstadt attach: simple, and plainly painted.
public enum Painter {
    static let motifs: [String: @Sendable (inout Canvas) -> Void] = [
        "bees": { $0.bees() }, "bin": { $0.bins() }, "books": { $0.books() }, "cable": { $0.cable() }, "cow": { $0.cows() },
        "cyclepath": { $0.cyclepath() }, "fest": { $0.stage() }, "glass": { $0.shards() }, "lamp": { $0.lamp() }, "lift": { $0.lift() },
        "pothole": { $0.pothole() }, "roadworks": { $0.roadworks() }, "sky": { $0.sky() }, "tap": { $0.tap() }, "tree": { $0.fallenTree() },
        "water": { $0.burstPipe() },
    ]

    /// - Parameter colours: Ground and figure, as `#rrggbb`.
    /// - Returns: A PNG file of about 32 KB.
    /// - Throws: ``Town/Unknown`` for a motif that nobody can paint, or something that is no colour.
    public static func png(_ motif: String, colours: [String]) throws -> [UInt8] {
        guard let paint = motifs[motif] else { throw Town.Unknown(what: "motif", key: motif) }
        let parsed = try colours.map(colour)
        guard let ground = parsed.first, let figure = parsed.dropFirst().first else {
            throw Town.Unknown(what: "pair of colours", key: colours.joined(separator: " "))
        }
        var canvas = Canvas()
        paint(&canvas)
        let between = zip(ground, figure).map { UInt8((Int($0) + Int($1)) / 2) }
        return PNG(
            width: Canvas.width, height: Canvas.height, palette: [ground, figure, between, [32, 34, 40], [240, 240, 234]],
            pixels: canvas.pixels
        ).bytes
    }

    static func attachment(_ picture: TownPicture) throws -> SimulatedMastodon.Attachment {
        SimulatedMastodon.Attachment(bytes: try png(picture.motif, colours: picture.colours), description: picture.alt)
    }

    private static func colour(_ text: String) throws -> [UInt8] {
        guard text.count == 7, text.first == "#", let number = UInt32(text.dropFirst(), radix: 16) else {
            throw Town.Unknown(what: "colour", key: text)
        }
        return [16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
