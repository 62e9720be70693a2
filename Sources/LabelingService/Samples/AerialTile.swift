/// A piece of land seen from above that nobody has ever seen: plots, a road, houses, trees, and
/// water in some.
///
/// One pixel is one meter.
struct AerialTile {
    /// Width and height in pixels, which are meters.
    static let size = 512

    /// A plot of land; a pixel belongs to the plot whose middle is nearest.
    private struct Plot {
        let x: Int
        let y: Int
        /// Place in the palette of the darker of two neighboring colors.
        let color: UInt8
        /// Direction of the furrows.
        let slope: (Int, Int)
    }

    private enum Color {
        static let crops: [UInt8] = [0, 2, 4, 6, 8]
        static let road: UInt8 = 10
        static let roof: UInt8 = 11
        static let roofLight: UInt8 = 12
        static let shadow: UInt8 = 13
        static let tree: UInt8 = 14
        static let water: UInt8 = 15
    }

    private static let palette: [(UInt8, UInt8, UInt8)] = [
        (104, 138, 70), (114, 149, 78), (142, 160, 84), (152, 170, 93),
        (186, 170, 104), (196, 181, 116), (136, 112, 82), (146, 122, 91),
        (84, 120, 66), (92, 129, 73), (168, 164, 156), (168, 86, 66),
        (192, 112, 88), (58, 62, 50), (46, 84, 48), (70, 112, 140),
    ]

    /// The picture that belongs to a number, as a PNG file.
    static func png(number: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(number) &* 7_919 &+ 17)
        var image = PaletteImage(width: size, height: size, palette: palette)
        paintPlots(&image, &generator)
        if number % 3 == 1 { paintLake(&image, &generator) }
        let road = paintRoad(&image, &generator)
        paintHouses(&image, along: road, &generator)
        paintTrees(&image, &generator)
        return PNGEncoder.encode(image)
    }

    private static func paintPlots(
        _ image: inout PaletteImage,
        _ generator: inout SeededGenerator
    ) {
        let slopes = [(1, 0), (0, 1), (1, 1), (2, 1), (1, -2)]
        let plots = (0..<12).map { _ in
            Plot(
                x: .random(in: 0..<size, using: &generator),
                y: .random(in: 0..<size, using: &generator),
                color: Color.crops.randomElement(using: &generator) ?? 0,
                slope: slopes.randomElement(using: &generator) ?? (1, 0)
            )
        }
        for y in 0..<size {
            for x in 0..<size {
                let plot = plots[nearest(plots, x, y)]
                let furrow = plot.slope.0 * x + plot.slope.1 * y
                image.paint(x, y, plot.color + (furrow & 7 < 3 ? 1 : 0))
            }
        }
    }

    /// The plot that a pixel belongs to.
    ///
    /// Distance by steps along the axes gives plots the straight borders that land has.
    private static func nearest(_ plots: [Plot], _ x: Int, _ y: Int) -> Int {
        var nearest = 0
        var shortest = Int.max
        for index in plots.indices {
            let distance = abs(plots[index].x - x) + abs(plots[index].y - y)
            if distance < shortest {
                shortest = distance
                nearest = index
            }
        }
        return nearest
    }

    private static func paintLake(
        _ image: inout PaletteImage,
        _ generator: inout SeededGenerator
    ) {
        let x = Int.random(in: 110..<400, using: &generator)
        let y = Int.random(in: 110..<400, using: &generator)
        image.ellipse(x: x, y: y, a: 62, b: 41, Color.water)
        image.ellipse(x: x + 38, y: y + 22, a: 40, b: 30, Color.water)
    }

    /// - Returns: The middle of the road in each row.
    private static func paintRoad(
        _ image: inout PaletteImage,
        _ generator: inout SeededGenerator
    ) -> [Int] {
        let start = Int.random(in: 120..<390, using: &generator)
        let drift = Int.random(in: -22...22, using: &generator)
        let middles = (0..<size).map { start + drift * $0 * $0 / (size * 40) + drift * $0 / 60 }
        for (y, middle) in middles.enumerated() {
            image.rectangle(x: middle - 4, y: y, width: 9, height: 1, Color.road)
        }
        return middles
    }

    private static func paintHouses(
        _ image: inout PaletteImage,
        along road: [Int],
        _ generator: inout SeededGenerator
    ) {
        for y in stride(from: 40, to: size - 60, by: 62) {
            let offset = Int.random(in: 14...34, using: &generator)
            let width = Int.random(in: 14...24, using: &generator)
            let height = Int.random(in: 12...18, using: &generator)
            let isRight = Bool.random(using: &generator)
            let x = isRight ? road[y] + offset : road[y] - offset - width
            image.rectangle(x: x + 3, y: y + 3, width: width, height: height, Color.shadow)
            image.rectangle(x: x, y: y, width: width, height: height / 2, Color.roofLight)
            image.rectangle(x: x, y: y + height / 2, width: width, height: height / 2, Color.roof)
        }
    }

    private static func paintTrees(
        _ image: inout PaletteImage,
        _ generator: inout SeededGenerator
    ) {
        for _ in 0..<46 {
            let x = Int.random(in: 0..<size, using: &generator)
            let y = Int.random(in: 0..<size, using: &generator)
            let radius = Int.random(in: 3...7, using: &generator)
            guard image[x, y] < Color.road else { continue }
            image.ellipse(x: x + 2, y: y + 2, a: radius, b: radius, Color.shadow)
            image.ellipse(x: x, y: y, a: radius, b: radius, Color.tree)
        }
    }
}
