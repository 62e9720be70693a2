/// A picture of at most sixteen colors, painted pixel by pixel.
struct PaletteImage {
    let width: Int
    let height: Int
    /// At most 16 colors, each red, green, blue.
    let palette: [(UInt8, UInt8, UInt8)]
    /// Row by row from the top, each a place in the palette.
    private(set) var pixels: [UInt8]

    init(width: Int, height: Int, palette: [(UInt8, UInt8, UInt8)]) {
        self.width = width
        self.height = height
        self.palette = palette
        pixels = [UInt8](repeating: 0, count: width * height)
    }

    /// Paints one pixel; outside the picture nothing happens.
    mutating func paint(_ x: Int, _ y: Int, _ color: UInt8) {
        guard x >= 0, y >= 0, x < width, y < height else { return }
        pixels[y * width + x] = color
    }

    /// The color of a pixel inside the picture.
    subscript(x: Int, y: Int) -> UInt8 { pixels[y * width + x] }

    mutating func rectangle(x: Int, y: Int, width: Int, height: Int, _ color: UInt8) {
        for row in y..<(y + height) {
            for column in x..<(x + width) { paint(column, row, color) }
        }
    }

    /// Paints an ellipse with the axes `2 * a` and `2 * b`.
    mutating func ellipse(x: Int, y: Int, a: Int, b: Int, _ color: UInt8) {
        for row in -b...b {
            for column in -a...a
            where column * column * b * b + row * row * a * a <= a * a * b * b {
                paint(x + column, y + row, color)
            }
        }
    }
}
