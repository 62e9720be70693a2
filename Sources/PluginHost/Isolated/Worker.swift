import CPluginWire
import Contracts
import Glibc

/// A process that runs one plugin, as the host talks to it.
///
/// 1. ``init(_:spawner:host:)`` starts it and waits until the library is loaded in the sandbox.
/// 2. ``send(_:)`` and ``receive(_:)``, any number of times, on one thread at a time.
/// 3. ``end()``: what is open is closed and the process goes; without it, it is killed with the
///    object.
///
/// The end of the process without a goodbye is a ``WorkerDeath``. Proof for `@unchecked Sendable`:
/// used by one thread at a time, ``cancel()`` apart, which sets a word of shared memory.
final class Worker: @unchecked Sendable {
    /// What a worker gave.
    enum Event {
        case answer(call: UInt64, WorkerAnswer)
        /// Records that belong to the running call.
        case output([UInt8])
        /// An import source wants the descriptor of an input.
        case want(UInt64)
    }

    let plugin: PluginVersion
    private(set) var sandbox = PluginRuntime.Sandbox(level: .none)
    let page: SharedPage
    private let host: WorkerHost
    private let spawner: Spawner
    private let process: WorkerProcess
    private let number: UInt64
    private let output: OutputArea
    private let errors: StandardError
    private let socket: Int32
    private var returned: [UInt32] = [0, 0]
    private var lastCall: UInt64 = 0
    /// Calls without an answer, in the order they were sent.
    private var awaited: [WorkerCall] = []
    private var escalation = Escalation()
    private var hasEnded = false

    init(_ spec: WorkerSpec, spawner: Spawner, host: WorkerHost) throws(WorkerFailure) {
        plugin = spec.plugin
        self.spawner = spawner
        self.host = host
        do throws(PluginError) {
            page = try SharedPage()
            output = try OutputArea()
            errors = try StandardError(log: host.log)
            process = try WorkerProcess(refused: host.refused)
            (number, socket) = try Self.start(spec, spawner, page, output, errors, process)
        } catch {
            throw .refused(error)
        }
        do {
            sandbox = try awaitReady()
        } catch {
            spawner.signal(number, SIGKILL)
            throw error
        }
    }

    deinit {
        if !hasEnded { spawner.signal(number, SIGKILL) }
        WireFailure.close(socket)
    }

    /// Asks the running call to end.
    ///
    /// It has a quarter of a second before that is logged, three before SIGTERM, five before SIGKILL.
    func cancel() { page.cancel() }

    /// Sends a call without waiting for its answer.
    ///
    /// - Returns: Its number.
    func send(_ call: WorkerCall) throws(WorkerFailure) -> UInt64 {
        lastCall += 1
        let descriptor = call.slot?.descriptor ?? -1
        let error = WireMessage.send(
            socket,
            kind: Int(POSTIL_WIRE_CALL),
            call: lastCall,
            a: UInt64(call.function.capability) << 32 | UInt64(call.function.function),
            b: call.sequence,
            payload: call.payload,
            descriptors: descriptor >= 0 ? [descriptor] : []
        )
        call.slot?.sent()
        awaited.append(call)
        // A worker that is gone has left messages, and a status; receiving finds them.
        if error != 0 && error != -EPIPE && error != -ECONNRESET {
            throw .refused(WireFailure.error(-error))
        }
        return lastCall
    }

    /// Sends what an input source wanted: a descriptor, or why there is none.
    func give(_ descriptor: Int32?, orReason reason: String = "") {
        _ = WireMessage.send(
            socket,
            kind: Int(POSTIL_WIRE_GIVE),
            payload: Array(reason.utf8.prefix(1000)),
            descriptors: descriptor.map { [$0] } ?? []
        )
    }

