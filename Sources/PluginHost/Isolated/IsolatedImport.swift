import CPluginWire
import CPostilPlugin
import Contracts
import Glibc
import LabelModel
import Synchronization
import ValueTree

/// An import through a plugin in a process of its own, which may lose that process once.
///
/// A fresh process begins at the beginning; as many tasks as were given before are dropped. A
/// source that dies a second time at one place has failed: no task of it can be left out, since
/// nobody knows what it would have been.
///
/// Used by one thread at a time, ``cancel()`` apart; proof for `@unchecked Sendable`.
final class IsolatedImport: @unchecked Sendable {
    private enum State {
        case open(Worker)
        case ended
    }

    private static let rootCapacity = 512
    private static let arenaBytes = Int(POSTIL_ARENA_BYTES_MAX) + 4096

    private let workers: WorkerFactory
    private let name: String
    private let context: [UInt8]
    private let inputs: [ImportInput]
    private var state = State.ended
    /// Tasks that the caller has got.
    private var given = 0
    /// Tasks that the present process has yet to give again.
    private var toDrop = 0
    private var isAtEnd = false
    private let current = Mutex<(worker: Worker?, isCancelled: Bool)>((nil, false))

    init(_ workers: WorkerFactory, name: String, context: [UInt8], inputs: [ImportInput]) {
        self.workers = workers
        self.name = name
        self.context = context
        self.inputs = inputs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    func open() throws(PluginError) {
        state = .open(
            try twice { () throws(WorkerFailure) in
                try self.begin()
            }
        )
    }

    func next() throws(PluginError) -> ImportTurn {
        guard !isAtEnd, case .open(let worker) = state else { return .end }
        state = .ended
        var present: Worker? = worker
        let (turn, last) = try twice { () throws(WorkerFailure) -> (ImportTurn, Worker) in
            let worker: Worker
            if let known = present {
                worker = known
                present = nil
            } else {
                worker = try self.begin()
            }
            return (try self.turn(worker), worker)
        }
        state = .open(last)
        if case .tasks(let tasks) = turn { given += tasks.count }
        return turn
    }

    func close() {
        guard case .open(let worker) = state else { return }
        state = .ended
        do throws(WorkerFailure) {
            try worker.end()
        } catch {
            if case .died(let death) = error { workers.report(death) }
            worker.kill()
        }
    }

    /// Asks the plugin to stop.
    func cancel() {
        current.withLock {
            $0.isCancelled = true
            $0.worker?.cancel()
        }
    }

    /// Runs `body`; once more when the plugin's process dies.
    private func twice<Answer>(_ body: () throws(WorkerFailure) -> Answer)
        throws(PluginError) -> Answer
    {
        var isSecond = false
        while true {
            do throws(WorkerFailure) {
                let answer = try body()
                return answer
            } catch {
                switch error {
                case .refused(let error):
                    current.withLock { $0.worker?.kill() }
                    throw workers.fail(error)
                case .died(let death):
                    let isCancelled = current.withLock { $0.isCancelled }
                    if isSecond || !death.isCrash || isCancelled { throw workers.fail(death) }
                    workers.report(death)
                    isSecond = true
                }
            }
        }
    }

    private func begin() throws(WorkerFailure) -> Worker {
        let worker = try workers.make()
        let isCancelled = current.withLock { current in
            current.worker = worker
            return current.isCancelled
        }
        if isCancelled { worker.cancel() }
        toDrop = given
        let answer = try self.answer(of: worker, to: try opening())
        do throws(PluginError) {
            try answer.0.check(.openSource, named: name, of: workers.plugin)
        } catch {
            throw .refused(error)
        }
        return worker
    }

    /// OPEN: the context and the table of inputs.
    private func opening() throws(WorkerFailure) -> WorkerCall {
        let tree: ValueTree
        do {
            tree = try ValueTree(json: context)
        } catch {
            throw .refused(
                PluginError(
                    .callFailed,
                    "The context of the import is not JSON: \(error.message)",
                    plugin: workers.plugin
                )
            )
        }
        var call = WorkerCall(function: .openSource, name: name)
        do throws(PluginError) {
            try call.fill([SlotPart(tree), SlotPart(bytes: inputTable())])
        } catch {
            throw .refused(error)
        }
        return call
    }

    private func inputTable() -> [UInt8] {
        var table = unsafe withUnsafeBytes(of: UInt64(inputs.count)) { unsafe Array($0) }
        for input in inputs {
            let count = UInt64(max(input.byteCount, 0))
            table += unsafe withUnsafeBytes(of: count) { unsafe Array($0) }
            table += Array(input.name.utf8) + [0] + Array(input.reference.utf8) + [0]
        }
        return table
    }

    /// Asks for tasks until there are some that the caller has not got.
    private func turn(_ worker: Worker) throws(WorkerFailure) -> ImportTurn {
        while true {
            let (answer, arena) = try answer(of: worker, to: WorkerCall(function: .next))
            var tasks = try tasks(answer, arena)
            let dropped = min(toDrop, tasks.count)
            tasks.removeFirst(dropped)
            toDrop -= dropped
            if answer.status == Int32(POSTIL_END) { isAtEnd = true }
            if dropped > 0, tasks.isEmpty, !isAtEnd { continue }
            return tasks.isEmpty && answer.status == Int32(POSTIL_AGAIN) ? .again : .tasks(tasks)
        }
    }

    private func tasks(_ answer: WorkerAnswer, _ arena: [UInt8]) throws(WorkerFailure) -> [RawJSON]
    {
        let plugin = workers.plugin
        do throws(PluginError) {
            let statuses = [Int32(POSTIL_MORE), Int32(POSTIL_END), Int32(POSTIL_AGAIN)]
            try answer.check(.next, named: name, of: plugin, accepted: statuses)
            let tasks = try PluginAnswer.roots(
                of: arena,
                capacity: Self.rootCapacity,
                "import_source.next",
                plugin
            )
            try ImportedTasks.check(tasks, plugin)
            return tasks
        } catch {
            throw .refused(error)
        }
    }

    /// Makes a call and gathers the arena that it builds; opens inputs in between.
    private func answer(of worker: Worker, to call: WorkerCall)
        throws(WorkerFailure) -> (WorkerAnswer, [UInt8])
    {
        _ = try worker.send(call)
        var gathered = ArenaPieces(limit: Self.arenaBytes, plugin: workers.plugin)
        var patience = workers.callLimit
        while true {
            switch try worker.receive(&patience) {
            case .want(let index): give(index, to: worker)
            case .output(let records): try gathered.add(records)
            case .answer(_, let answer):
                try gathered.add(answer.records)
                return (answer, gathered.bytes)
            }
        }
    }

    private func give(_ index: UInt64, to worker: Worker) {
        guard let index = Int(exactly: index), inputs.indices.contains(index) else {
            return worker.give(nil, orReason: "There is no input of that number.")
        }
        do throws(ReadableFile.Failure) {
            let file = try ReadableFile(path: inputs[index].path)
            worker.give(file.descriptor)
        } catch {
            let name = inputs[index].name
            worker.give(nil, orReason: "The input `\(name)` cannot be read: \(error.inWords).")
        }
    }
}
