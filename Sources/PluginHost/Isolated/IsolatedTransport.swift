import Contracts
import LabelingConfig
import LabelModel
import ValueTree

/// Runs plugins in processes of their own: one for each run, one for each tag and open metric.
final class IsolatedTransport: PluginTransport {
    private let configuration: PluginHostConfiguration
    private let spawner: Spawner
    private let quarantine: Quarantine
    private let health: PluginHealth

    /// - Parameters:
    ///   - runner: Path of the program.
    ///   - configuration: Limits of processes and calls.
    ///   - quarantine: Versions that are not used.
    ///   - health: How processes have fared.
    init(
        runner: String,
        configuration: PluginHostConfiguration,
        quarantine: Quarantine,
        health: PluginHealth
    ) {
        self.configuration = configuration
        self.quarantine = quarantine
        self.health = health
        spawner = Spawner(program: runner, libraryFolders: configuration.libraryFolders)
    }

    func openExporter(
        _ package: PluginPackage,
        name: String,
        context: [UInt8],
        sink: any ExportSink
    ) async throws(PluginError) -> any ExportRun {
        let workers = try workers(package)
        let export = try IsolatedExport(workers, name: name, context: context, sink: sink)
        let thread = try CallThread()
        let run = IsolatedExportRun(export, on: thread)
        try await thread.perform { () throws(PluginError) in
            try export.open()
        } onCancel: {
            export.cancel()
        }
        return run
    }

    func openImportSource(
        _ package: PluginPackage,
        name: String,
        context: [UInt8],
        inputs: [ImportInput]
    ) async throws(PluginError) -> any ImportRun {
        let workers = try workers(package)
        let source = IsolatedImport(workers, name: name, context: context, inputs: inputs)
        let thread = try CallThread()
        let run = IsolatedImportRun(source, on: thread)
        try await thread.perform { () throws(PluginError) in
            try source.open()
        } onCancel: {
            source.cancel()
        }
        return run
    }

    func openMetric(
        _ package: PluginPackage,
        _ metric: PluginMetric,
        context: [UInt8]
    ) async throws(PluginError) -> any MetricRun {
        let scorer: IsolatedMetric
        if metric.binding == nil {
            let workers = try workers(package)
            let session = LibraryMetricSession(workers, metric, context: context)
            scorer = IsolatedMetric(workers, session)
        } else {
            scorer = try boundMetric(package, metric)
        }
        let thread = try CallThread()
        let run = IsolatedMetricRun(scorer, on: thread)
        try await thread.perform { () throws(PluginError) in
            try scorer.open()
        } onCancel: {
            scorer.cancel()
        }
        return run
    }

    /// A metric that is bound to a function; not open yet.
    func boundMetric(_ package: PluginPackage, _ metric: PluginMetric) throws(PluginError)
        -> IsolatedMetric
    {
        let workers = try workers(package, libraryIsLoaded: false)
        return IsolatedMetric(workers, try BoundMetricSession(workers, metric, of: package))
    }

    func tagBehavior(_ package: PluginPackage, tag: String) -> PluginTagBehavior {
        PluginTagBehavior(plugin: package.manifest.plugin, tag: tag) { () throws(PluginError) in
            try IsolatedTag(self.workers(package), tag: tag, quarantine: self.quarantine)
        }
    }

    /// What makes processes for one run.
    ///
    /// `libraryIsLoaded` is false for functions that are bound by name alone.
    private func workers(_ package: PluginPackage, libraryIsLoaded: Bool = true)
        throws(PluginError) -> WorkerFactory
    {
        let plugin = package.manifest.plugin
        try quarantine.check(plugin)
        guard !libraryIsLoaded || package.library != nil else {
            throw PluginError(.capabilityMissing, "\(plugin) has no library.", plugin: plugin)
        }
        let (health, write) = (health, configuration.log)
        let host = WorkerHost(
            plugin: plugin,
            callLimit: configuration.callLimit,
            log: LogGate(plugin: plugin, write: write),
            write: write
        ) { call, isHabit in
            if !isHabit { health.noteRefusal(of: plugin) }
            write(
                PluginLogLine(
                    level: isHabit ? .debug : .warning,
                    plugin: plugin,
                    message: "The sandbox refused \(plugin): \(call)"
                )
            )
        }
        let spec = WorkerSpec(
            plugin: plugin,
            library: libraryIsLoaded ? package.library?.path ?? "" : "",
            readableFolders: [package.folder] + configuration.libraryFolders,
            hostVersion: configuration.hostVersion,
            memoryBytes: memory(package)
        )
        return WorkerFactory(
            spec: spec,
            spawner: spawner,
            host: host,
            health: health,
            temporaryFolder: configuration.temporaryFolder,
            outputByteLimit: configuration.outputByteLimit
        )
    }

    /// Address space: what the plugin may have, beside what libraries, stacks and the shared
    /// memory take.
    private func memory(_ package: PluginPackage) -> UInt64 {
        let overhead: UInt64 = 1 << 30
        return package.memoryByteLimit(atMost: configuration.memoryByteLimit) + overhead
    }
}
