/// A tag of the config that shows data of the task.
public struct ObjectTag: Sendable {
    /// What results call `to_name`.
    public let name: String
    /// What `name` stands for when the object stands in a `Repeater`.
    public let pattern: NamePattern?
    public let tag: ConfigTag
    /// What the registry knows of the tag; `nil` when its plugin is gone or not enabled.
    public let entry: TagRegistry.Entry?

    /// The tag's name as its definition spells it, or as the config does when there is none.
    public var type: String { entry?.definition.name ?? tag.name }

    /// Whether it shows a list of things, so that results tell them apart by `item_index`.
    public var showsList: Bool { tag["valueList"]?.isEmpty == false }

    /// The text that names what is shown: `value`, else `valueList`, else the tag's content.
    public var value: String? {
        if let value = tag["value"], !value.isEmpty { return value }
        return tag["valueList"] ?? tag.content
    }

    /// Where in the task's data it stands, when the whole value is one field.
    public var dataPath: DataPath? { value.flatMap(DataPath.init(wholeValue:)) }

    /// Whether a result's `to_name` means this object.
    public func answers(to name: String) -> Bool {
        name == self.name || pattern?.matches(name) == true
    }
}