    /// Waits for what the worker gives next.
    ///
    /// - Parameter patience: How long the plugin may still take; shortened by what it took.
    /// - Returns: The next event.
    /// - Throws: The worker's death.
    func receive(_ patience: inout Duration) throws(WorkerFailure) -> Event {
        while true {
            let message = try nextMessage(&patience)
            switch message.kind {
            case Int(POSTIL_WIRE_LOG):
                host.log.write(level: Int32(truncatingIfNeeded: message.a), message.text)
            case Int(POSTIL_WIRE_OUTPUT):
                return .output(try take(half: message.a, count: message.b))
            case Int(POSTIL_WIRE_ANSWER):
                guard let answer = WorkerAnswer(message.payload) else {
                    throw broken("its answer has a wrong size")
                }
                if !awaited.isEmpty { awaited.removeFirst() }
                let records = message.b == 0 ? [] : try take(half: message.a, count: message.b)
                return .answer(call: message.call, answer.with(records))
            case Int(POSTIL_WIRE_WANT):
                return .want(message.a)
            default:
                throw broken("a message of kind \(message.kind) is not expected here")
            }
        }
    }

    /// Lets the plugin close what is open, and the process end by itself.
    ///
    /// A crash after the goodbye changes nothing any more; it is logged.
    func end(patience: Duration = .seconds(5)) throws(WorkerFailure) {
        guard !hasEnded else { return }
        hasEnded = true
        _ = WireMessage.send(socket, kind: Int(POSTIL_WIRE_END))
        defer { mopUp() }
        var patience = patience
        while true {
            let message = try nextMessage(&patience)
            if message.kind == Int(POSTIL_WIRE_GOODBYE) { return }
            if message.kind == Int(POSTIL_WIRE_LOG) {
                host.log.write(level: Int32(truncatingIfNeeded: message.a), message.text)
            }
        }
    }

    /// Ends the process at once.
    func kill() {
        hasEnded = true
        spawner.signal(number, SIGKILL)
    }

    /// Sees the process off after its goodbye, on a thread where waiting does no harm.
    private func mopUp() {
        let (process, spawner, number, host) = (process, spawner, number, host)
        guard let thread = try? CallThread() else { return spawner.signal(number, SIGKILL) }
        thread.run {
            if !process.waitForEnd(milliseconds: 2000) {
                host.note("did not end after it had said goodbye, and was killed.")
                spawner.signal(number, SIGKILL)
            } else if case .signal(let signal) = process.end, signal != SIGKILL {
                host.note("crashed at its end, when everything was done (signal \(signal)).")
            }
        }
        thread.retire()
    }

    private func awaitReady() throws(WorkerFailure) -> PluginRuntime.Sandbox {
        var patience = host.callLimit
        while true {
            let message = try nextMessage(&patience)
            if message.kind == Int(POSTIL_WIRE_LOG) {
                host.log.write(level: Int32(truncatingIfNeeded: message.a), message.text)
                continue
            }
            guard message.kind == Int(POSTIL_WIRE_READY) else {
                throw broken("it did not begin with READY")
            }
            if message.b != 0 {
                throw .refused(
                    LoadRefusal.error(reason: Int(message.b), message.text, plugin)
                )
            }
            let level = PluginRuntime.Sandbox.Level(wire: message.a)
            return PluginRuntime.Sandbox(level: level, missing: message.text)
        }
    }

    private func nextMessage(_ patience: inout Duration) throws(WorkerFailure) -> WireMessage {
        var isGone = false
        while true {
            switch WireMessage.receive(socket, waits: false) {
            case .one(let message): return message
            case .end: throw .died(death())
            case .garbage: throw broken("it sent what is no message")
            case .nothing where isGone: throw .died(death())
            case .nothing: isGone = try wait(&patience)
            }
        }
    }

