import Contracts

/// Finds a package's metrics by name.
enum MetricCatalog {
    /// - Throws: `capability_missing` when the manifest lists no metric of that name.
    static func metric(_ name: String, of package: PluginPackage) throws(PluginError)
        -> PluginMetric
    {
        let plugin = package.manifest.plugin
        let metrics = package.manifest.metrics
        guard let metric = metrics.first(where: { $0.name.lowercased() == name.lowercased() })
        else {
            throw PluginError(
                .capabilityMissing,
                "\(plugin) has no metric `\(name)`.",
                hint: metrics.isEmpty
                    ? nil : "One of: \(metrics.map(\.name).joined(separator: ", ")).",
                plugin: plugin
            )
        }
        return metric
    }

    /// A wrong signature is undefined behavior, so bound functions never run in this process.
    ///
    /// - Throws: `call_failed` for a metric that is bound to a function.
    static func requireOwnCode(_ metric: PluginMetric, of package: PluginPackage)
        throws(PluginError)
    {
        guard metric.binding == nil else { throw noWorker(for: metric, of: package) }
    }

    static func noWorker(for metric: PluginMetric, of package: PluginPackage) -> PluginError {
        PluginError(
            .callFailed,
            "`\(metric.name)` is bound to a function of another library and runs in a worker only.",
            hint: "This host has no program to run it in; the installation brings one.",
            plugin: package.manifest.plugin
        )
    }
}
