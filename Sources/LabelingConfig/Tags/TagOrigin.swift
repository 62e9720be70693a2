/// Where a tag comes from.
public enum TagOrigin: Hashable, Sendable {
    case builtIn
    case plugin(Plugin)

    /// A plugin in one version, as errors and answers name it.
    public struct Plugin: Hashable, Sendable {
        /// Reverse DNS, such as `org.postil.satellite-polygon`.
        public let id: String
        public let version: String
        /// The name for people.
        public let name: String

        public init(id: String, version: String, name: String) {
            self.id = id
            self.version = version
            self.name = name
        }
    }

    /// The plugin, or `nil` for a built-in tag.
    public var plugin: Plugin? {
        if case .plugin(let plugin) = self { plugin } else { nil }
    }
}
