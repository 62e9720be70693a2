public import Contracts

/// What the host of plugins is told once, when it is made.
public struct PluginHostConfiguration: Sendable {
    /// Semantic version of Postil, shown to plugins and compared with their `minHost`.
    public var hostVersion: String
    /// How long one call may stay inside a plugin.
    ///
    /// Time that the call spends waiting for the host (a slow sink) does not count.
    public var callLimit: Duration
    /// How many bytes one export may write.
    public var outputByteLimit: Int64
    /// Path of the program in which plugins run that are not trusted.
    ///
    /// `nil` runs every plugin inside this process.
    public var runner: String?
    /// Folders with libraries that plugins may need beside the system's, such as Swift's runtime.
    public var libraryFolders: [String]
    /// Where an export keeps its tasks until it is done; files there have no name.
    public var temporaryFolder: String
    /// How much memory a plugin's process may use, unless its manifest asks for less.
    public var memoryByteLimit: UInt64
    /// The keys whose signatures the operator trusts.
    public var trustedKeys: TrustedKeys?
    /// Takes what plugins log.
    ///
    /// Called on their threads.
    public var log: @Sendable (PluginLogLine) -> Void

    public init(
        hostVersion: String,
        callLimit: Duration = .seconds(60),
        outputByteLimit: Int64 = Int64.max,
        runner: String? = nil,
        libraryFolders: [String] = [],
        temporaryFolder: String = "/tmp",
        memoryByteLimit: UInt64 = 2 << 30,
        trustedKeys: TrustedKeys? = nil,
        log: @escaping @Sendable (PluginLogLine) -> Void = { _ in }
    ) {
        self.hostVersion = hostVersion
        self.callLimit = callLimit
        self.outputByteLimit = outputByteLimit
        self.runner = runner
        self.libraryFolders = libraryFolders
        self.temporaryFolder = temporaryFolder
        self.memoryByteLimit = memoryByteLimit
        self.trustedKeys = trustedKeys
        self.log = log
    }
}

/// One line that a plugin wrote to its log.
public struct PluginLogLine: Hashable, Sendable {
    public enum Level: Int32, Hashable, Sendable {
        case debug, info, warning, error
    }

    public var level: Level
    public var plugin: PluginVersion
    /// At most 4 KiB.
    public var message: String

    public init(level: Level, plugin: PluginVersion, message: String) {
        self.level = level
        self.plugin = plugin
        self.message = message
    }
}
