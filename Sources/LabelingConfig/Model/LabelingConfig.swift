/// A labeling config with its meaning: which tags are controls, objects and labels.
///
/// 1. ``LabelingConfigParser`` makes the tree; it throws for what is not well-formed.
/// 2. ``init(_:registry:)`` reads the meaning and never fails: a config that was saved once opens
///    for ever, with tags whose plugin is gone among ``unavailableTags``.
/// 3. ``savingProblems()`` says what speaks against saving it.
///
/// A value; made once for each version of a project's config and shared by all who check results.
public struct LabelingConfig: Sendable {
    /// A tag that cannot be used in this project.
    public struct UnavailableTag: Sendable {
        public let tag: ConfigTag
        /// Which plugin has it; `nil` when nothing installed knows it.
        public let unavailability: TagUnavailability?
    }

    public let tree: ConfigTree
    public let registry: TagRegistry
    /// In the order of the text.
    public let controls: [ControlTag]
    /// In the order of the text.
    public let objects: [ObjectTag]
    /// What relations may be called; empty when the config does not say.
    public let relationLabels: [ControlTag.Label]
    /// In the order of the text, each occurrence.
    public let unavailableTags: [UnavailableTag]
    /// The fields of the task's data that the config shows, each once, in the order of the text.
    public let dataFields: [DataField]

    private let controlPositions: [String: Int]
    private let objectPositions: [String: Int]
    private let hasPatterns: Bool

    public init(_ tree: ConfigTree, registry: TagRegistry) {
        let reader = ConfigReader(tree: tree, registry: registry)
        self.tree = tree
        self.registry = registry
        controls = reader.controls
        objects = reader.objects
        relationLabels = reader.relationLabels
        unavailableTags = reader.unavailableTags
        dataFields = reader.dataFields
        controlPositions = Self.positions(reader.controls.map(\.name))
        objectPositions = Self.positions(reader.objects.map(\.name))
        hasPatterns = controls.contains { $0.pattern != nil }
    }

    /// The control that a result's `from_name` means, also one that a `Repeater` repeats.
    public func control(named name: String) -> ControlTag? {
        if let position = controlPositions[name] { return controls[position] }
        return hasPatterns ? controls.first { $0.answers(to: name) } : nil
    }

    /// The object that a result's `to_name` means, also one that a `Repeater` repeats.
    public func object(named name: String) -> ObjectTag? {
        if let position = objectPositions[name] { return objects[position] }
        return objects.first { $0.answers(to: name) }
    }

    /// The task-data key that files without keys go to, and that exporters call the data key: the
    /// first that an object shows, else the first of all.
    public var firstDataKey: String? {
        let shown = dataFields.first { registry[$0.tag]?.definition.kind == .object }
        return (shown ?? dataFields.first)?.path.key
    }

    /// Whether a control tag of this name stands in the config, whatever the case.
    public func hasControl(ofType type: String) -> Bool {
        controls.contains { $0.type.lowercased() == type.lowercased() }
    }

    private static func positions(_ names: [String]) -> [String: Int] {
        Dictionary(
            names.enumerated().map { ($1, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
