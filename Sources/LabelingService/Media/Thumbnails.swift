import LabelModel

/// Small pictures of images, for lists, made by vips.
public struct Thumbnails: Sendable {
    /// How long the longer side is at most, in pixels: twice what lists show, for fine screens.
    public enum Side: Int, CaseIterable, Sendable {
        case row = 160
        case card = 640
    }

    private static let quality = 80
    /// What is no larger is shown as it is.
    private static let smallFileBytes: Int64 = 16 << 10
    private static let secondsToShrink = 60
    private static let mostWrittenBytes = 8 << 20
    private static let longestWait = Duration.seconds(20)

    private let files: DerivedFiles

    /// - `files`: Of its own, or a list would wait for films that are made.
    init(_ files: DerivedFiles) { self.files = files }

    /// A file with a small picture of an image, once it is made.
    ///
    /// It is the image itself where that is small, of a format that vips is not handed, or where the
    /// server has no vips.
    ///
    /// - `path`: As ``MediaFiles`` found it.
    ///
    /// - Throws: ``ServiceError`` when vips cannot read the file, or others come first for too long.
    public func file(of path: String, _ side: Side) async throws(ServiceError) -> String {
        let size = FilePath.regularFileSize(path) ?? 0
        guard size > Self.smallFileBytes, let source = try VipsInput.argument(path) else {
            return path
        }
        let wish = DerivedFiles.Wish(kind: "thumbnail 1 \(side.rawValue)", suffix: ".webp") {
            (file, _) throws(ServiceError) in
            try Self.write(file, of: source, side)
        }
        let deadline = ContinuousClock.now + Self.longestWait
        do throws(ServiceError) {
            while ContinuousClock.now < deadline {
                if case .ready(_, let file) = try files.state(of: wish, from: path) { return file }
                do { try await Task.sleep(for: .milliseconds(20)) } catch { break }
            }
        } catch {
            guard error.code == "tool_missing" else { throw error }
            return path
        }
        throw ServiceError(
            .busy,
            "thumbnail_not_ready",
            "The small picture is not made yet: others come first.",
            hint: "Ask for it again."
        )
    }

    private static func write(
        _ file: String,
        of source: String,
        _ side: Side
    ) throws(ServiceError) -> [UInt8] {
        let program = ExternalProgram(
            name: "vipsthumbnail",
            arguments: [
                "--vips-concurrency=1", source,
                "--size", "\(side.rawValue)x\(side.rawValue)>",
                "-o", "\(file)[Q=\(quality),strip]",
            ],
            seconds: secondsToShrink,
            writtenBytes: mostWrittenBytes
        )
        do throws(ExternalProgram.Failure) {
            try program.run { _ in }
            guard FilePath.regularFileSize(file) != nil else {
                throw .failed("There is no picture in it.")
            }
        } catch {
            throw VipsInput.unreadable(error)
        }
        return Array("{}".utf8)
    }
}
