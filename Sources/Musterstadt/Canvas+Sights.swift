/// What else people take pictures of.
extension Canvas {
    /// A stage at night under strings of lights, people before it.
    mutating func stage() {
        shape([(50, 60), (160, 20), (270, 60)], .between)
        box(60, 60, 200, 70, .dark)
        shape([(90, 60), (110, 60), (150, 130), (70, 130)], .between)
        shape([(210, 60), (230, 60), (250, 130), (170, 130)], .figure)
        for light in 0..<16 { disc(10 + light * 20, 14 + abs(light % 8 - 4) * 4, 4, .figure) }
        for head in 0..<14 {
            let y = 150 + (head * 17) % 24
            disc(12 + head * 23, y, 10, .dark)
            box(2 + head * 23, y + 10, 20, 50, .dark)
            if head.isMultiple(of: 3) { line((20 + head * 23, y + 16), (28 + head * 23, y - 18), thick: 6, .dark) }
        }
    }

    /// Clouds over an empty stage, a strip of light below.
    mutating func sky() {
        box(0, 132, 320, 14, .figure)
        box(0, 146, 320, 54, .dark)
        for cloud in 0..<7 { oval(cloud * 55, 34 + (cloud * 31) % 50, 60, 22, cloud.isMultiple(of: 2) ? .between : .dark) }
        box(110, 116, 100, 30, .dark)
        line((110, 116), (160, 96), thick: 5, .dark)
        line((210, 116), (160, 96), thick: 5, .dark)
    }

    /// A trolley between shelves, a torch on the topmost book.
    mutating func books() {
        box(70, 70, 180, 8, .dark)
        box(70, 130, 180, 8, .dark)
        for (shelf, y) in [(0, 70), (1, 130)] {
            for book in 0..<14 {
                let height = 30 + (book * 13 + shelf * 7) % 18
                box(74 + book * 12, y - height, 10, height, [.figure, .light, .between][(book + shelf) % 3])
            }
        }
        box(66, 30, 8, 140, .dark)
        box(246, 30, 8, 140, .dark)
        for wheel in [80, 240] { disc(wheel, 176, 12, .dark) }
        box(130, 14, 50, 12, .light)
        shape([(180, 12), (196, 6), (196, 34), (180, 28)], .figure)
    }

    /// A poplar across a fence.
    mutating func fallenTree() {
        box(0, 170, 320, 30, .dark)
        for post in 0..<8 {
            box(16 + post * 40, 110, 10, 60, .light)
            if post != 3, post != 4 { box(16 + post * 40, 124, 40, 8, .light) }
        }
        line((30, 150), (200, 100), thick: 16, .figure)
        for leaf in 0..<12 { disc(190 + (leaf * 29) % 100, 70 + (leaf * 41) % 70, 20, .between) }
        for root in [-24, -8, 10] { line((30, 150), (8, 150 + root), thick: 6, .figure) }
    }

    /// Closed doors, a note on them.
    mutating func lift() {
        box(80, 20, 160, 170, .dark)
        box(88, 28, 71, 162, .light)
        box(161, 28, 71, 162, .light)
        box(124, 70, 70, 50, .figure)
        for row in 0..<3 { box(134, 80 + row * 12, 50, 4, .light) }
        box(256, 90, 22, 40, .dark)
        shape([(267, 96), (260, 108), (274, 108)], .figure)
        shape([(267, 126), (260, 114), (274, 114)], .between)
    }

    /// A swarm under the roof of a bus shelter.
    mutating func bees() {
        box(20, 20, 280, 16, .dark)
        box(30, 36, 10, 164, .dark)
        box(280, 36, 10, 164, .dark)
        for bee in 0..<90 {
            let y = 40 + (bee * 37) % 90
            let spread = max(6, 44 - y / 3)
            oval(160 + (bee * 53) % (2 * spread) - spread, y, 6, 4, bee.isMultiple(of: 4) ? .between : .figure)
        }
        for flyer in 0..<14 { oval(70 + (flyer * 71) % 190, 60 + (flyer * 43) % 120, 4, 3, .figure) }
    }

    /// A glass of brown water under the tap.
    mutating func tap() {
        box(0, 0, 320, 200, .light)
        line((60, 40), (160, 40), thick: 20, .figure)
        line((160, 40), (170, 76), thick: 18, .figure)
        box(92, 14, 30, 10, .dark)
        box(104, 18, 6, 20, .dark)
        for drop in 0..<3 { oval(170, 92 + drop * 14, 4, 6, .ground) }
        shape([(130, 110), (210, 110), (202, 190), (138, 190)], .figure)
        shape([(136, 132), (204, 132), (198, 186), (142, 186)], .ground)
    }

    /// Three cows from behind on the road.
    mutating func cows() {
        box(0, 0, 320, 60, .between)
        shape([(90, 60), (230, 60), (320, 200), (0, 200)], .dark)
        for stripe in 0..<3 { box(156, 70 + stripe * 46, 8, 26, .light) }
        for (x, y) in [(90, 120), (160, 96), (236, 126)] { cow(x: x, y: y) }
    }

    private mutating func cow(x: Int, y: Int) {
        for leg in [-16, 12] { box(x + leg, y + 14, 8, 34, .ground) }
        oval(x, y, 30, 26, .ground)
        oval(x - 12, y - 8, 11, 9, .figure)
        oval(x + 14, y + 6, 10, 12, .figure)
        line((x, y - 22), (x + 3, y + 16), thick: 4, .figure)
        for ear in [-26, 26] { oval(x + ear, y - 24, 8, 4, .ground) }
    }
}
