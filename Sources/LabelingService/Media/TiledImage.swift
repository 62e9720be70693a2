import LabelModel

/// The sizes of an image's levels, each half of the next, until one tile holds all.
struct TiledImage {
    struct Level {
        var width: Int
        var height: Int
        var columns: Int
        var rows: Int
    }

    /// As people see it: a camera that was turned is taken into account.
    let width: Int
    let height: Int
    let tileSize: Int
    let isTurned: Bool
    let hasAlpha: Bool

    /// - `header`: What `vipsheader -a` says; nil when no size is in it.
    init?(header: [UInt8], tileSize: Int) {
        var fields: [Substring: Substring] = [:]
        for line in String(decoding: header, as: UTF8.self).split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            // What the file says of itself comes after what vips says of it.
            if fields[line[..<colon]] == nil { fields[line[..<colon]] = value }
        }
        guard let width = fields["width"].flatMap({ Int($0) }), width > 0,
            let height = fields["height"].flatMap({ Int($0) }), height > 0
        else { return nil }
        let orientation = fields["orientation"].flatMap { Int($0) } ?? 1
        let loader = fields["vips-loader"] ?? ""
        isTurned =
            (2...8).contains(orientation)
            && (loader.hasPrefix("jpeg") || loader.hasPrefix("tiff"))
        let isAcross = isTurned && orientation >= 5
        self.width = isAcross ? height : width
        self.height = isAcross ? width : height
        self.tileSize = tileSize
        let bands = fields["bands"].flatMap { Int($0) } ?? 3
        hasAlpha = bands == 2 || (bands == 4 && fields["interpretation"] != "cmyk")
    }

    /// What tells the format of the tiles.
    var suffix: String { hasAlpha ? ".webp" : ".jpg" }

    /// The smallest first.
    var levels: [Level] {
        var levels: [Level] = []
        var (width, height) = (width, height)
        while true {
            let columns = (width + tileSize - 1) / tileSize
            let rows = (height + tileSize - 1) / tileSize
            levels.append(Level(width: width, height: height, columns: columns, rows: rows))
            if columns == 1 && rows == 1 { return levels.reversed() }
            width = (width + 1) / 2
            height = (height + 1) / 2
        }
    }

    /// JSON for the page.
    ///
    /// - `index`: Where in the file it says where the tiles are.
    func description(index: Int) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("width", Int64(width))
            writer.member("height", Int64(height))
            writer.member("tile_size", Int64(tileSize))
            writer.member("content_type", hasAlpha ? "image/webp" : "image/jpeg")
            writer.member("index", Int64(index))
            writer.key("levels")
            writer.beginArray()
            for level in levels {
                writer.object { writer in
                    writer.member("width", Int64(level.width))
                    writer.member("height", Int64(level.height))
                    writer.member("columns", Int64(level.columns))
                    writer.member("rows", Int64(level.rows))
                }
            }
            writer.endArray()
        }
        return writer.bytes
    }
}
