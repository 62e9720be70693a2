import CPluginWire
import Contracts
import Glibc
import Synchronization

/// The process that starts workers, and the thread that listens to it.
///
/// 1. Started when the first worker is wanted, by posix_spawn, which copies nothing of this process.
/// 2. ``spawn(_:descriptors:observer:)`` for each worker.
/// 3. When the spawner is gone, all workers are; the next one gets a new spawner.
/// 4. It ends with the object.
final class Spawner: Sendable {
    /// Told about one worker, on the listening thread.
    protocol Observer: AnyObject, Sendable {
        func workerStarted(process: Int32)
        /// A system call that the sandbox refused; a habit is worth less than a warning.
        func workerWasRefused(_ call: String, isHabit: Bool)
        /// `status` as waitpid gives it; `nil` when it is not known.
        func workerEnded(status: Int32?)
    }

    private struct State {
        var socket: Int32 = -1
        var generation = 0
        var lastWorker: UInt64 = 0
        var observers: [UInt64: any Observer] = [:]
    }

    private let program: String
    private let libraryPath: String
    private let shared = Shared()

    /// What the listening thread keeps alive.
    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    /// - Parameters:
    ///   - program: Path of the runner.
    ///   - libraryFolders: Where the loader looks for libraries that plugins need.
    init(program: String, libraryFolders: [String]) {
        self.program = program
        libraryPath = libraryFolders.joined(separator: ":")
    }

    /// The spawner ends when nobody holds the other end of its socket any more.
    deinit {
        let socket = shared.state.withLock { $0.socket }
        if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// Starts a worker.
    ///
    /// - Parameters:
    ///   - payload: SPAWN's payload.
    ///   - descriptors: SPAWN's; stay the caller's.
    ///   - observer: Told what becomes of the worker.
    /// - Returns: The worker's number.
    /// - Throws: `not_loadable` when the runner cannot be started.
    func spawn(
        _ payload: [UInt8],
        descriptors: [Int32],
        observer: any Observer
    ) throws(PluginError) -> UInt64 {
        for attempt in 1...2 {
            let (socket, number) = try begin(observer)
            let error = WireMessage.send(
                socket,
                kind: Int(POSTIL_WIRE_SPAWN),
                call: number,
                payload: payload,
                descriptors: descriptors
            )
            if error == 0 { return number }
            shared.state.withLock { $0.observers[number] = nil }
            // The spawner has just gone; its thread takes note, and a new one is tried once.
            if attempt == 1 { usleep(20_000) }
        }
        throw notStarted(EPIPE)
    }

    /// Sends a signal to a worker; nothing when it is gone.
    func signal(_ worker: UInt64, _ number: Int32) {
        shared.state.withLock { state in
            guard state.socket >= 0, state.observers[worker] != nil else { return }
            _ = WireMessage.send(
                state.socket,
                kind: Int(POSTIL_WIRE_KILL),
                call: worker,
                a: UInt64(number)
            )
        }
    }

    private func begin(_ observer: any Observer) throws(PluginError) -> (Int32, UInt64) {
        let result = shared.state.withLock { state -> Result<(Int32, UInt64), PluginError> in
            if state.socket < 0 {
                do throws(PluginError) {
                    state.socket = try start()
                } catch {
                    return .failure(error)
                }
            }
            state.lastWorker += 1
            state.observers[state.lastWorker] = observer
            return .success((state.socket, state.lastWorker))
        }
        return try result.get()
    }

    /// - Returns: The host's end of the socket.
    private func start() throws(PluginError) -> Int32 {
        var pair: (Int32, Int32) = (-1, -1)
        _ = try WireFailure.check(
            unsafe withUnsafeMutablePointer(to: &pair) {
                unsafe $0.withMemoryRebound(to: Int32.self, capacity: 2) {
                    unsafe postil_wire_pair($0)
                }
            }
        )
        let (ours, theirs) = pair
        defer { Glibc.close(theirs) }
        let process: Int32
        do throws(PluginError) {
            process = try launch(socket: theirs)
            try listen(ours, process)
        } catch {
            Glibc.close(ours)
            throw error
        }
        return ours
    }

    private func launch(socket: Int32) throws(PluginError) -> Int32 {
        var process: Int32 = 0
        let error = unsafe postil_wire_launch(program, socket, libraryPath, &process)
        guard error == 0 else { throw notStarted(-error) }
        return process
    }

    /// Reads what the spawner tells until it is gone.
    private func listen(_ socket: Int32, _ process: Int32) throws(PluginError) {
        let shared = self.shared
        let thread = try CallThread()
        thread.run {
            while let message = WireMessage.receive(socket, waits: true).message {
                Self.take(message, shared)
            }
            let orphans = shared.state.withLock { state in
                state.socket = -1
                defer { state.observers = [:] }
                return Array(state.observers.values)
            }
            Glibc.close(socket)
            var status: Int32 = 0
            unsafe waitpid(process, &status, 0)
            for observer in orphans { observer.workerEnded(status: nil) }
        }
        thread.retire()
    }

    private static func take(_ message: WireMessage, _ shared: Shared) {
        let isEnd = message.kind == Int(POSTIL_WIRE_EXITED)
        let observer = shared.state.withLock { state in
            isEnd
                ? state.observers.removeValue(forKey: message.call) : state.observers[message.call]
        }
        guard let observer else { return }
        switch message.kind {
        case Int(POSTIL_WIRE_SPAWNED):
            observer.workerStarted(process: Int32(truncatingIfNeeded: message.a))
        case Int(POSTIL_WIRE_REFUSED):
            observer.workerWasRefused(message.text, isHabit: message.a != 0)
        case Int(POSTIL_WIRE_EXITED):
            observer.workerEnded(status: Int32(truncatingIfNeeded: message.a))
        default: break
        }
    }

    private func notStarted(_ error: Int32) -> PluginError {
        PluginError(
            .notLoadable,
            "The program \(program), in which plugins run, cannot be started: "
                + "\(unsafe String(cString: strerror(error))).",
            hint: "It belongs to the installation; install Postil again."
        )
    }
}
