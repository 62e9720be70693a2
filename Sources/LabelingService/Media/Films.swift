import LabelModel

/// What browsers need to go through films frame by frame: how many frames there are and whether they
/// come evenly, and a version that does where they do not, or that plays where the film does not.
public struct Films: Sendable {
    private static let secondsToIndex = 300
    private static let secondsToConvert = 7200
    /// Frames that are off the beat by less are even: containers round times to milliseconds.
    private static let tolerance = 0.002
    private static let mostFrames = 20_000_000
    private static let mostProxyBytes = 4 << 30
    private static let rates = 0.1...240.0

    private let files: DerivedFiles

    init(_ files: DerivedFiles) { self.files = files }

    /// The index of a film's frames; its file holds their times in seconds, as doubles, little end first.
    ///
    /// - `path`: As ``MediaFiles`` found it.
    ///
    /// - Throws: ``ServiceError`` when ffprobe is missing or finds no film.
    public func index(of path: String) throws(ServiceError) -> DerivedState {
        let wish = DerivedFiles.Wish(kind: "frames 1", suffix: ".frames") {
            (file, _) throws(ServiceError) in
            try Self.writeIndex(file, of: path)
        }
        return DerivedState(try files.state(of: wish, from: path))
    }

    /// The film with an even rate, as H.264 in MP4.
    ///
    /// - `rate`: Frames a second.
    ///
    /// - Throws: ``ServiceError`` when ffmpeg is missing or cannot read the film.
    public func proxy(of path: String, rate: Double) throws(ServiceError) -> DerivedState {
        guard Self.rates.contains(rate) else {
            throw ServiceError(
                .invalid,
                "rate_invalid",
                "A film has from 0.1 to 240 frames a second.",
                field: "rate"
            )
        }
        let wish = DerivedFiles.Wish(kind: "proxy 1 \(rate)", suffix: ".mp4") {
            (file, progress) throws(ServiceError) in
            try Self.writeProxy(file, of: path, rate, progress)
        }
        return DerivedState(try files.state(of: wish, from: path))
    }

    private static func writeIndex(_ file: String, of path: String) throws(ServiceError) -> [UInt8]
    {
        var text: [UInt8] = []
        var times: [Double] = []
        let program = ExternalProgram(
            name: "ffprobe",
            arguments: [
                "-v", "error", "-protocol_whitelist", "file", "-select_streams", "V:0",
                "-show_entries", "packet=pts_time", "-of", "csv=p=0", "file:" + path,
            ],
            seconds: secondsToIndex
        )
        do throws(ExternalProgram.Failure) {
            try program.run { (bytes) throws(ServiceError) in
                text += bytes
                guard let end = text.lastIndex(of: UInt8(ascii: "\n")) else { return }
                for line in text[..<end].split(separator: UInt8(ascii: "\n")) {
                    let number = line.prefix { $0 != UInt8(ascii: ",") }
                    if let time = Double(String(decoding: number, as: UTF8.self)) {
                        times.append(time)
                    }
                }
                text.removeSubrange(...end)
                guard times.count <= mostFrames else {
                    throw ServiceError(
                        .tooLarge,
                        "media_too_long",
                        "The film has more than \(mostFrames) frames."
                    )
                }
            }
            if times.isEmpty { throw .failed("There is no film in it.") }
        } catch {
            throw unreadable(error)
        }
        times.sort()
        let target = try FileDescriptor.creating(file)
        for start in stride(from: 0, to: times.count, by: 8192) {
            let part = times[start..<min(times.count, start + 8192)]
            try target.write(
                part.flatMap { time in
                    (0..<8).map { UInt8(truncatingIfNeeded: time.bitPattern >> (8 * $0)) }
                }
            )
        }
        return description(of: times)
    }

    private static func description(of times: [Double]) -> [UInt8] {
        let first = times[0]
        let length = times[times.count - 1] - first
        let step = times.count > 1 ? length / Double(times.count - 1) : 0
        let isEven = times.enumerated().allSatisfy { at, time in
            abs(time - first - Double(at) * step) <= max(tolerance, step / 20)
        }
        var writer = JSONWriter(capacity: 256)
        writer.object { writer in
            writer.member("count", Int64(times.count))
            writer.member("rate", (step > 0 ? 1 / step : 0) as Double?)
            writer.member("is_constant", isEven)
        }
        return writer.bytes
    }

    private static func writeProxy(
        _ file: String,
        of path: String,
        _ rate: Double,
        _ progress: @Sendable (Double) -> Void
    ) throws(ServiceError) -> [UInt8] {
        let program = ExternalProgram(
            name: "ffmpeg",
            arguments: [
                "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-progress", "pipe:1",
                "-i", "file:" + path, "-map", "0:V:0", "-map", "0:a:0?",
                // H.264 takes even sizes only.
                "-vf", "fps=\(rate),scale=trunc(iw/2)*2:trunc(ih/2)*2", "-c:v", "libx264",
                "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", "24",
                "-threads", "2", "-c:a", "aac", "-movflags", "+faststart", "-f", "mp4",
                "file:" + file,
            ],
            seconds: secondsToConvert,
            writtenBytes: mostProxyBytes
        )
        do throws(ExternalProgram.Failure) {
            try program.run { (bytes) throws(ServiceError) in
                let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                let key = "out_time_us="
                if let last = lines.last(where: { $0.hasPrefix(key) }),
                    let microseconds = Double(last.dropFirst(key.count))
                {
                    progress(microseconds / 1_000_000)
                }
            }
        } catch {
            throw unreadable(error)
        }
        var writer = JSONWriter(capacity: 64)
        writer.object { $0.member("rate", rate as Double?) }
        return writer.bytes
    }

    private static func unreadable(_ failure: ExternalProgram.Failure) -> ServiceError {
        failure.error(
            "film_unreadable",
            "This film",
            "Convert it to a format that ffmpeg reads, such as H.264 in MP4."
        )
    }
}
