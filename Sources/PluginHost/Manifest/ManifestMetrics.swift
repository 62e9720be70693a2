import Contracts
import ValueTree

/// The manifest's `metrics`: the static part of the metrics that a plugin's library has.
enum ManifestMetrics {
    static func read(
        _ entries: [JSONText],
        capabilities: [PluginManifest.Capability],
        bindings: [BindingDescription]
    ) throws(PluginError) -> [PluginMetric] {
        let offered = capabilities.filter { $0.kind == .metric }
        var metrics: [PluginMetric] = []
        var taken = Set(bindings.map { $0.metric.name.lowercased() })
        for entry in entries {
            var object = try ManifestObject(entry)
            var metric = try description(&object)
            try object.refuseUnknown()
            guard taken.insert(metric.name.lowercased()).inserted else {
                throw .manifest(
                    "describes the metric `\(metric.name)` twice",
                    at: entry.pointer + "/name"
                )
            }
            guard let capability = offered.first(where: { $0.name == metric.name }) else {
                throw .manifest(
                    "describes the metric `\(metric.name)` and does not offer it",
                    at: entry.pointer + "/name",
                    hint: "Add an entry with the id postil.metric/1 and this name to "
                        + "`capabilities`."
                )
            }
            metric.title = capability.title
            metric.description = capability.description
            metrics.append(metric)
        }
        for capability in offered where !metrics.contains(where: { $0.name == capability.name }) {
            throw .manifest(
                "offers the metric `\(capability.name)` and does not describe it",
                at: "/capabilities",
                hint: "Add an entry to `metrics`."
            )
        }
        return metrics
    }

    /// What metrics of libraries and bound functions are alike described by.
    static func description(_ object: inout ManifestObject) throws(PluginError) -> PluginMetric {
        let name = try object.requiredString("name")
        guard PluginNames.isCapabilityName(name) else {
            throw .manifest(
                "has `\(name)` as the name of a metric",
                at: object.text.pointer + "/name",
                hint: "Letters, digits and _ - . without blanks; at most 64 bytes."
            )
        }
        let (minimum, maximum) = try range(&object)
        return PluginMetric(
            name: name,
            title: name,
            subject: try object.word("subject", PluginMetric.Subject.self) ?? .pair,
            isSymmetric: try object.bool("symmetric") ?? false,
            minimum: minimum,
            maximum: maximum,
            better: try object.word("better", PluginMetric.Better.self) ?? .higher,
            resultTypes: try object.strings("resultTypes")
        )
    }

    /// `[least, largest]`, null for no bound; `[0, 1]` when it is left out.
    private static func range(_ object: inout ManifestObject) throws(PluginError)
        -> (Double?, Double?)
    {
        guard let value = object.value("range") else { return (0, 1) }
        let bounds = Array(value.elements)
        let isSound = bounds.count == 2 && bounds.allSatisfy { $0.isNull || $0.double != nil }
        let (least, largest) = (bounds.first?.double, bounds.last?.double)
        guard isSound, least ?? -.infinity <= largest ?? .infinity else {
            throw .manifest(
                "has \(value.rawText) as `range`",
                at: value.pointer,
                hint: "Two numbers, the smaller one first; null where there is no bound."
            )
        }
        return (least, largest)
    }
}
