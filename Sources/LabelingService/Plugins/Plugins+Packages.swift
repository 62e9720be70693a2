public import Contracts
public import LabelModel

extension Plugins {
    /// Most bytes of a package that is uploaded.
    static let maximumPackageBytes: Int64 = 256 << 20

    /// Takes in a package that an administrator uploads: verifies it, and installs it when every
    /// step has passed.
    ///
    /// Installing allows nothing: the plugin is used once an administrator allows it.
    ///
    /// Throws ``ServiceError`` with the code of the step that failed, and with the report.
    public func upload(
        _ bytes: ByteStream,
        by user: User
    ) async throws(ServiceError) -> PackageReport {
        try user.requireAdministrator(to: "install plugins")
        let installer = environment.installer
        let area = UploadArea(root: installer.incomingFolder)
        let name = Secrets.hexadecimal(byteCount: 8) + ".tar.gz"
        _ = try await area.write(bytes, to: name, limit: Self.maximumPackageBytes)
        defer { area.remove(name) }
        let report = await installer.install(archive: area.absolutePath(name))
        return try await accept(report, by: .user(user.id))
    }

    /// Installs a package's archive or folder that lies on this machine, for the operator.
    public func install(
        _ path: String,
        isFolder: Bool
    ) async throws(ServiceError) -> PackageReport {
        let installer = environment.installer
        let report =
            isFolder
            ? await installer.install(folder: path) : await installer.install(archive: path)
        return try await accept(report, by: .operator)
    }

    private func accept(
        _ report: PackageReport,
        by actor: AuditEvent.Actor
    ) async throws(ServiceError) -> PackageReport {
        if let failure = report.failure { throw ServiceError(failure, of: report) }
        guard let plugin = report.plugin, !report.wasInstalled else { return report }
        if let installed = await environment.catalog.installed().first(where: {
            $0.plugin == plugin
        }) {
            _ = try await stored(
                await environment.storage.audit.append(.installed(installed, by: actor))
            )
        }
        try await keep(.verification(of: report), of: plugin)
        setups.removeAll()
        try await watch.look()
        return report
    }

    func keep(
        _ report: PluginCheckReport,
        of plugin: PluginVersion
    ) async throws(ServiceError) {
        try await stored(
            await environment.storage.plugins.keep(
                KeptPluginReport(
                    plugin: plugin,
                    report: report.json,
                    at: environment.clock.now()
                )
            )
        )
    }
}

extension ServiceError {
    /// A package that is refused.
    init(_ error: PluginError, of report: PackageReport) {
        let kind: Kind =
            switch error.code.rawValue {
            case "plugin_version_taken": .conflict
            case "archive_too_large": .tooLarge
            case "file_failed": .failed
            default: .invalid
            }
        self.init(kind, error.code.rawValue, error.message, hint: error.hint)
        plugin = report.plugin
        place = error.pointer.map { .pointer($0) }
        packageReport = report
    }
}
