import LabelModel

/// Images that no browser can show whole, cut into tiles at several sizes by vips.
///
/// One file holds the tiles: those of the smallest level first, each level row by row, and then where
/// each begins, as 64-bit numbers, little end first, with one more for the end of the last.
public struct ImageTiles: Sendable {
    private static let tileSize = 512
    private static let quality = 85
    /// As much as eight bytes a pixel of a file of 32 GB.
    private static let mostPixels = 4_000_000_000
    private static let secondsToMeasure = 60
    private static let secondsToCut = 3600
    private static let mostWrittenBytes = 4 << 30
    private static let mostHeaderBytes = 64 << 10
    private static let mostTileBytes = 4 << 20
    /// Half-written work of vips lies beside the file for that long.
    private static let partsSuffix = ".parts"

    private let files: DerivedFiles

    init(_ files: DerivedFiles) { self.files = files }

    /// What there is of an image's tiles, and begins to make them unless that is done or under way.
    ///
    /// - `path`: As ``MediaFiles`` found it.
    ///
    /// The description is JSON of the levels, the full size last. While it runs, its seconds are
    /// hundredths of the work.
    ///
    /// - Throws: ``ServiceError`` when vips is missing, cannot read the file or finds it too large.
    public func state(of path: String) throws(ServiceError) -> DerivedState {
        let wish = DerivedFiles.Wish(kind: "tiles 1", suffix: ".tiles") {
            (file, progress) throws(ServiceError) in
            try Self.write(file, of: path, progress)
        }
        return DerivedState(try files.state(of: wish, from: path))
    }

    private static func write(
        _ file: String,
        of path: String,
        _ progress: @Sendable (Double) -> Void
    ) throws(ServiceError) -> [UInt8] {
        guard let source = try VipsInput.argument(path) else {
            throw VipsInput.unreadable(.failed("It is no PNG, JPEG, TIFF or WebP file."))
        }
        let image = try measure(source, path)
        let parts = file + partsSuffix
        FilePath.remove(parts)
        try FilePath.makeFolder(parts)
        defer { FilePath.remove(parts) }
        try cut(source, image, into: parts + "/image", progress)
        return try join(parts + "/image_files", image, into: file)
    }

    private static func measure(
        _ source: String,
        _ path: String
    ) throws(ServiceError) -> TiledImage {
        var text: [UInt8] = []
        let program = ExternalProgram(
            name: "vipsheader",
            arguments: ["-a", source],
            seconds: secondsToMeasure
        )
        do throws(ExternalProgram.Failure) {
            try program.run { (bytes) throws(ServiceError) in
                if text.count < mostHeaderBytes { text += bytes }
            }
            guard let image = TiledImage(header: text, tileSize: tileSize) else {
                throw .failed("It does not tell its size.")
            }
            guard image.width <= mostPixels / image.height else {
                throw .refused(
                    ServiceError(
                        .tooLarge,
                        "image_too_large",
                        "The image has \(image.width) × \(image.height) pixels, more than"
                            + " \(mostPixels).",
                        hint: "Cut it into several images."
                    )
                )
            }
            return image
        } catch {
            throw VipsInput.unreadable(error)
        }
    }

    private static func cut(
        _ source: String,
        _ image: TiledImage,
        into target: String,
        _ progress: @Sendable (Double) -> Void
    ) throws(ServiceError) {
        let program = ExternalProgram(
            name: "vips",
            arguments: [
                "--vips-progress", "--vips-concurrency=2", "dzsave",
                image.isTurned ? source.dropLast() + ",autorotate]" : source, target,
                "--layout", "dz", "--depth", "onetile", "--overlap", "0",
                "--tile-size", String(tileSize), "--suffix", "\(image.suffix)[Q=\(quality)]",
            ],
            seconds: secondsToCut,
            writtenBytes: mostWrittenBytes
        )
        do throws(ExternalProgram.Failure) {
            try program.run { (bytes) throws(ServiceError) in
                // "vips image: 12% complete"
                let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
                if let last = words.last(where: { $0.hasSuffix("%") }),
                    let hundredths = Double(last.dropLast())
                {
                    progress(hundredths)
                }
            }
        } catch {
            throw VipsInput.unreadable(error)
        }
    }

    /// Puts the tiles of a folder for each level behind each other.
    private static func join(
        _ folder: String,
        _ image: TiledImage,
        into file: String
    ) throws(ServiceError) -> [UInt8] {
        let target = try FileDescriptor.creating(file)
        var starts: [Int] = []
        var end = 0
        for (number, level) in image.levels.enumerated() {
            for row in 0..<level.rows {
                for column in 0..<level.columns {
                    let path = "\(folder)/\(number)/\(column)_\(row)\(image.suffix)"
                    let tile = try FileDescriptor.reading(path).read(mostTileBytes)
                    try target.write(tile)
                    starts.append(end)
                    end += tile.count
                }
            }
        }
        let index = (starts + [end]).flatMap { start in
            (0..<8).map { UInt8(truncatingIfNeeded: start >> (8 * $0)) }
        }
        try target.write(index)
        return image.description(index: end)
    }
}
