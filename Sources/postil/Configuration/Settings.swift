internal import Contracts
internal import Logging

/// Everything that is decided before the daemon starts; nothing changes it afterwards.
struct Settings: Sendable {
    var dataDirectory: DataDirectory
    var host: String
    /// 0 lets the system choose.
    var port: Int
    var database: DatabaseAddress
    /// Beside those of the installation and of the data directory.
    var pluginDirectories: [String]
    /// Folders with sources of plugins that are built and loaded as they change.
    var pluginDevelopment: [String]
    /// Packages of plugins that are vouched for less are not installed.
    var leastPluginTrust: PackageTrust.Level
    /// Absolute paths below which tasks may refer to files.
    var mediaRoots: [String]
    /// Without a slash at the end.
    var publicURL: String?
    var logLevel: Logger.Level
    /// IP addresses.
    var trustedProxies: [String]
    /// Networks that other servers may be in although they are not public, such as `10.0.0.0/8`.
    var allowedOutbound: [String]
    var maxTaskBytes: Int
    var webDirectory: String
    var isTestMode: Bool

    /// Only this machine can reach the address.
    var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}
