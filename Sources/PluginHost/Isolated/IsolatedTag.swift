import CPluginWire
import CPostilPlugin
import Contracts
import LabelModel
import ValueTree

/// A tag whose functions run in a process of their own.
///
/// The functions are pure, so a process that dies is replaced and the question asked once more.
final class IsolatedTag: OpenTag {
    private let thread: CallThread
    private let worker: TagWorker

    init(_ workers: WorkerFactory, tag: String, quarantine: Quarantine) throws(PluginError) {
        thread = try CallThread()
        worker = TagWorker(workers, tag: tag, quarantine: quarantine)
    }

    deinit { thread.retire() }

    func configFindings(_ questions: [TagQuestion]) async throws(PluginError) -> [[TagFinding]] {
        try await ask(.validateConfig, questions).map(\.findings)
    }

    func resultFindings(_ questions: [TagQuestion]) async throws(PluginError) -> [[TagFinding]] {
        try await ask(.validateResult, questions).map(\.findings)
    }

    func normalized(_ questions: [TagQuestion]) async throws(PluginError) -> [RawJSON?] {
        var answers: [RawJSON?] = []
        for reply in try await ask(.normalize, questions) {
            let root = reply.root
            answers.append(
                try worker.judged { () throws(PluginError) in
                    try TagAnswer.normalized(root, worker.plugin)
                }
            )
        }
        return answers
    }

    func measures(_ questions: [TagQuestion]) async throws(PluginError) -> [[String: Double]] {
        var answers: [[String: Double]] = []
        for reply in try await ask(.measures, questions) {
            let root = reply.root
            answers.append(
                try worker.judged { () throws(PluginError) in
                    try TagAnswer.measures(root, worker.plugin)
                }
            )
        }
        return answers
    }

    private func ask(_ function: WorkerFunction, _ questions: [TagQuestion])
        async throws(PluginError) -> [TagWorker.Reply]
    {
        let worker = worker
        return try await thread.perform { () throws(PluginError) in
            var replies: [TagWorker.Reply] = []
            for question in questions { replies.append(try worker.ask(function, question)) }
            return replies
        }
    }
}

/// The process behind a tag; started when it is first asked.
///
/// Used on the tag's thread only; proof for `@unchecked Sendable`.
final class TagWorker: @unchecked Sendable {
    /// What one question gave.
    struct Reply: Sendable {
        var findings: [TagFinding]
        var root: RawJSON?
    }

    private static let arenaBytes = 256 << 20

    private let workers: WorkerFactory
    private let tag: String
    private let quarantine: Quarantine
    private var worker: Worker?
    private var slot: InputSlot?

    var plugin: PluginVersion { workers.plugin }

    init(_ workers: WorkerFactory, tag: String, quarantine: Quarantine) {
        self.workers = workers
        self.tag = tag
        self.quarantine = quarantine
    }

    func ask(_ function: WorkerFunction, _ question: TagQuestion) throws(PluginError) -> Reply {
        try quarantine.check(plugin)
        let parts = [
            SlotPart(try tree(question.element)),
            try question.data.map { (json) throws(PluginError) in SlotPart(try tree(json)) }
                ?? SlotPart(bytes: []),
            try question.result.map { (json) throws(PluginError) in SlotPart(try tree(json)) }
                ?? SlotPart(bytes: []),
        ]
        var isSecond = false
        while true {
            do throws(WorkerFailure) {
                let reply = try reply(function, parts)
                return reply
            } catch {
                worker = nil
                switch error {
                case .refused(let error): throw workers.fail(error)
                case .died(let death):
                    if isSecond || !death.isCrash { throw workers.fail(death) }
                    workers.report(death)
                    isSecond = true
                }
            }
        }
    }

    /// Runs a check of an answer; who fails it is not used again.
    func judged<Answer>(_ check: () throws(PluginError) -> Answer) throws(PluginError) -> Answer {
        do throws(PluginError) {
            return try check()
        } catch {
            throw workers.fail(error)
        }
    }

    private func reply(_ function: WorkerFunction, _ parts: [SlotPart])
        throws(WorkerFailure) -> Reply
    {
        let worker = try running()
        var call = WorkerCall(function: function, name: tag)
        do throws(PluginError) {
            try call.fill(parts, reusing: slot)
        } catch {
            throw .refused(error)
        }
        slot = call.slot
        _ = try worker.send(call)
        var pieces = ArenaPieces(limit: Self.arenaBytes, plugin: plugin)
        var patience = workers.callLimit
        while true {
            switch try worker.receive(&patience) {
            case .want:
                throw .refused(
                    PluginError(.answerInvalid, "\(plugin): a tag has no inputs.", plugin: plugin)
                )
            case .output(let records): try pieces.add(records)
            case .answer(_, let answer):
                try pieces.add(answer.records)
                return try reply(answer, pieces, function)
            }
        }
    }

    private func reply(_ answer: WorkerAnswer, _ pieces: ArenaPieces, _ function: WorkerFunction)
        throws(WorkerFailure) -> Reply
    {
        do throws(PluginError) {
            try answer.check(function, named: tag, of: plugin)
            let roots = try PluginAnswer.roots(
                of: pieces.bytes,
                capacity: 1,
                function.description,
                plugin
            )
            return Reply(findings: pieces.findings, root: roots.first)
        } catch {
            throw .refused(error)
        }
    }

    private func running() throws(WorkerFailure) -> Worker {
        if let worker { return worker }
        slot = nil
        let started = try workers.make()
        worker = started
        return started
    }

    private func tree(_ json: [UInt8]) throws(PluginError) -> ValueTree {
        do {
            return try ValueTree(json: json)
        } catch {
            throw PluginError(
                .callFailed,
                "What \(tag) is asked about is not JSON: \(error.message)",
                plugin: plugin
            )
        }
    }
}
