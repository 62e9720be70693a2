/// A field of the task's data that a config needs.
public struct DataField: Hashable, Sendable {
    public let path: DataPath
    /// The tag that shows it, as its definition spells it.
    public let tag: String
    /// Whether a task must have it: it is a whole value, not a part of a longer text.
    public let isRequired: Bool
    /// What it may hold; empty for anything.
    public let types: Set<TaskDataType>
    /// The first place that names it.
    public let place: SourcePlace
}
