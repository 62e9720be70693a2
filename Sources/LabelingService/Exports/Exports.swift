import Contracts
public import LabelModel
import LabelingConfig
import ValueTree

/// Lets exporters make files of what people labeled.
///
/// The way of the data: store cursor → batches → exporter → sink → chunks of the answer. Each part
/// waits for the next one, so memory does not grow with the project.
public struct Exports: Sendable {
    let environment: ServiceEnvironment
    let setups: ProjectSetups
    let plugins: Plugins
    private let reports = ExportReports()

    /// Chunks that may lie unread; with the sink's own this bounds the memory of one export.
    private static let chunksAhead = 8

    init(_ environment: ServiceEnvironment, setups: ProjectSetups, plugins: Plugins) {
        self.environment = environment
        self.setups = setups
        self.plugins = plugins
    }

    /// The formats of all installed exporters: first those that can be used for the project's
    /// labeling config, then the others with the reason.
    public func formats(of project: ProjectID) async throws(ServiceError) -> [ExportFormat] {
        let config = try await setups.setup(of: project).config
        let formats = try await plugins.switches(of: project).capabilities(.exporter).map {
            report in
            let reason = report.reason ?? ConfigFit(config).misfit(report.capability.needs)
            return ExportFormat(
                name: report.capability.name,
                title: report.capability.title,
                description: report.capability.description,
                mediaType: Self.mediaType(of: report.capability),
                fileExtension: report.capability.fileExtension ?? "zip",
                plugin: report.plugin,
                isDisabled: reason != nil,
                reason: reason
            )
        }
        return formats.filter { !$0.isDisabled } + formats.filter(\.isDisabled)
    }

    /// Begins an export.
    ///
    /// Returns when the first bytes are there, so that an exporter that fails early is a refusal
    /// and not a broken file.
    ///
    /// - Throws: ``ServiceError`` `exporter_unknown`; `exporter_not_enabled` with the reason;
    ///   `settings_invalid` with a JSON pointer.
    public func export(
        _ request: ExportRequest,
        by user: User
    ) async throws(ServiceError) -> ExportResult {
        let setup = try await setups.setup(of: request.project)
        let selection = TaskSelection(
            project: request.project,
            onlyAnnotated: !request.includesUnannotated,
            ids: request.ids
        )
        let cursor = try await stored(await environment.storage.tasks.records(selection))
        let source = ExportSource(environment, setup: setup, cursor: cursor)
        return try await export(source, request, setup)
    }

    /// Begins an export of the tasks that a cursor walks through.
    func export(
        _ cursor: any TaskRecordCursor,
        of project: ProjectID,
        to format: String
    ) async throws(ServiceError) -> ExportResult {
        let setup = try await setups.setup(of: project)
        let source = ExportSource(environment, setup: setup, cursor: cursor)
        return try await export(source, of: project, to: format)
    }

    /// Begins an export of tasks that come in batches.
    func export(
        _ source: any BatchSource,
        of project: ProjectID,
        to format: String
    ) async throws(ServiceError) -> ExportResult {
        let request = ExportRequest(project: project, format: format)
        return try await export(source, request, setups.setup(of: project))
    }

    /// Refuses a format that the project cannot be exported to.
    func requireExporter(_ format: String, in project: ProjectID) async throws(ServiceError) {
        _ = try await exporter(format, in: project)
    }

    private func export(
        _ source: any BatchSource,
        _ request: ExportRequest,
        _ setup: ProjectSetup
    ) async throws(ServiceError) -> ExportResult {
        let exporter = try await exporter(request.format, in: request.project)
        let settings = try await settings(of: request, exporter)
        let createdAt = environment.clock.now()
        let channel = ChunkChannel(capacity: Self.chunksAhead)
        let report = ExportReport(
            id: Secrets.hexadecimal(byteCount: 16),
            project: request.project,
            format: request.format,
            createdAt: createdAt
        )
        let job = ExportJob(
            source: source,
            channel: channel,
            isArchive: exporter.capability.fileExtension == nil,
            createdAt: createdAt,
            media: ExportMedia(environment, setups: setups, of: request.project),
            onEnd: { [reports] in reports.keep(report.ended($0)) }
        )
        try await job.open(
            exporter,
            context: PluginContext.json(of: setup, settings: settings, createdAt: createdAt),
            environment.catalog
        )
        reports.keep(report)
        let chunks = ExportChunks(channel)
        Task { await job.run() }
        await channel.waitForChunk()
        if let failure = channel.earlyFailure { throw failure }
        let fileExtension = exporter.capability.fileExtension ?? "zip"
        return ExportResult(
            fileName: Self.fileName(request.project, createdAt, fileExtension),
            fileExtension: fileExtension,
            mediaType: Self.mediaType(of: exporter.capability),
            report: report.id,
            chunks: chunks
        )
    }

    /// How one of the latest exports went.
    ///
    /// - Throws: ``ServiceError`` `not_found` when it is none of the project's, or long ago.
    public func report(
        _ id: String,
        of project: ProjectID
    ) throws(ServiceError) -> ExportReport {
        guard let report = reports.report(id), report.project == project else {
            throw .notFound("Export report \(id)")
        }
        return report
    }

    // MARK: Parts

    private func exporter(
        _ name: String,
        in project: ProjectID
    ) async throws(ServiceError) -> CapabilityReport {
        guard
            let report = try await plugins.switches(of: project).capability(.exporter, named: name)
        else {
            throw ServiceError(
                .invalid,
                "exporter_unknown",
                "No installed plugin exports to \"\(name)\".",
                hint: "The project's export formats list what there is.",
                field: "exportType"
            )
        }
        guard report.isEnabled else {
            var refusal = ServiceError(
                .invalid,
                "exporter_not_enabled",
                "This project cannot export to \(name). \(report.reason?.detail ?? "")",
                hint: report.reason?.hint,
                field: "exportType"
            )
            refusal.plugin = report.plugin
            throw refusal
        }
        return report
    }

    private func settings(
        of request: ExportRequest,
        _ exporter: CapabilityReport
    ) async throws(ServiceError) -> RawJSON {
        var settings = exporter.settings
        if let sent = request.settings {
            settings = RawJSON(checked: try JSONText.parse(sent).rawBytes)
        }
        return try await PluginSettings.checked(
            settings,
            of: exporter.capability,
            exporter.plugin,
            environment.catalog,
            at: "/settings"
        )
    }

    private static func mediaType(of capability: PluginManifest.Capability) -> String {
        guard capability.fileExtension != nil else { return "application/zip" }
        return capability.mediaTypes.first ?? "application/octet-stream"
    }

    private static func fileName(
        _ project: ProjectID,
        _ createdAt: Timestamp,
        _ fileExtension: String
    ) -> String {
        // 2026-01-31T08:05:09… becomes 2026-01-31-08-05.
        let time = String(decoding: createdAt.iso8601.prefix(16), as: UTF8.self)
        let minutes = String(time.map { $0 == "T" || $0 == ":" ? "-" : $0 })
        let hexadecimal = Secrets.hexadecimal(byteCount: 4)
        return "project-\(project)-at-\(minutes)-\(hexadecimal).\(fileExtension)"
    }
}
