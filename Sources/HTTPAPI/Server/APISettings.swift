/// What the composition root decides about the HTTP side.
public struct APISettings: Sendable {
    public var host: String
    /// 0 lets the system choose one.
    public var port: Int
    /// Version of the program, such as `0.1.0`.
    public var version: String
    /// Address under which browsers reach the server, without a slash at the end; nil when it is
    /// the one that it listens on.
    public var publicURL: String?
    /// IP addresses of proxies whose forwarded headers are believed.
    public var trustedProxies: [String]
    /// Folder with the web app's files.
    public var webDirectory: String
    /// Largest task of an import, in bytes.
    public var maxTaskBytes: Int
    /// Tells the editor to offer what tests need.
    public var isTestMode: Bool
    /// Tells the editor to open anew when the modules of its plugins change.
    public var isPluginDevelopment: Bool

    public init(
        host: String,
        port: Int,
        version: String,
        publicURL: String? = nil,
        trustedProxies: [String] = [],
        webDirectory: String,
        maxTaskBytes: Int,
        isTestMode: Bool = false,
        isPluginDevelopment: Bool = false
    ) {
        self.host = host
        self.port = port
        self.version = version
        self.publicURL = publicURL
        self.trustedProxies = trustedProxies
        self.webDirectory = webDirectory
        self.maxTaskBytes = maxTaskBytes
        self.isTestMode = isTestMode
        self.isPluginDevelopment = isPluginDevelopment
    }

    /// Browsers reach the server by TLS, so cookies are marked Secure.
    var isSecure: Bool { publicURL?.lowercased().hasPrefix("https://") == true }
}
