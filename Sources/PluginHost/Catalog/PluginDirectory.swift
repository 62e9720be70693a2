/// A folder that holds plugins as `<id>/<version>/`.
public struct PluginDirectory: Hashable, Sendable {
    public let path: String
    /// It came with this installation.
    public let isBundled: Bool

    public init(path: String, isBundled: Bool = false) {
        self.path = path
        self.isBundled = isBundled
    }
}
