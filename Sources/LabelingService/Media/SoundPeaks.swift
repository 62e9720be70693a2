import Glibc
import Synchronization
import LabelModel

/// Waveforms of recordings that are too long for a browser to decode.
///
/// Made by ffmpeg, once for each version of a file, and kept in a folder whose size is bounded. A file
/// is done when its description is there: what a kill left behind is made anew.
public final class SoundPeaks: Sendable {
    /// What there is of a waveform.
    public enum State: Sendable {
        /// It is being made; so many seconds of the recording are read.
        case running(seconds: Double)
        /// JSON that describes the file's levels, and where that lies.
        case ready(description: [UInt8], file: String)
    }

    private static let mostAtOnce = 2
    private static let mostKeptBytes: Int64 = 4 << 30
    private static let mostRemembered = 1000
    /// Samples a second, of which sixteen make an entry: a millisecond.
    private static let sampleRate = 16_000
    private static let samplesPerEntry = 16
    /// Longer recordings end there.
    private static let longestSeconds = 86_400
    private static let secondsToWork = 1200

    private struct Work {
        var running: [String: Double] = [:]
        var failed: [String: ServiceError] = [:]
    }

    private let folder: String
    private let sha256: @Sendable ([UInt8]) -> [UInt8]
    private let work = Mutex(Work())

    init(_ environment: ServiceEnvironment) {
        folder = environment.derivedFolder
        sha256 = environment.sha256
    }

    /// Begins to make the waveform of a file unless that is done or under way.
    ///
    /// - `path`: As ``MediaFiles`` found it.
    /// - `channels`: 1, where all are mixed, or 2.
    ///
    /// - Throws: ``ServiceError`` when ffmpeg is missing or cannot read the file.
    public func state(of path: String, channels: Int) throws(ServiceError) -> State {
        guard (1...2).contains(channels) else {
            throw ServiceError(
                .invalid,
                "channels_invalid",
                "A waveform has one channel or two.",
                field: "channels"
            )
        }
        let name = try name(of: path, channels: channels)
        let file = "\(folder)/\(name).peaks"
        if let description = Self.contents(file + ".json") {
            // What is looked at stays when room is made.
            unsafe utimes(file, nil)
            return .ready(description: description, file: file)
        }
        let (failure, seconds, starts) = work.withLock { work in
            if let failure = work.failed[name] { return (failure as ServiceError?, 0.0, false) }
            if let seconds = work.running[name] { return (nil, seconds, false) }
            guard work.running.count < Self.mostAtOnce else { return (nil, 0, false) }
            work.running[name] = 0
            return (nil, 0, true)
        }
        if let failure { throw failure }
        if starts {
            Task { await BlockingWork.run { self.make(name, of: path, channels, file) } }
        }
        return .running(seconds: seconds)
    }

    /// A name for this version of the file.
    private func name(of path: String, channels: Int) throws(ServiceError) -> String {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw .notFound("The file") }
        let version = "\(status.st_size).\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        let digest = sha256(Array("peaks 1 \(channels) \(version) \(path)".utf8))
        return digest.prefix(16).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    private func make(_ name: String, of path: String, _ channels: Int, _ file: String) {
        var failure: ServiceError?
        let partial = file + ".partial"
        do throws(ServiceError) {
            try FilePath.makeFolder(folder)
            FilePath.remove(partial)
            let description = try write(partial, of: path, channels, name)
            try FilePath.rename(partial, to: file)
            let text = try FileDescriptor.creating(partial)
            try text.write(description)
            try FilePath.rename(partial, to: file + ".json")
            makeRoom(keeping: file)
        } catch {
            FilePath.remove(partial)
            failure = error
        }
        work.withLock { work in
            work.running[name] = nil
            guard let failure else { return }
            if work.failed.count >= Self.mostRemembered { work.failed.removeAll() }
            work.failed[name] = failure
        }
    }

    /// Returns the description of what was written.
    private func write(
        _ file: String,
        of path: String,
        _ channels: Int,
        _ name: String
    ) throws(ServiceError) -> [UInt8] {
        let target = try FileDescriptor.creating(file)
        var levels = PeakLevels(channels: channels, samplesPerEntry: Self.samplesPerEntry)
        let program = ExternalProgram(
            name: "ffmpeg",
            arguments: [
                "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i", "file:" + path,
                "-map", "0:a:0", "-ac", String(channels), "-ar", String(Self.sampleRate),
                "-t", String(Self.longestSeconds), "-f", "s16le", "pipe:1",
            ],
            seconds: Self.secondsToWork
        )
        do throws(ExternalProgram.Failure) {
            try program.run { (bytes) throws(ServiceError) in
                let entries = levels.take(bytes)
                try target.write(entries.map { UInt8(bitPattern: $0) })
                let seconds = Double(levels.entries) / Self.entriesPerSecond
                self.work.withLock { $0.running[name] = seconds }
            }
        } catch {
            throw Self.error(error)
        }
        try target.write(levels.finish().map { UInt8(bitPattern: $0) })
        guard levels.entries > 0 else { throw Self.error(.failed("There is no sound in it.")) }
        for level in levels.coarser {
            try target.write(level.map { UInt8(bitPattern: $0) })
        }
        return Self.description(of: levels)
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

    private static func error(_ failure: ExternalProgram.Failure) -> ServiceError {
        switch failure {
        case .missing(let program):
            ServiceError(
                .conflict,
                "tool_missing",
                "The waveform of a long recording needs \(program), which this server does not have.",
                hint: "Install it on the server: apt-get install "
                    + (program == "prlimit" ? "util-linux." : "\(program).")
            )
        case .late:
            ServiceError(
                .tooLarge,
                "sound_too_long",
                "Reading the sound of this file takes more than \(secondsToWork / 60) minutes.",
                hint: "Cut it into shorter recordings."
            )
        case .failed(let reason):
            ServiceError(
                .invalid,
                "sound_unreadable",
                "The sound of this file cannot be read: \(reason)",
                hint: "Convert it to a format that ffmpeg reads, such as FLAC or Opus."
            )
        case .refused(let error): error
        }
    }

    /// Removes the files that nobody has looked at for longest.
    private func makeRoom(keeping kept: String) {
        var files = FilePath.names(in: folder).filter { $0.hasSuffix(".peaks") }
            .compactMap { name -> (path: String, size: Int64, used: Int)? in
                var status = stat()
                let path = "\(folder)/\(name)"
                guard unsafe stat(path, &status) == 0 else { return nil }
                return (path, Int64(status.st_size), status.st_mtim.tv_sec)
            }
        var sum = files.reduce(0) { $0 + $1.size }
        files.sort { $0.used < $1.used }
        for file in files where sum > Self.mostKeptBytes && file.path != kept {
            FilePath.remove(file.path + ".json")
            FilePath.remove(file.path)
            sum -= file.size
        }
    }

    private static func contents(_ path: String) -> [UInt8]? {
        guard let file = try? FileDescriptor.reading(path) else { return nil }
        return try? file.read(64 << 10)
    }
}
