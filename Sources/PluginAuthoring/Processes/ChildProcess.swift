import Glibc

/// A program that is run to its end, in a process group of its own.
struct ChildProcess {
    /// How it ended.
    enum End: Hashable, Sendable {
        case exit(Int32)
        case signal(Int32)
        /// It was ended because its time was over.
        case deadline
    }

    /// What came of it.
    struct Outcome: Sendable {
        var end: End
        /// Standard output and standard error as they came, at most 1 MiB.
        var output: String
        /// What it wrote to the descriptor 3.
        var report: String

        var isSuccess: Bool { end == .exit(0) }
    }

    /// Name or path of the program.
    var program: String
    var arguments: [String]
    /// `NAME=VALUE`; `nil` means that of this process.
    var environment: [String]?
    /// Opened as descriptor 4.
    var record: String?
    var deadlineSeconds: Double

    init(
        _ program: String,
        _ arguments: [String],
        environment: [String]? = nil,
        record: String? = nil,
        deadlineSeconds: Double = 600
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.record = record
        self.deadlineSeconds = deadlineSeconds
    }

    /// Runs it.
    ///
    /// - Returns: What came of it; `nil` when there is no such program.
    func run() -> Outcome? {
        guard let output = Pipe(), let report = Pipe() else { return nil }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.writing, 2)
        unsafe posix_spawn_file_actions_adddup2(&actions, report.writing, 3)
        if let record {
            unsafe posix_spawn_file_actions_addopen(&actions, 4, record, O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        var child: pid_t = 0
        let status = unsafe CStrings.with([program] + arguments) { arguments in
            unsafe CStrings.withOptional(environment) { environment in
                unsafe posix_spawnp(
                    &child,
                    program,
                    &actions,
                    &attributes,
                    arguments,
                    environment ?? environ
                )
            }
        }
        output.closeWriting()
        report.closeWriting()
        guard status == 0 else { return nil }
        return wait(for: child, output: output, report: report)
    }

    private func wait(for child: pid_t, output: Pipe, report: Pipe) -> Outcome {
        let start = ContinuousClock.now
        let limit = Duration.seconds(deadlineSeconds)
        var isLate = false
        var status: Int32 = 0
        while true {
            let isOver = unsafe waitpid(child, &status, WNOHANG) == child
            // A process that left a child behind keeps the pipe open: read what is there, no more.
            let isOpen = Pipe.readSome([output, report], milliseconds: isOver ? 0 : 20)
            if isOver {
                while Pipe.readSome([output, report], milliseconds: 0) {}
                break
            }
            if !isOpen { usleep(2000) }
            if !isLate && start.duration(to: .now) > limit {
                isLate = true
                kill(-child, SIGKILL)
                kill(child, SIGKILL)
            }
        }
        // What it may have left behind.
        kill(-child, SIGKILL)
        return Outcome(
            end: isLate ? .deadline : Self.end(status),
            output: output.text,
            report: report.text
        )
    }

    private static func end(_ status: Int32) -> End {
        let signal = status & 0x7F
        return signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
    }
}

/// A pipe whose reading end gathers what comes, up to a limit.
private final class Pipe {
    private static let maximumBytes = 1 << 20

    private(set) var writing: Int32
    private let reading: Int32
    private var bytes: [UInt8] = []
    private var isOpen = true

    /// - Returns: `nil` when the system has no more descriptors.
    init?() {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { return nil }
        // High, so that no end has a number that the child gives a meaning to.
        reading = fcntl(ends[0], F_DUPFD_CLOEXEC, 16)
        writing = fcntl(ends[1], F_DUPFD_CLOEXEC, 16)
        close(ends[0])
        close(ends[1])
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    }

    deinit {
        closeWriting()
        close(reading)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func closeWriting() {
        guard writing >= 0 else { return }
        close(writing)
        writing = -1
    }

    /// Reads what has come.
    ///
    /// - Parameters:
    ///   - pipes: All that are to be read.
    ///   - milliseconds: How long it waits for the first byte.
    /// - Returns: Whether anything came.
    static func readSome(_ pipes: [Pipe], milliseconds: Int32) -> Bool {
        let open = pipes.filter(\.isOpen)
        guard !open.isEmpty else { return false }
        var waiting = open.map { pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0) }
        guard unsafe poll(&waiting, nfds_t(waiting.count), milliseconds) > 0 else { return false }
        return open.reduce(false) { $1.read() || $0 }
    }

    private func read() -> Bool {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe piece.withUnsafeMutableBytes {
            unsafe Glibc.read(reading, $0.baseAddress, $0.count)
        }
        guard count > 0 else {
            if count == 0 { isOpen = false }
            return false
        }
        bytes += piece.prefix(min(count, Self.maximumBytes - bytes.count))
        return true
    }
}

/// Arrays of C strings for the time of a call.
private enum CStrings {
    typealias Array = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    static func with<Answer>(_ texts: [String], _ body: (Array) -> Answer) -> Answer {
        var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { fatalError("an array with a last element") }
            return unsafe body(base)
        }
    }

    static func withOptional<Answer>(_ texts: [String]?, _ body: (Array?) -> Answer) -> Answer {
        guard let texts else { return body(nil) }
        return unsafe with(texts) { unsafe body($0) }
    }
}
