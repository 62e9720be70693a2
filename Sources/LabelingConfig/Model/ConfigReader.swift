/// Finds controls, objects, labels and data fields in a tree.
///
/// A tag is a control when it has `name` and `toName`, an object when it has `name` and a value; so
/// says Label Studio, whatever the tag. Beside that, tags that refer to themselves (`Chat`,
/// `ReactCode`) need no `toName`, and `Filter` and other visual tags are never controls.
struct ConfigReader {
    private(set) var controls: [ControlTag] = []
    private(set) var objects: [ObjectTag] = []
    private(set) var relationLabels: [ControlTag.Label] = []
    private(set) var unavailableTags: [LabelingConfig.UnavailableTag] = []
    private(set) var dataFields: [DataField] = []

    private let registry: TagRegistry
    private var fieldPaths: Set<String> = []

    init(tree: ConfigTree, registry: TagRegistry) {
        self.registry = registry
        var found: [(tag: ConfigTag, ancestors: [ConfigTag])] = []
        tree.root.forEach { found.append(($0, $1)) }
        for (tag, ancestors) in found { read(tag, in: ancestors) }
    }

    private mutating func read(_ tag: ConfigTag, in ancestors: [ConfigTag]) {
        let entry = registry[tag.name]
        if entry == nil {
            unavailableTags.append(
                LabelingConfig.UnavailableTag(
                    tag: tag,
                    unavailability: registry.unavailableEntry(tag.name)?.unavailability
                )
            )
        }
        let flags = Self.indexFlags(ancestors)
        if let name = Self.filled(tag["name"]) {
            let pattern = NamePattern(name, flags: flags)
            if let toNames = Self.targets(of: tag, named: name, entry: entry) {
                controls.append(
                    ControlTag(
                        name: name,
                        pattern: pattern,
                        tag: tag,
                        toNames: toNames,
                        labels: Self.labels(in: tag, registry: registry),
                        entry: entry
                    )
                )
            }
            if Self.isObject(tag, entry: entry) {
                objects.append(ObjectTag(name: name, pattern: pattern, tag: tag, entry: entry))
            }
        }
        if tag.name.lowercased() == "relations" {
            relationLabels += Self.labels(in: tag, registry: registry)
        }
        readFields(of: tag, entry: entry, isRepeated: !flags.isEmpty)
    }

    // MARK: Controls and objects

    private static func targets(
        of tag: ConfigTag,
        named name: String,
        entry: TagRegistry.Entry?
    ) -> [String]? {
        let kind = entry?.definition.kind
        if kind == .visual { return nil }
        if let toName = filled(tag["toName"]) {
            return toName.split(separator: ",").map { String($0) }
        }
        let refersToItself = ["chat", "reactcode", "custominterface"]
        return refersToItself.contains(tag.name.lowercased()) ? [name] : nil
    }

    private static func isObject(_ tag: ConfigTag, entry: TagRegistry.Entry?) -> Bool {
        switch entry?.definition.kind {
        case .object: true
        case .control, .visual, .tool: false
        case nil:
            filled(tag["toName"]) == nil
                && (filled(tag["value"]) ?? filled(tag["valueList"])) != nil
        }
    }

    private static func indexFlags(_ ancestors: [ConfigTag]) -> [String] {
        ancestors.filter { $0.name.lowercased() == "repeater" }
            .map { filled($0["indexFlag"]) ?? "{{idx}}" }
    }

    // MARK: Labels

    private static let labelTags: Set<String> = ["label", "choice", "relation"]

    private static func labels(in control: ConfigTag, registry: TagRegistry) -> [ControlTag.Label] {
        var labels: [ControlTag.Label] = []
        var seen: Set<String> = []
        func collect(_ tag: ConfigTag) {
            for child in tag.children {
                if labelTags.contains(child.name.lowercased()),
                    let value = filled(child["alias"]) ?? filled(child.value),
                    seen.insert(value).inserted
                {
                    labels.append(ControlTag.Label(value: value, tag: child))
                }
                let isControl = filled(child["name"]) != nil && filled(child["toName"]) != nil
                if !isControl { collect(child) }
            }
        }
        collect(control)
        return labels
    }

    // MARK: Data fields

    /// Tags inside a repeater show elements of the repeated field, which is asked for by itself.
    private mutating func readFields(
        of tag: ConfigTag,
        entry: TagRegistry.Entry?,
        isRepeated: Bool
    ) {
        let types = entry?.definition.dataTypes ?? []
        if tag.name.lowercased() == "repeater" {
            add(tag.attribute("on"), of: tag, types: [.array])
        } else if !isRepeated {
            let name = entry?.definition.name ?? tag.name
            if name == "Image", Self.filled(tag["valueList"]) != nil {
                add(tag.attribute("valueList"), of: tag, types: [.array, .string])
            } else {
                add(tag.attribute("value"), of: tag, types: types)
                add(tag.attribute("valueList"), of: tag, types: types)
            }
        }
    }

    private mutating func add(
        _ attribute: ConfigAttribute?,
        of tag: ConfigTag,
        types: Set<TaskDataType>
    ) {
        guard let attribute else { return }
        let isWhole = DataPath(wholeValue: attribute.value) != nil
        for path in DataPath.all(in: attribute.value)
        where fieldPaths.insert(path.text).inserted {
            dataFields.append(
                DataField(
                    path: path,
                    tag: registry[tag.name]?.definition.name ?? tag.name,
                    isRequired: isWhole,
                    types: isWhole ? types : [],
                    place: attribute.place
                )
            )
        }
    }

    private static func filled(_ text: String?) -> String? {
        text?.isEmpty == false ? text : nil
    }
}
