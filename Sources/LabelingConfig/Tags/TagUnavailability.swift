/// Why a tag that some installed plugin has cannot be used in this project.
public struct TagUnavailability: Hashable, Sendable {
    /// The plugin that has the tag.
    public let plugin: TagOrigin.Plugin
    /// The plugin's state for this project in one word: `installed`, `allowed`, `refused`, ….
    public let state: String
    /// A sentence that says why.
    public let reason: String
    /// Who can change that: a sentence for the person who reads the error.
    public let whoCanEnable: String

    public init(
        plugin: TagOrigin.Plugin,
        state: String,
        reason: String,
        whoCanEnable: String
    ) {
        self.plugin = plugin
        self.state = state
        self.reason = reason
        self.whoCanEnable = whoCanEnable
    }
}
