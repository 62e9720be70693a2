/// What an administrator lets a plugin have: a ceiling over what its manifest asks for.
public struct PluginGrant: Hashable, Sendable {
    /// In process is for plugins that the administrator trusts as the daemon itself.
    public var isolation: PluginRuntime.Isolation
    /// Most memory of one of its processes; nil leaves it to the manifest and the host's limit.
    public var memoryByteLimit: Int64?

    public init(
        isolation: PluginRuntime.Isolation = .isolated,
        memoryByteLimit: Int64? = nil
    ) {
        self.isolation = isolation
        self.memoryByteLimit = memoryByteLimit
    }
}
