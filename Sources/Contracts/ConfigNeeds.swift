/// What a labeling config must have for a format to be of use.
public struct ConfigNeeds: Hashable, Sendable {
    /// Sets of tags: the config has all tags of at least one of them.
    ///
    /// Empty for any config.
    public var anyOf: [[String]]
    /// Sets of tags that the config must not have together.
    public var noneOf: [[String]]
    /// Tags that are of no use without others: the tag, and one of which must stand beside it.
    public var with: [String: [String]]
    /// Whether the controls must all work on one field of the task's data.
    public var oneDataField: Bool
    /// Whether controls may work on objects that show a list (`valueList`).
    public var valueList: Bool

    public init(
        anyOf: [[String]] = [],
        noneOf: [[String]] = [],
        with: [String: [String]] = [:],
        oneDataField: Bool = false,
        valueList: Bool = true
    ) {
        self.anyOf = anyOf
        self.noneOf = noneOf
        self.with = with
        self.oneDataField = oneDataField
        self.valueList = valueList
    }
}
