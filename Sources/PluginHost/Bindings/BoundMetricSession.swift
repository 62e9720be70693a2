import Contracts
import ValueTree

/// A metric that is bound to a C function.
///
/// 1. A fresh process resolves every function that the manifest binds, and each gives what its test
///    vectors say. A plugin of which one function fails does not count as healthy.
/// 2. Values are taken from tasks and answers here; the process gets numbers and texts only.
/// 3. A question of which a value is missing, or is of another kind, has no score.
final class BoundMetricSession: MetricSession {
    private let functions: [BoundFunction]
    private let function: BoundFunction

    /// - Throws: `capability_missing` when the manifest does not bind the metric.
    init(_ workers: WorkerFactory, _ metric: PluginMetric, of package: PluginPackage)
        throws(PluginError)
    {
        var functions: [BoundFunction] = []
        for entry in package.manifest.metrics {
            guard let description = try BindingDescription(of: entry) else { continue }
            functions.append(
                BoundFunction(
                    description: description,
                    number: functions.count,
                    library: description.library ?? package.library?.path ?? "",
                    plugin: workers.plugin,
                    limit: workers.callLimit
                )
            )
        }
        guard let function = functions.first(where: { $0.description.metric.name == metric.name })
        else {
            throw PluginError(
                .capabilityMissing,
                "\(workers.plugin) does not bind `\(metric.name)` to a function.",
                plugin: workers.plugin
            )
        }
        self.functions = functions
        self.function = function
    }

    func begin(_ worker: Worker) throws(WorkerFailure) {
        for function in functions { try function.bind(worker) }
        for function in functions { try function.prove(worker) }
    }

    func scores(_ batch: MetricBatch, _ worker: Worker) throws(WorkerFailure) -> [MetricScore] {
        var asked: [(question: Int, values: [BindingValue], task: Int64)] = []
        do throws(PluginError) {
            let roots = try parsed(batch)
            for (index, question) in batch.questions.enumerated() {
                guard let values = values(of: question, in: roots) else { continue }
                asked.append((index, values, batch.roots[question.task].task))
            }
        } catch {
            throw .refused(error)
        }
        let numbers = try numbers(asked.map { ($0.values, $0.task) }, worker)
        var scores = [Double](repeating: .nan, count: batch.questions.count)
        let isPredicate = function.description.kind == .predicate
        for (entry, number) in zip(asked, numbers) {
            scores[entry.question] = isPredicate && !number.isNaN ? (number == 0 ? 0 : 1) : number
        }
        let metric = function.description.metric
        do throws(PluginError) {
            return try MetricDeclaration.scores(
                scores,
                PartsBridge(metric: metric, questions: scores.count),
                batch,
                metric,
                function.plugin
            )
        } catch {
            throw .refused(error)
        }
    }

    /// One score for each question that has all its values.
    private func numbers(_ asked: [(values: [BindingValue], task: Int64)], _ worker: Worker)
        throws(WorkerFailure) -> [Double]
    {
        guard !asked.isEmpty else { return [] }
        var rows = BindingRows(function.description.arguments)
        switch function.description.calls {
        case .each:
            for entry in asked { rows.append(entry.values, task: entry.task) }
            let width = function.numberCount(columns: 1)
            let numbers = try function.call(rows, numberCount: width * asked.count, worker)
            return asked.indices.flatMap { index in
                function.scores(in: numbers[index * width..<(index + 1) * width], columns: 1)
            }
        case .batch:
            rows.append(
                Self.columns(asked.map(\.values)),
                task: asked.count == 1 ? asked[0].task : 0
            )
            let width = function.numberCount(columns: asked.count)
            let numbers = try function.call(rows, numberCount: width, worker)
            return Array(function.scores(in: numbers[...], columns: asked.count))
        }
    }

    /// Turns one row of numbers for each question into one column for each argument.
    private static func columns(_ rows: [[BindingValue]]) -> [BindingValue] {
        (rows.first ?? []).indices.map { argument in
            .numbers(
                rows.map { row in
                    if case .number(let number) = row[argument] { number } else { .nan }
                }
            )
        }
    }

    private func parsed(_ batch: MetricBatch) throws(PluginError) -> [JSONText] {
        var roots: [JSONText] = []
        for root in batch.roots {
            do {
                roots.append(try JSONText(parsing: Array(batch.bytes[root.text])))
            } catch {
                throw PluginError(
                    .callFailed,
                    "The answers to the task \(root.task) cannot be judged: \(error.message)",
                    plugin: function.plugin,
                    task: root.task,
                    pointer: error.pointer
                )
            }
        }
        return roots
    }

    /// The values of the arguments that each question gives; nil when one is missing.
    private func values(of question: MetricBatch.Question, in roots: [JSONText])
        -> [BindingValue]?
    {
        let description = function.description
        var values: [BindingValue] = []
        for argument in description.arguments {
            guard case .found(let path) = argument.source else { continue }
            let text = path.value(
                task: roots[question.task],
                first: roots[question.first],
                second: question.second.map { roots[$0] }
            )
            // Of a batch's columns each question has one number.
            let type = description.calls == .batch ? .f64 : argument.type
            guard let value = text.flatMap({ BindingValue($0, type) }) else { return nil }
            values.append(value)
        }
        let isColumn = description.calls == .batch
        return isColumn || BindingRows.fits(values, description.arguments) ? values : nil
    }
}
