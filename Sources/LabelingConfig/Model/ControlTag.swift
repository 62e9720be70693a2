/// A tag of the config that collects results.
public struct ControlTag: Sendable {
    /// A label or choice that the control offers.
    public struct Label: Hashable, Sendable {
        /// What results hold: the alias if there is one, else the value.
        public let value: String
        /// The tag that declares it, with all attributes, known or not.
        public let tag: ConfigTag
    }

    /// How results are bound to other answers, for controls with `perRegion="true"`.
    public enum Condition: Hashable, Sendable {
        case tag(String)
        case label(String)
        case choice(String)
    }

    /// What results call `from_name`.
    public let name: String
    /// What `name` stands for when the control stands in a `Repeater`.
    public let pattern: NamePattern?
    public let tag: ConfigTag
    /// The objects that it works on, as written, at least one.
    public let toNames: [String]
    /// In the order of the text, without repetitions.
    public let labels: [Label]
    /// Labels come from the task's data or from elsewhere too, so that unknown ones are right.
    public let hasDynamicLabels: Bool
    public let condition: Condition?
    /// What the registry knows of the tag; `nil` when its plugin is gone or not enabled.
    public let entry: TagRegistry.Entry?

    private let labelValues: Set<String>

    init(
        name: String,
        pattern: NamePattern?,
        tag: ConfigTag,
        toNames: [String],
        labels: [Label],
        entry: TagRegistry.Entry?
    ) {
        self.name = name
        self.pattern = pattern
        self.tag = tag
        self.toNames = toNames
        self.labels = labels
        self.entry = entry
        labelValues = Set(labels.map(\.value))
        let loadsLabels = tag["value"]?.first == "$" || tag["apiUrl"]?.isEmpty == false
        hasDynamicLabels = loadsLabels && entry?.definition.kind != .object
        condition = Self.condition(of: tag)
    }

    /// The tag's name as its definition spells it, or as the config does when there is none.
    public var type: String { entry?.definition.name ?? tag.name }

    /// Whether results may hold the label.
    public func offers(_ label: String) -> Bool {
        hasDynamicLabels || labelValues.contains(label)
    }

    /// Whether a result's `from_name` means this control.
    public func answers(to name: String) -> Bool {
        name == self.name || pattern?.matches(name) == true
    }

    private static func condition(of tag: ConfigTag) -> Condition? {
        guard tag.isTrue("perRegion") else { return nil }
        let name = tag["whenTagName"] ?? ""
        let label = tag["whenLabelValue"] ?? ""
        let choice = tag["whenChoiceValue"] ?? ""
        if !name.isEmpty { return .tag(name) }
        if !label.isEmpty { return .label(label) }
        return choice.isEmpty ? nil : .choice(choice)
    }
}
