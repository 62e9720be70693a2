/// A field of the task's data that a config needs.
public struct DataField: Hashable, Sendable {
    public let path: DataPath
    /// The tag that shows it, as its definition spells it.
    public let tag: String
    /// What it may hold.
    public let types: Set<TaskDataType>
    /// The first place that names it.
    public let place: SourcePlace
}
