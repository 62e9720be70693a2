import Glibc

/// A program of the system that reads a file which strangers brought.
///
/// It gets no shell, no input and no network that it was not given by its arguments; its time, its
/// memory and its files are bounded, and it ends with what it started when the work is over.
struct ExternalProgram: Sendable {
    enum Failure: Error {
        /// No such program is installed.
        case missing(String)
        /// Its time was over.
        case late
        /// What it said last, or how it ended.
        case failed(String)
        /// The caller did not want what it wrote.
        case refused(ServiceError)
    }

    /// Sets the limits of the system; a part of every Debian.
    private static let limiter = "prlimit"
    private static let memoryBytes = 2 << 30
    private static let chunkBytes = 256 << 10
    private static let keptComplaintBytes = 4096

    var name: String
    var arguments: [String]
    /// Of the processor, and half as much again by the clock.
    var seconds: Int
    /// Into files; what it writes to its output is not counted.
    var writtenBytes = 0

    /// Runs it to its end; blocks the thread.
    ///
    /// - `take`: Gets what it writes, in chunks of at most 256 KiB.
    func run(_ take: ([UInt8]) throws(ServiceError) -> Void) throws(Failure) {
        for program in [Self.limiter, name] where !Self.isInstalled(program) {
            throw .missing(program)
        }
        guard let output = ReadingPipe(), let complaints = ReadingPipe() else {
            throw .failed("There are no more file descriptors.")
        }
        let limits = [
            "--cpu=\(seconds)", "--as=\(Self.memoryBytes)", "--nofile=64", "--core=0",
            "--fsize=\(writtenBytes)",
        ]
        let child = spawn([Self.limiter] + limits + ["--", name] + arguments, output, complaints)
        output.closeWriting()
        complaints.closeWriting()
        guard let child else { throw .failed("It could not be started.") }
        var isOver = false
        defer {
            if !isOver { Self.end(child) }
        }
        var said: [UInt8] = []
        let deadline = ContinuousClock.now + .seconds(seconds + seconds / 2)
        while output.isOpen || complaints.isOpen {
            guard ContinuousClock.now < deadline else { throw .late }
            ReadingPipe.wait(for: [output, complaints], milliseconds: 200)
            do throws(ServiceError) {
                let chunk = output.read(Self.chunkBytes)
                if !chunk.isEmpty { try take(chunk) }
            } catch {
                throw .refused(error)
            }
            said = (said + complaints.read(Self.keptComplaintBytes)).suffix(Self.keptComplaintBytes)
        }
        isOver = true
        try Self.check(Self.end(child, isKilled: false), said)
    }

    /// Waits for the program, and ends what it may have left behind.
    ///
    /// Returns how it ended, as `waitpid` tells.
    @discardableResult
    private static func end(_ child: pid_t, isKilled: Bool = true) -> Int32 {
        if isKilled { kill(-child, SIGKILL) }
        var status: Int32 = 0
        unsafe waitpid(child, &status, 0)
        kill(-child, SIGKILL)
        return status
    }

    private static func check(_ status: Int32, _ said: [UInt8]) throws(Failure) {
        guard status & 0x7F == 0 else {
            throw .failed("It was ended by a signal: its time or memory did not suffice.")
        }
        guard status == 0 else {
            let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
            throw .failed(lines.last.map(String.init) ?? "It said nothing.")
        }
    }

    private func spawn(
        _ command: [String],
        _ output: ReadingPipe,
        _ complaints: ReadingPipe
    ) -> pid_t? {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, complaints.writing, 2)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        var pointers = unsafe command.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        // Nothing of this process's surroundings, secrets among them.
        let path = "PATH=" + Self.folders.joined(separator: ":")
        var surroundings = unsafe [strdup(path), strdup("LANG=C.UTF-8"), nil]
        defer { unsafe surroundings.forEach { unsafe free($0) } }
        var child: pid_t = 0
        let status = unsafe pointers.withUnsafeMutableBufferPointer { arguments in
            unsafe surroundings.withUnsafeMutableBufferPointer { environment -> Int32 in
                guard let first = arguments.baseAddress, let variables = environment.baseAddress
                else { return EINVAL }
                return unsafe posix_spawnp(
                    &child,
                    command[0],
                    &actions,
                    &attributes,
                    first,
                    variables
                )
            }
        }
        return status == 0 ? child : nil
    }

    private static var folders: [String] {
        let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
        return (path.isEmpty ? "/usr/local/bin:/usr/bin:/bin" : path)
            .split(separator: ":").map(String.init)
    }

    private static func isInstalled(_ program: String) -> Bool {
        folders.contains { unsafe access("\($0)/\(program)", X_OK) == 0 }
    }
}

/// The end of a pipe at which this process reads without waiting.
private final class ReadingPipe {
    private(set) var writing: Int32
    private let reading: Int32
    private(set) var isOpen = true

    init?() {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { return nil }
        reading = fcntl(ends[0], F_DUPFD_CLOEXEC, 3)
        writing = fcntl(ends[1], F_DUPFD_CLOEXEC, 3)
        close(ends[0])
        close(ends[1])
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    }

    deinit {
        closeWriting()
        close(reading)
    }

    func closeWriting() {
        guard writing >= 0 else { return }
        close(writing)
        writing = -1
    }

    static func wait(for pipes: [ReadingPipe], milliseconds: Int32) {
        var waiting = pipes.filter(\.isOpen).map {
            pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0)
        }
        _ = unsafe poll(&waiting, nfds_t(waiting.count), milliseconds)
    }

    /// What has come; empty when nothing has, and at the end.
    func read(_ limit: Int) -> [UInt8] {
        guard isOpen else { return [] }
        var failure: Int32 = 0
        var isOver = false
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            let got = unsafe Glibc.read(reading, buffer.baseAddress, limit)
            if got < 0 { failure = errno }
            isOver = got == 0
            count = max(got, 0)
        }
        if isOver || (failure != 0 && failure != EAGAIN && failure != EINTR) { isOpen = false }
        return chunk
    }
}
