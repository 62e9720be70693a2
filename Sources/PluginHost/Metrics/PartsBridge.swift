import CPostilPlugin
import Contracts

/// Takes the parts of scores.
///
/// Lives until the call returns. Called on the instance's thread only, from inside the plugin;
/// proof for `@unchecked Sendable`.
@safe final class PartsBridge: @unchecked Sendable {
    private static let maximumParts = 256
    private static let maximumLabelBytes = 256

    let table: UnsafeMutablePointer<postil_metric_parts_t>
    /// The first part that breaks the contract.
    private(set) var failure: PluginError?
    private let metric: PluginMetric
    private var partsByQuestion: [[MetricScore.Part]]

    init(metric: PluginMetric, questions: Int) {
        self.metric = metric
        partsByQuestion = Array(repeating: [], count: questions)
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: postil_metric_parts_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_metric_parts_t>.size)
        unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe table.pointee.report = { context, question, label, score, weight in
            guard let context = unsafe context else { return }
            let bridge = unsafe Unmanaged<PartsBridge>.fromOpaque(context).takeUnretainedValue()
            unsafe bridge.take(question, label, score, weight)
        }
    }

    deinit { unsafe table.deallocate() }

    /// The parts of one question, those with the same label made into one.
    func parts(of question: Int) -> [MetricScore.Part] { partsByQuestion[question] }

    @unsafe private func take(
        _ question: UInt64,
        _ label: postil_bytes_t,
        _ score: Double,
        _ weight: Double
    ) {
        take(
            question,
            unsafe label.count <= Self.maximumLabelBytes ? label.checkedText : nil,
            score,
            weight
        )
    }

    /// Takes one part, from wherever it comes; `label` is nil for one that is no proper text.
    func take(_ question: UInt64, _ label: String?, _ score: Double, _ weight: Double) {
        guard let index = Int(exactly: question), partsByQuestion.indices.contains(index),
            let label, !label.isEmpty, metric.allows(score), weight > 0, weight.isFinite
        else {
            failure =
                failure
                ?? PluginError(
                    .answerInvalid,
                    "A part of a score of `\(metric.name)` breaks the contract: question "
                        + "\(question), label “\(label ?? "not a text")”, score \(score), "
                        + "weight \(weight).",
                    hint: "A part has a label of 1 to 256 bytes of UTF-8, a score in the metric's "
                        + "range and a weight above 0.",
                    function: "metric.score"
                )
            return
        }
        let known = partsByQuestion[index].firstIndex { $0.label == label }
        if let known {
            let old = partsByQuestion[index][known]
            let sum = old.weight + weight
            guard sum.isFinite else { return }
            // A weighted mean of two numbers of the range, kept in it against rounding.
            let mean = old.score + (score - old.score) * (weight / sum)
            partsByQuestion[index][known].score = min(
                max(mean, min(old.score, score)),
                max(old.score, score)
            )
            partsByQuestion[index][known].weight = sum
        } else if partsByQuestion[index].count < Self.maximumParts {
            partsByQuestion[index].append(
                MetricScore.Part(label: label, score: score, weight: weight)
            )
        }
    }
}
