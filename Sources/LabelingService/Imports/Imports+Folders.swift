import Contracts
public import LabelModel
import ValueTree

extension Imports {
    /// Walks a folder below a media root and lets an import source make tasks of what lies there.
    ///
    /// The files stay where they are.
    ///
    /// - `path`: Absolute, or relative to one of the media roots.
    /// - `source`: Name of an import source that is enabled in the project.
    /// - `settings`: Text of a JSON object for this import; nil for the project's.
    public func importFolder(
        _ path: String,
        with source: String,
        settings: [UInt8]? = nil,
        into project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> ImportAnswer {
        let setup = try await setups.setup(of: project)
        let capability = try await importSource(source, in: project)
        let (folder, root) = try media.folder(path)
        let below = folder == root ? "" : folder.dropFirst(root.count + 1) + "/"
        let inputs = try FolderWalk(environment.limits).files(in: folder).map { file in
            ImportInput(
                name: file.name,
                byteCount: file.byteCount,
                path: file.path,
                reference: "/data/local-files/?d="
                    + SafeName.percentEncoded(path: below + file.name)
            )
        }
        return try await run(capability, settings, over: inputs, setup, by: user)
    }

    /// Begins the upload of a folder; its files are stored and then read by an import source.
    ///
    /// - `settings`: Text of a JSON object for this import; nil for the project's.
    public func beginFolder(
        into project: ProjectID,
        with source: String = "local-folder",
        settings: [UInt8]? = nil,
        by user: User
    ) async throws(ServiceError) -> FolderUpload {
        // Refused before the first file comes, not behind the last one.
        _ = try await checkedSettings(settings, of: try await importSource(source, in: project))
        return FolderUpload(self, project: project, source: source, settings: settings, user: user)
    }

    /// Lets an import source make tasks of inputs, and stores all of them or none.
    func run(
        _ source: CapabilityReport,
        _ sent: [UInt8]?,
        over inputs: [ImportInput],
        _ setup: ProjectSetup,
        by user: User
    ) async throws(ServiceError) -> ImportAnswer {
        let settings = try await checkedSettings(sent, of: source)
        let context = PluginContext.json(
            of: setup,
            settings: settings,
            createdAt: environment.clock.now()
        )
        return try await run(setup, ImportOptions(), user) { tasks async throws(ServiceError) in
            tasks.beginFile(format: source.capability.name, couldBeTasksList: false)
            let opened: any ImportRun
            do throws(PluginError) {
                opened = try await environment.catalog.openImportSource(
                    source.plugin,
                    name: source.capability.name,
                    context: context,
                    inputs: inputs
                )
            } catch {
                throw ServiceError(error)
            }
            do throws(ServiceError) {
                try await Self.read(opened, into: &tasks)
            } catch {
                await opened.close()
                throw error
            }
            await opened.close()
            try tasks.endFile()
        }
    }

    private func checkedSettings(
        _ sent: [UInt8]?,
        of source: CapabilityReport
    ) async throws(ServiceError) -> RawJSON {
        var settings = source.settings
        if let sent { settings = RawJSON(checked: try JSONText.parse(sent).rawBytes) }
        return try await PluginSettings.checked(
            settings,
            of: source.capability,
            source.plugin,
            environment.catalog,
            at: "/settings"
        )
    }

    func importSource(
        _ name: String,
        in project: ProjectID
    ) async throws(ServiceError) -> CapabilityReport {
        guard
            let report = try await plugins.switches(of: project).capability(
                .importSource,
                named: name
            )
        else {
            throw ServiceError(
                .invalid,
                "import_source_unknown",
                "No installed plugin has an import source \"\(name)\"."
            )
        }
        guard report.isEnabled else {
            var refusal = ServiceError(
                .invalid,
                "import_source_not_enabled",
                "The import source \(name) cannot be used here. \(report.reason?.detail ?? "")",
                hint: report.reason?.hint
            )
            refusal.plugin = report.plugin
            throw refusal
        }
        return report
    }

    private static func read(
        _ source: any ImportRun,
        into tasks: inout TaskImport
    ) async throws(ServiceError) {
        var index = 0
        while true {
            let batch: [RawJSON]?
            do {
                batch = try await source.next()
            } catch {
                throw ServiceError(error)
            }
            guard let batch else { return }
            for task in batch {
                let parsed = try JSONText.parse(task.bytes)
                tasks.take(lossesOf: parsed)
                try await tasks.take(
                    parsed,
                    byteCount: task.bytes.count,
                    at: "/\(index)",
                    file: nil
                )
                index += 1
            }
        }
    }
}
