import Contracts
public import LabelModel
import LabelingConfig

extension Agreement {
    /// The metrics that a project may use and those that it may not, with the reason.
    public func metrics(of project: ProjectID) async throws(ServiceError) -> [MetricReport] {
        try await plugins.switches(of: project).metrics()
    }

    /// The metrics of these names; without names, those that are enabled and have something to
    /// judge in answers under the project's labeling config.
    func metrics(
        _ names: [String],
        _ setup: ProjectSetup
    ) async throws(ServiceError) -> [MetricReport] {
        let all = try await plugins.switches(of: setup.project.id).metrics()
        var chosen: [MetricReport] = []
        for name in names {
            chosen.append(try Self.usable(name, all))
        }
        if names.isEmpty {
            chosen = all.filter { $0.isEnabled && Self.fits($0.metric, setup.config) }
        }
        var checked: [MetricReport] = []
        for metric in chosen { checked.append(try await withDefaults(metric)) }
        return checked
    }

    private static func usable(
        _ name: String,
        _ all: [MetricReport]
    ) throws(ServiceError) -> MetricReport {
        let matches = all.filter { $0.metric.name.lowercased() == name.lowercased() }
        guard let metric = matches.first(where: \.isEnabled) ?? matches.first else {
            throw ServiceError(
                .invalid,
                "metric_unknown",
                "No installed plugin has a metric \"\(name)\".",
                hint: "The project's metrics list what there is.",
                field: "metric"
            )
        }
        guard metric.isEnabled else {
            var refusal = ServiceError(
                .invalid,
                "metric_not_enabled",
                "This project does not use the metric \(name). \(metric.reason?.detail ?? "")",
                hint: metric.reason?.hint,
                field: "metric"
            )
            refusal.plugin = metric.plugin
            throw refusal
        }
        return metric
    }

    /// The metric with the defaults of its settings filled in.
    private func withDefaults(_ metric: MetricReport) async throws(ServiceError) -> MetricReport {
        do {
            let settings = try await environment.catalog.checkedSettings(
                metric.settings,
                of: metric.plugin,
                kind: .metric,
                name: metric.metric.name
            )
            return MetricReport(
                metric: metric.metric,
                plugin: metric.plugin,
                settings: settings,
                isEnabled: metric.isEnabled,
                reason: metric.reason
            )
        } catch {
            throw ServiceError(error)
        }
    }

    /// Whether a control of the config collects results that the metric judges.
    private static func fits(_ metric: PluginMetric, _ config: LabelingConfig) -> Bool {
        guard !metric.resultTypes.isEmpty else { return true }
        let judged = Set(metric.resultTypes.map { $0.lowercased() })
        return config.controls.contains { control in
            let definition = control.entry?.definition
            let types = definition?.resultTypes.map(\.type) ?? []
            return ([control.type] + types + [definition?.standIn].compactMap(\.self))
                .contains { judged.contains($0.lowercased()) }
        }
    }
}

extension ProjectPlugins {
    /// The metrics of all plugins, in the order of the plugins' ids.
    func metrics() -> [MetricReport] {
        entries.flatMap { entry in
            (entry.installed.manifest?.metrics ?? []).map { metric in
                MetricReport(
                    metric: metric,
                    plugin: entry.plugin,
                    settings: PluginSettings.of(metric.name, in: entry.enablement),
                    isEnabled: entry.isEffective,
                    reason: entry.reason
                )
            }
        }
    }
}
