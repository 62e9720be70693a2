/// One capability of a plugin that has shown in a process of its own that it works.
public struct PluginProof: Hashable, Sendable {
    /// Kind and name, such as `postil.exporter/1 COCO`.
    public var capability: String
    /// A sentence: what it was made to do.
    public var detail: String
    public var milliseconds: Int

    public init(capability: String, detail: String, milliseconds: Int) {
        self.capability = capability
        self.detail = detail
        self.milliseconds = milliseconds
    }
}