    /// Waits a little, reads what was written to standard error, and looks at the clock.
    ///
    /// - Returns: Whether the process is gone; messages of it may be left.
    private func wait(_ patience: inout Duration) throws(WorkerFailure) -> Bool {
        guard patience > .zero else { throw .died(death(.hung(host.callLimit))) }
        if page.isCancelled { try escalate() }
        let slice = min(patience, .milliseconds(100))
        let milliseconds = Int32(max(slice.components.attoseconds / 1_000_000_000_000_000, 1))
        var descriptors = [socket, process.endDescriptor, errors.ours]
        let startedAt = ContinuousClock.now
        let ready = unsafe postil_wire_poll(&descriptors, 3, milliseconds)
        patience -= startedAt.duration(to: .now)
        if ready & 4 != 0 { errors.drain() }
        return ready & 2 != 0
    }

    private func escalate() throws(WorkerFailure) {
        switch escalation.step() {
        case .none: break
        case .note: host.note("has not stopped a quarter of a second after it was cancelled.")
        case .terminate: spawner.signal(number, SIGTERM)
        case .kill: throw .died(death(.cancelled))
        }
    }

    private func take(half: UInt64, count: UInt64) throws(WorkerFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(clamping: min(count, 1 << 20)))
        guard output.copy(half: half, count: count, to: &bytes) else {
            throw broken("it gave \(count) bytes of the half \(half) of its output")
        }
        returned[Int(half)] += 1
        page.giveBack(half: Int(half), count: returned[Int(half)])
        return bytes
    }

    private func broken(_ what: String) -> WorkerFailure {
        .died(death(.protocolBroken(what)))
    }

    /// Ends the process, whatever state it is in, and says why that was.
    private func death(_ cause: WorkerDeath.Cause? = nil) -> WorkerDeath {
        hasEnded = true
        // A process that has closed its connection may be on its way out.
        let isGone = process.waitForEnd(milliseconds: cause == nil ? 500 : 0)
        if !isGone { spawner.signal(number, SIGKILL) }
        let ended = isGone ? process.end : nil
        if !isGone { _ = process.waitForEnd(milliseconds: 5000) }
        errors.drain()
        let wasCancelled = page.isCancelled && ended == .signal(SIGTERM)
        return WorkerDeath(
            cause: wasCancelled
                ? .cancelled : cause ?? ended ?? .protocolBroken("it closed its connection"),
            flight: page.flight.completed(by: awaited.first),
            lastWords: errors.lastLine
        )
    }

    /// - Returns: The worker's number, and the host's end of its connection.
    private static func start(
        _ spec: WorkerSpec,
        _ spawner: Spawner,
        _ page: SharedPage,
        _ output: OutputArea,
        _ errors: StandardError,
        _ process: WorkerProcess
    ) throws(PluginError) -> (UInt64, Int32) {
        let (ours, theirs) = try pair()
        defer {
            Glibc.close(theirs)
            errors.closeOther()
        }
        do throws(PluginError) {
            let number = try spawner.spawn(
                spec.payload,
                descriptors: [theirs, page.descriptor, output.descriptor, errors.other],
                observer: process
            )
            return (number, ours)
        } catch {
            Glibc.close(ours)
            throw error
        }
    }

    private static func pair() throws(PluginError) -> (ours: Int32, theirs: Int32) {
        var pair: (Int32, Int32) = (-1, -1)
        _ = try WireFailure.check(
            unsafe withUnsafeMutablePointer(to: &pair) {
                unsafe $0.withMemoryRebound(to: Int32.self, capacity: 2) {
                    unsafe postil_wire_pair($0)
                }
            }
        )
        return (pair.0, pair.1)
    }
}

/// How far the ending of a call that does not stop has got.
private struct Escalation {
    enum Step { case none, note, terminate, kill }

    private var since: ContinuousClock.Instant?
    private var done = 0

    mutating func step() -> Step {
        let start = since ?? .now
        since = start
        let passed = start.duration(to: .now)
        if passed >= .seconds(5) { return .kill }
        if passed >= .seconds(3), done < 2 {
            done = 2
            return .terminate
        }
        if passed >= .milliseconds(250), done < 1 {
            done = 1
            return .note
        }
        return .none
    }
}
