public import Contracts

/// Proves the functions that a package binds, without a daemon; for `postil plugin check`.
///
/// The functions run in a process of their own.
public enum BindingTrial {
    /// Resolves every bound function of a package and gives it its test vectors.
    ///
    /// - Parameters:
    ///   - folder: Holds `manifest.json`.
    ///   - configuration: Names the runner.
    /// - Throws: Why the folder is refused, `not_loadable` for a function that is not there,
    ///   `answer_invalid` for one that answers a vector otherwise, `crashed`.
    public static func prove(folder: String, configuration: PluginHostConfiguration)
        throws(PluginError)
    {
        let inspector = PackageInspector(hostVersion: SemanticVersion(configuration.hostVersion))
        let package = try inspector.inspect(folder, expected: nil).result.get()
        guard let metric = package.manifest.metrics.first(where: { $0.binding != nil }) else {
            return
        }
        let transport = try transport(configuration, for: metric, of: package)
        let opened = try transport.boundMetric(package, metric)
        defer { opened.close() }
        try opened.open()
    }

    /// What runs bound functions.
    ///
    /// - Throws: `call_failed` when there is no runner.
    static func transport(
        _ configuration: PluginHostConfiguration,
        for metric: PluginMetric,
        of package: PluginPackage
    ) throws(PluginError) -> IsolatedTransport {
        guard let runner = configuration.runner else {
            throw MetricCatalog.noWorker(for: metric, of: package)
        }
        let quarantine = Quarantine()
        return IsolatedTransport(
            runner: runner,
            configuration: configuration,
            quarantine: quarantine,
            health: PluginHealth(quarantine: quarantine)
        )
    }
}
