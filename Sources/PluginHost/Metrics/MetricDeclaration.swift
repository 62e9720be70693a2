import CPostilPlugin
import Contracts

/// Compares what a metric's table says with what its manifest says.
enum MetricDeclaration {
    /// - Throws: `answer_invalid` when a function is missing or the two do not say the same.
    static func check(
        _ table: postil_metric_t,
        _ metric: PluginMetric,
        _ plugin: PluginVersion
    ) throws(PluginError) {
        guard unsafe table.open != nil, unsafe table.score != nil, unsafe table.close != nil else {
            throw PluginError(
                .answerInvalid,
                "The metric `\(metric.name)` of \(plugin) lacks one of its functions.",
                hint: "open, score and close are all needed.",
                plugin: plugin
            )
        }
        try check(
            subject: table.subject,
            flags: table.flags,
            minimum: table.minimum,
            maximum: table.maximum,
            metric,
            plugin
        )
    }

    /// - Throws: `answer_invalid` when what the table says is not what the manifest says.
    static func check(
        subject: UInt32,
        flags: UInt32,
        minimum: Double,
        maximum: Double,
        _ metric: PluginMetric,
        _ plugin: PluginVersion
    ) throws(PluginError) {
        let isPair = metric.subject == .pair
        let declared = UInt32(isPair ? POSTIL_METRIC_PAIR : POSTIL_METRIC_ANSWER)
        let differences = [
            subject == declared ? nil : "subject",
            (flags & UInt32(POSTIL_METRIC_SYMMETRIC) != 0) == metric.isSymmetric || !isPair
                ? nil : "symmetric",
            (flags & UInt32(POSTIL_METRIC_LOWER_IS_BETTER) != 0) == (metric.better == .lower)
                ? nil : "better",
            minimum == metric.minimum ?? -.infinity
                && maximum == metric.maximum ?? .infinity ? nil : "range",
        ].compactMap(\.self)
        guard let first = differences.first else { return }
        throw PluginError(
            .answerInvalid,
            "The library of \(plugin) and its manifest say different things about `\(first)` of "
                + "the metric `\(metric.name)`.",
            hint: "Manifest and table of the metric must agree.",
            plugin: plugin
        )
    }

    /// Turns the numbers of a batch into scores; not-a-number says nothing.
    ///
    /// - Throws: `answer_invalid` for a score that the metric must not give.
    static func scores(
        _ numbers: [Double],
        _ parts: PartsBridge,
        _ batch: MetricBatch,
        _ metric: PluginMetric,
        _ plugin: PluginVersion
    ) throws(PluginError) -> [MetricScore] {
        var scores: [MetricScore] = []
        scores.reserveCapacity(numbers.count)
        for (index, number) in numbers.enumerated() {
            guard number.isNaN || metric.allows(number) else {
                let task = batch.roots[batch.questions[index].task].task
                throw outOfRange(number, metric, plugin, task: task)
            }
            scores.append(
                MetricScore(value: number.isNaN ? nil : number, parts: parts.parts(of: index))
            )
        }
        if let failure = parts.failure { throw failure.of(plugin) }
        return scores
    }

    private static func outOfRange(
        _ score: Double,
        _ metric: PluginMetric,
        _ plugin: PluginVersion,
        task: Int64
    ) -> PluginError {
        let minimum = metric.minimum.map { "\($0)" } ?? "any"
        let maximum = metric.maximum.map { "\($0)" } ?? "any"
        return PluginError(
            .answerInvalid,
            "The metric `\(metric.name)` of \(plugin) gave \(score); it declares \(minimum) to "
                + "\(maximum).",
            hint: "Clamp the score, or declare the range that it has.",
            plugin: plugin,
            function: "metric.score",
            task: task
        )
    }
}
