import Contracts
import LabelingConfig

/// How the host reaches a plugin's code.
///
/// Everything above it looks the same whether the plugin runs inside this process or in a worker of
/// its own.
///
/// What it opens belongs to the caller and follows the steps of the contract it implements.
protocol PluginTransport: Sendable {
    func openExporter(
        _ package: PluginPackage,
        name: String,
        context: [UInt8],
        sink: any ExportSink
    ) async throws(PluginError) -> any ExportRun

    func openImportSource(
        _ package: PluginPackage,
        name: String,
        context: [UInt8],
        inputs: [ImportInput]
    ) async throws(PluginError) -> any ImportRun

    /// Opens a metric that the package's manifest lists.
    func openMetric(
        _ package: PluginPackage,
        _ metric: PluginMetric,
        context: [UInt8]
    ) async throws(PluginError) -> any MetricRun

    /// The behavior of a tag.
    ///
    /// Loads nothing before it is asked for the first time.
    func tagBehavior(_ package: PluginPackage, tag: String) -> PluginTagBehavior
}
