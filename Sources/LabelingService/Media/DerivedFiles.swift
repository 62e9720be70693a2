import Glibc
import LabelModel
import Synchronization

/// Files that are made of media by programs of the system, once for each version of a file.
///
/// They lie in a folder whose size is bounded. One is done when its description is beside it: what a
/// kill left behind is made anew. A file that cannot be made is not tried again by the same process.
final class DerivedFiles: Sendable {
    enum State: Sendable {
        /// So many seconds of the original are read.
        case running(seconds: Double)
        case ready(description: [UInt8], file: String)
    }

    /// What is to be made.
    struct Wish: Sendable {
        /// Part of the name, with everything but the original that decides about the content.
        var kind: String
        /// With its dot; tells browsers what the file is.
        var suffix: String
        /// Writes the file and returns its description; tells how far it is meanwhile.
        var make:
            @Sendable (_ file: String, _ progress: @Sendable (Double) -> Void) throws(ServiceError)
                -> [UInt8]
    }

    private struct Work {
        var running: [String: Double] = [:]
        var failed: [String: ServiceError] = [:]
    }

    private static let mostAtOnce = 2
    private static let mostKeptBytes: Int64 = 8 << 30
    private static let mostRemembered = 1000
    private static let mostDescriptionBytes = 64 << 10

    private let folder: String
    private let sha256: @Sendable ([UInt8]) -> [UInt8]
    private let work = Mutex(Work())

    init(_ environment: ServiceEnvironment) {
        folder = environment.derivedFolder
        sha256 = environment.sha256
    }

    /// What there is, and begins to make it unless that is done or under way.
    ///
    /// - `path`: As ``MediaFiles`` found it.
    func state(of wish: Wish, from path: String) throws(ServiceError) -> State {
        let name = try name(of: wish, from: path)
        let file = "\(folder)/\(name)\(wish.suffix)"
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
            Task { await BlockingWork.run { self.make(wish, name, file) } }
        }
        return .running(seconds: seconds)
    }

    /// A name for this version of the original.
    private func name(of wish: Wish, from path: String) throws(ServiceError) -> String {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw .notFound("The file") }
        let version = "\(status.st_size).\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        return sha256(Array("\(wish.kind) \(version) \(path)".utf8)).prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private func make(_ wish: Wish, _ name: String, _ file: String) {
        var failure: ServiceError?
        // With the suffix at its end: programs choose a format by it.
        let partial = "\(folder)/partial-\(name)\(wish.suffix)"
        do throws(ServiceError) {
            try FilePath.makeFolder(folder)
            FilePath.remove(partial)
            let description = try wish.make(partial) { seconds in
                self.work.withLock { $0.running[name] = seconds }
            }
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

    /// Removes the files that nobody has looked at for longest.
    private func makeRoom(keeping kept: String) {
        var files = FilePath.names(in: folder)
            .filter { !$0.hasSuffix(".json") && !$0.hasPrefix("partial-") }
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
        return try? file.read(mostDescriptionBytes)
    }
}

extension ExternalProgram.Failure {
    /// - `what`: "The sound of this file" and the like.
    func error(_ code: String, _ what: String, _ hint: String) -> ServiceError {
        switch self {
        case .missing(let program):
            ServiceError(
                .conflict,
                "tool_missing",
                "\(what) is read with \(program), which this server does not have.",
                hint: "Install it on the server: apt-get install \(Self.package(of: program))."
            )
        case .late:
            ServiceError(
                .tooLarge,
                "media_too_long",
                "\(what) takes too long to read.",
                hint: "Cut the file into shorter ones."
            )
        case .failed(let reason):
            ServiceError(.invalid, code, "\(what) cannot be read: \(reason)", hint: hint)
        case .refused(let error): error
        }
    }

    /// Debian's package that has the program.
    private static func package(of program: String) -> String {
        switch program {
        case "prlimit": "util-linux"
        case "vips", "vipsheader", "vipsthumbnail": "libvips-tools"
        default: "ffmpeg"
        }
    }
}
