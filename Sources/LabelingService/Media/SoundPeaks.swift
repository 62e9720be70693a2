import LabelModel

/// Waveforms of recordings that are too long for a browser to decode, made by ffmpeg.
public struct SoundPeaks: Sendable {
    /// Samples a second, of which sixteen make an entry: a millisecond.
    private static let sampleRate = 16_000
    private static let samplesPerEntry = 16
    /// Longer recordings end there.
    private static let longestSeconds = 86_400
    private static let secondsToWork = 1200

    private let files: DerivedFiles

    init(_ files: DerivedFiles) { self.files = files }

    /// What there is of a waveform, and begins to make it unless that is done or under way.
    ///
    /// - `path`: As ``MediaFiles`` found it.
    /// - `channels`: 1, where all are mixed, or 2.
    ///
    /// The description is JSON of the levels in the file.
    ///
    /// - Throws: ``ServiceError`` when ffmpeg is missing or cannot read the file.
    public func state(of path: String, channels: Int) throws(ServiceError) -> DerivedState {
        guard (1...2).contains(channels) else {
            throw ServiceError(
                .invalid,
                "channels_invalid",
                "A waveform has one channel or two.",
                field: "channels"
            )
        }
        let wish = DerivedFiles.Wish(kind: "peaks 1 \(channels)", suffix: ".peaks") {
            (file, progress) throws(ServiceError) in
            try Self.write(file, of: path, channels, progress)
        }
        return DerivedState(try files.state(of: wish, from: path))
    }

    /// Returns the description of what was written.
    private static func write(
        _ file: String,
        of path: String,
        _ channels: Int,
        _ progress: @Sendable (Double) -> Void
    ) throws(ServiceError) -> [UInt8] {
        let target = try FileDescriptor.creating(file)
        var levels = PeakLevels(channels: channels, samplesPerEntry: samplesPerEntry)
        let program = ExternalProgram(
            name: "ffmpeg",
            arguments: [
                "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i", "file:" + path,
                "-map", "0:a:0", "-ac", String(channels), "-ar", String(sampleRate),
                "-t", String(longestSeconds), "-f", "s16le", "pipe:1",
            ],
            seconds: secondsToWork
        )
        do throws(ExternalProgram.Failure) {
            try program.run { (bytes) throws(ServiceError) in
                let entries = levels.take(bytes)
                try target.write(entries.map { UInt8(bitPattern: $0) })
                progress(Double(levels.entries) / entriesPerSecond)
            }
            if levels.isEmpty { throw .failed("There is no sound in it.") }
        } catch {
            throw error.error(
                "sound_unreadable",
                "The sound of this file",
                "Convert it to a format that ffmpeg reads, such as FLAC or Opus."
            )
        }
        try target.write(levels.finish().map { UInt8(bitPattern: $0) })
        for level in levels.coarser {
            try target.write(level.map { UInt8(bitPattern: $0) })
        }
        return description(of: levels)
    }

    private static var entriesPerSecond: Double {
        Double(sampleRate) / Double(samplesPerEntry)
    }

    private static func description(of levels: PeakLevels) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { writer in
            writer.member("channels", Int64(levels.channels))
            writer.member("entries_per_second", entriesPerSecond as Double?)
            writer.key("levels")
            writer.beginArray()
            var offset = 0
            var fold = 1
            let counts = [levels.entries] + levels.coarser.map { $0.count / (2 * levels.channels) }
            for count in counts {
                writer.object { writer in
                    writer.member("fold", Int64(fold))
                    writer.member("offset", Int64(offset))
                    writer.member("count", Int64(count))
                }
                offset += count * 2 * levels.channels
                fold *= PeakLevels.fold
            }
            writer.endArray()
        }
        return writer.bytes
    }
}
