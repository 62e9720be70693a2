internal import Contracts
internal import Crypto
internal import LabelModel
internal import LabelingService
internal import Logging
internal import OutboundHTTP
internal import PluginHost
internal import SQLiteStorage

/// The parts of the program put together: the one place that knows concrete types.
///
/// 1. ``open(_:logger:)`` opens the database and finds plugins.
/// 2. Commands and the daemon work with ``service``.
/// 3. ``close()`` waits for writes under way.
struct Workplace: Sendable {
    let service: LabelingService
    let catalog: PluginDirectoryCatalog
    private let storage: any Storage
    private let outbound: GuardedClient

    static func open(_ settings: Settings, logger: Logger) async throws -> Workplace {
        try settings.dataDirectory.prepare()
        let clock = SystemClock()
        let storage: any Storage =
            switch settings.database {
            case .sqlite(let path): try await SQLiteStorage.open(path: path, clock: clock)
            }
        let catalog = catalog(of: settings, logger: logger)
        guard let outbound = GuardedClient(allowed: settings.allowedOutbound) else {
            throw CommandFailure(
                "--allow-outbound: one of the networks cannot be read.",
                hint: "Name networks such as 10.0.0.0/8, or single addresses."
            )
        }
        var limits = ServiceLimits()
        limits.maxTaskBytes = settings.maxTaskBytes
        let environment = ServiceEnvironment(
            storage: storage,
            catalog: catalog,
            installer: installer(of: settings),
            clock: clock,
            passwords: ScryptPasswords(),
            sha256: { Array(SHA256.hash(data: $0)) },
            uploads: UploadArea(root: settings.dataDirectory.uploads),
            exportArea: UploadArea(root: settings.dataDirectory.exports),
            derivedFolder: settings.dataDirectory.derived,
            mediaRoots: settings.mediaRoots,
            limits: limits,
            outbound: outbound,
            buckets: S3Opener(client: outbound, clock: clock)
        )
        let service = LabelingService(environment)
        try await service.plugins.applyGrants()
        return Workplace(
            service: service,
            catalog: catalog,
            storage: storage,
            outbound: outbound
        )
    }

    /// Opens, works, and closes also when the work fails.
    static func with<Result>(
        _ settings: Settings,
        logger: Logger,
        _ work: (Workplace) async throws -> Result
    ) async throws -> Result {
        try await CommandFailure.telling {
            let workplace = try await open(settings, logger: logger)
            do {
                let result = try await work(workplace)
                await workplace.close()
                return result
            } catch {
                await workplace.close()
                throw error
            }
        }
    }

    func close() async {
        await outbound.close()
        await storage.close()
    }

    /// The user with an address, whatever its case.
    func user(email: String) async throws -> User {
        guard let found = try await storage.users.credentials(email: email) else {
            throw CommandFailure(
                "There is no user with the address \(email).",
                hint: "Make one with: postil user create"
            )
        }
        return found.user
    }

    /// In whose name a command acts: the user that it names, or the first administrator.
    func user(of email: String?) async throws -> User {
        if let email { try await user(email: email) } else { try await administrator() }
    }

    private func administrator() async throws -> User {
        let users = try await storage.users.list()
        guard let first = users.first(where: { $0.role == .administrator && $0.isActive }) else {
            throw CommandFailure(
                "There is no administrator yet.",
                hint: "Make one with: postil user create --role administrator"
            )
        }
        return first
    }

    /// Plugins of the installation, of the data folder, and of the folders that were named.
    static func catalog(of settings: Settings, logger: Logger) -> PluginDirectoryCatalog {
        var directories = [PluginDirectory(path: Installation.plugins, isBundled: true)]
        if !settings.pluginDevelopment.isEmpty {
            directories.append(PluginDirectory(path: settings.dataDirectory.developedPlugins))
        }
        directories.append(PluginDirectory(path: settings.dataDirectory.plugins))
        directories += settings.pluginDirectories.map { PluginDirectory(path: $0) }
        var configuration = hostConfiguration(logger: logger)
        configuration.temporaryFolder = settings.dataDirectory.path
        configuration.trustedKeys = settings.dataDirectory.trustedKeys
        return PluginDirectoryCatalog(directories: directories, configuration: configuration)
    }

    /// Installs packages into a plugin directory, the data folder's unless another one is named.
    static func installer(of settings: Settings, into directory: String? = nil)
        -> PackageInstaller
    {
        PackageInstaller(
            directory: directory ?? settings.dataDirectory.plugins,
            hostVersion: PostilVersion.text,
            trustedKeys: settings.dataDirectory.trustedKeys,
            leastTrust: settings.leastPluginTrust
        )
    }

    static func hostConfiguration(logger: Logger) -> PluginHostConfiguration {
        PluginHostConfiguration(
            hostVersion: PostilVersion.text,
            runner: Installation.pluginRunner,
            libraryFolders: [Installation.swiftLibraries],
            log: { line in
                logger.log(
                    level: Logger.Level(line.level),
                    "\(line.message)",
                    metadata: ["plugin": "\(line.plugin)"]
                )
            }
        )
    }
}

extension Logger.Level {
    init(_ level: PluginLogLine.Level) {
        switch level {
        case .debug: self = .debug
        case .info: self = .info
        case .warning: self = .warning
        case .error: self = .error
        }
    }
}
