/// What people photograph in the streets.
extension Canvas {
    /// A hole full of rain, a folding rule beside it.
    mutating func pothole() {
        for stripe in 0..<4 { box(stripe * 90 - 20, 20, 50, 8, .light) }
        oval(160, 120, 100, 46, .dark)
        oval(164, 124, 84, 34, .figure)
        oval(140, 112, 30, 6, .between)
        for piece in 0..<6 { box(40 + piece * 40, 180, 38, 9, piece.isMultiple(of: 2) ? .light : .between) }
    }

    /// The map of a closed road and its diversion.
    mutating func roadworks() {
        box(0, 90, 320, 22, .light)
        box(60, 0, 20, 200, .light)
        box(240, 0, 20, 200, .light)
        box(80, 90, 160, 22, .figure)
        line((70, 100), (70, 170), thick: 8, .between)
        line((70, 170), (250, 170), thick: 8, .between)
        line((250, 170), (250, 100), thick: 8, .between)
        disc(160, 50, 30, .figure)
        box(138, 44, 44, 12, .light)
    }

    /// A red path beside trees, a ribbon cut in two.
    mutating func cyclepath() {
        box(0, 0, 320, 70, .light)
        for tree in 0..<4 {
            box(30 + tree * 80, 50, 8, 40, .dark)
            disc(34 + tree * 80, 40, 26, .ground)
        }
        shape([(130, 80), (190, 80), (300, 200), (20, 200)], .figure)
        line((40, 120), (130, 130), thick: 6, .light)
        line((280, 120), (190, 130), thick: 6, .light)
        bicycle(x: 160, y: 165)
    }

    private mutating func bicycle(x: Int, y: Int) {
        for wheel in [x - 26, x + 26] {
            disc(wheel, y, 18, .light)
            disc(wheel, y, 14, .figure)
        }
        let saddle = (x: x, y: y - 24)
        for end in [(x: x - 26, y: y), (x: x + 26, y: y), (x: x + 12, y: y - 34)] { line(saddle, end, thick: 4, .light) }
        line((x - 26, y), (x + 26, y), thick: 4, .light)
    }

    /// A corner in the dark, the lamp without light.
    mutating func lamp() {
        for star in 0..<12 { disc(20 + star * 27, 14 + (star * 37) % 50, 1, .figure) }
        box(0, 168, 320, 32, .dark)
        box(20, 80, 80, 88, .between)
        box(34, 96, 16, 20, .dark)
        box(66, 96, 16, 20, .dark)
        box(158, 50, 7, 118, .figure)
        line((161, 50), (215, 50), thick: 7, .figure)
        shape([(196, 50), (236, 50), (228, 68), (204, 68)], .figure)
        box(206, 62, 20, 6, .dark)
    }

    /// An extension lead across the cobbles, a lamp post with tape.
    mutating func cable() {
        for row in 0..<7 {
            for column in 0..<9 { oval(column * 40 + (row % 2) * 20, 20 + row * 30, 18, 12, .between) }
        }
        var last = (x: 0, y: 150)
        for step in 1...16 {
            let next = (x: step * 20, y: 130 + [0, 14, 20, 14, 0, -14, -20, -14][step % 8])
            line(last, next, thick: 8, .figure)
            last = next
        }
        box(230, 0, 20, 140, .dark)
        box(224, 100, 32, 16, .light)
    }

    /// Splinters on the path.
    mutating func shards() {
        for (index, x) in stride(from: 20, to: 300, by: 22).enumerated() {
            let y = 30 + (index * 53) % 140
            let size = 8 + (index * 7) % 12
            shape([(x, y), (x + size, y + size / 3), (x + size / 2, y + size)], .figure)
            shape([(x + 40, y + 20), (x + 40 + size / 2, y + 12), (x + 44 + size, y + 26)], .light)
        }
        box(0, 186, 320, 8, .light)
    }

    /// Two full bins, bags beside them.
    mutating func bins() {
        box(0, 160, 320, 40, .between)
        for x in [60, 140] {
            shape([(x, 60), (x + 62, 60), (x + 54, 164), (x + 8, 164)], .figure)
            shape([(x - 6, 46), (x + 60, 36), (x + 68, 52), (x, 60)], .dark)
            disc(x + 14, 168, 8, .dark)
            disc(x + 48, 168, 8, .dark)
        }
        for x in [236, 270] {
            oval(x, 150, 22, 20, .light)
            shape([(x - 6, 132), (x + 6, 132), (x, 122)], .light)
        }
    }

    /// Water that comes out of a building pit.
    mutating func burstPipe() {
        box(0, 0, 320, 70, .light)
        shape([(40, 70), (280, 70), (250, 190), (70, 190)], .figure)
        oval(160, 150, 84, 30, .ground)
        for jet in -3...3 {
            line((160, 140), (160 + jet * 22, 50 + jet * jet * 6), thick: 7, .ground)
            disc(160 + jet * 22, 44 + jet * jet * 6, 6, .between)
        }
        for x in [24, 290] { for stripe in 0..<4 { box(x, 60 + stripe * 20, 8, 20, stripe.isMultiple(of: 2) ? .dark : .light) } }
    }
}
