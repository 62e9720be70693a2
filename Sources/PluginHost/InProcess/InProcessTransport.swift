import Contracts
import LabelingConfig
import Synchronization

/// Runs plugins inside this process, each instance on a thread of its own.
final class InProcessTransport: PluginTransport {
    private let configuration: PluginHostConfiguration
    private let quarantine: Quarantine
    private let loaded = Mutex<[PluginPackage.Library: LoadedPlugin]>([:])

    init(configuration: PluginHostConfiguration, quarantine: Quarantine) {
        self.configuration = configuration
        self.quarantine = quarantine
    }

    func openExporter(
        _ package: PluginPackage,
        name: String,
        context: [UInt8],
        sink: any ExportSink
    ) async throws(PluginError) -> any ExportRun {
        let calls = try calls(package)
        let sinks = SinkBridge(
            plugin: calls.plugin,
            sink: sink,
            byteLimit: configuration.outputByteLimit,
            isGivenUp: { [weak calls] in calls?.isGivenUp ?? true }
        )
        let exporter = try await calls.call("exporter.open") { (clock) throws(PluginError) in
            try ExporterInstance(
                self.load(package, clock),
                name: name,
                context: context,
                sinks: sinks,
                clock: clock
            )
        }
        return InProcessExportRun(calls: calls, exporter: exporter)
    }

    func openImportSource(
        _ package: PluginPackage,
        name: String,
        context: [UInt8],
        inputs: [ImportInput]
    ) async throws(PluginError) -> any ImportRun {
        let calls = try calls(package)
        let bridge = InputBridge(inputs)
        let source = try await calls.call("import_source.open") { (clock) throws(PluginError) in
            try ImportSourceInstance(
                self.load(package, clock),
                name: name,
                context: context,
                inputs: bridge,
                clock: clock
            )
        }
        return InProcessImportRun(calls: calls, source: source)
    }

    func openMetric(
        _ package: PluginPackage,
        _ metric: PluginMetric,
        context: [UInt8]
    ) async throws(PluginError) -> any MetricRun {
        try MetricCatalog.requireOwnCode(metric, of: package)
        let calls = try calls(package)
        let instance = try await calls.call("metric.open") { (clock) throws(PluginError) in
            try MetricInstance(
                self.load(package, clock),
                metric: metric,
                context: context,
                clock: clock
            )
        }
        return InProcessMetricRun(calls: calls, instance: instance)
    }

    func tagBehavior(_ package: PluginPackage, tag: String) -> PluginTagBehavior {
        PluginTagBehavior(plugin: package.manifest.plugin, tag: tag) { () throws(PluginError) in
            let calls = try self.calls(package)
            let functions = try await calls.call("tag.open") { (clock) throws(PluginError) in
                try TagFunctions(self.load(package, clock), tag: tag)
            }
            return InProcessTag(calls: calls, functions: functions)
        }
    }

    private func calls(_ package: PluginPackage) throws(PluginError) -> PluginCalls {
        let plugin = package.manifest.plugin
        try quarantine.check(plugin)
        return try PluginCalls(
            plugin: plugin,
            limit: configuration.callLimit,
            quarantine: quarantine
        )
    }

    /// The plugin's library, loaded on the calling thread when it is not yet in this process.
    ///
    /// Two threads may load it at once; the system then gives both the same image, and one of the
    /// two objects is kept.
    private func load(_ package: PluginPackage, _ clock: CallClock) throws(PluginError)
        -> LoadedPlugin
    {
        if let library = package.library, let known = loaded.withLock({ $0[library] }) {
            return known
        }
        let result = clock.inPlugin { () -> Result<LoadedPlugin, PluginError> in
            do throws(PluginError) {
                return .success(try LoadedPlugin.load(package, configuration: configuration))
            } catch {
                return .failure(error)
            }
        }
        let plugin = try result.get()
        if let library = package.library { loaded.withLock { $0[library] = plugin } }
        return plugin
    }
}
