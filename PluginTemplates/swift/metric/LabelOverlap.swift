// label-overlap: the labels that two answers share, among those that either has.
//
// A metric is a pure function of its settings and of what it is asked about: nothing is kept between
// two questions.
import PostilPluginKit

struct Overlap: Metric {
    static let declaration = MetricDeclaration.pair(0...1, isSymmetric: true)

    /// The names of members that are looked for, as numbers.
    private let result, type, value: Key

    init(_ opening: MetricOpening) throws(Failure) {
        let keys = opening.keys
        (result, type, value) = (keys.key("result"), keys.key("type"), keys.key("value"))
    }

    func score(_ question: MetricQuestion) throws(Failure) -> Double? {
        let (first, second) = (labels(question.first), labels(question.second))
        let (all, shared) = (first.union(second), first.intersection(second))
        for label in all { question.report(label, score: shared.contains(label) ? 1 : 0) }
        // Nothing was said by either: there is nothing to agree about.
        return all.isEmpty ? nil : Double(shared.count) / Double(all.count)
    }

    /// The labels of all results: the texts in `value.<type>`.
    ///
    /// What is malformed is left out.
    private func labels(_ answer: Value) -> Set<String> {
        var labels: Set<String> = []
        for result in answer[result].elements {
            let texts = result[value][result[type].string ?? ""].elements
            labels.formUnion(texts.compactMap(\.string).filter { !$0.isEmpty })
        }
        return labels
    }
}

/// The same as in manifest.json; the host compares.
let plugin = Plugin(
    id: "org.example.label-overlap",
    version: "0.1.0",
    offers: [.metric("label-overlap", Overlap.self)]
)

/// The one symbol of this library.
@c(postil_plugin_entry_v1)
public func entry(_ host: UnsafeRawPointer?) -> UnsafeRawPointer? { plugin.entry(host) }
