/// Looks for what speaks against saving a config: unknown tags, names, missing attributes.
///
/// It stops at a number of problems that a person can read. A config may have tens of thousands of
/// tags, each of them wrong, so nothing costly may be done for more than that number.
struct StructureCheck {
    static let limit = 100

    private let config: LabelingConfig
    private let names: Set<String>
    private var problems: [ConfigProblem] = []

    init(_ config: LabelingConfig) {
        self.config = config
        names = Set(config.tree.tags.compactMap { $0["name"] })
    }

    mutating func run() -> [ConfigProblem] {
        let unavailable = Dictionary(
            config.unavailableTags.map { ($0.tag.place, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var taken: [String: ConfigTag] = [:]
        var found: [(tag: ConfigTag, isInControl: Bool)] = []
        config.tree.root.forEach { tag, ancestors in
            found.append((tag, ancestors.contains { $0["toName"] != nil }))
        }
        for (tag, isInControl) in found where problems.count < Self.limit {
            if let unavailable = unavailable[tag.place] { add(unavailable) }
            checkName(of: tag, &taken)
            checkTargets(of: tag)
            checkAttributes(of: tag, isInControl: isInControl)
            if let behavior = config.registry[tag.name]?.immediateBehavior {
                problems += behavior.immediateProblems(with: tag, in: config)
            }
        }
        return Array(problems.prefix(Self.limit))
    }

    // MARK: Tags

    private mutating func add(_ unavailable: LabelingConfig.UnavailableTag) {
        let name = unavailable.tag.name
        guard let reason = unavailable.unavailability else {
            problems.append(
                ConfigProblem(
                    .tagUnknown,
                    "The tag <\(name)> is not known here: it is not built in, and no installed "
                        + "plugin has it.",
                    at: unavailable.tag.place,
                    hint: similarTag(name).map { "Did you mean <\($0)>?" }
                        ?? "Install the plugin that has it, or take the tag out.",
                    tag: name
                )
            )
            return
        }
        problems.append(
            ConfigProblem(
                .tagNotEnabled,
                "The tag <\(name)> comes from the plugin “\(reason.plugin.name)” "
                    + "(\(reason.plugin.id) \(reason.plugin.version)), which is not enabled in "
                    + "this project. \(reason.reason)",
                at: unavailable.tag.place,
                hint: reason.whoCanEnable,
                tag: name,
                unavailability: reason
            )
        )
    }

    /// The known tag whose name differs least, when it differs by little.
    private func similarTag(_ name: String) -> String? {
        guard name.utf8.count <= 40 else { return nil }
        let distances = config.registry.entries.map { entry in
            let known = entry.definition.name
            return (known, EditDistance.between(known.lowercased(), name.lowercased()))
        }
        guard let closest = distances.min(by: { $0.1 < $1.1 }) else { return nil }
        return closest.1 <= max(1, name.count / 4) ? closest.0 : nil
    }

    // MARK: Names

    private mutating func checkName(of tag: ConfigTag, _ taken: inout [String: ConfigTag]) {
        guard let name = tag.attribute("name") else { return }
        guard let first = taken[name.value] else {
            taken[name.value] = tag
            return
        }
        problems.append(
            ConfigProblem(
                .nameDuplicate,
                "The name “\(name.value)” is taken by <\(first.name)> on line \(first.place.line).",
                at: name.place,
                hint: "Give each tag a name of its own.",
                tag: tag.name
            )
        )
    }

    private mutating func checkTargets(of tag: ConfigTag) {
        guard let toName = tag.attribute("toName") else { return }
        let targets = toName.value.split(separator: ",", omittingEmptySubsequences: false)
        for target in targets.prefix(Self.limit) where !names.contains(String(target)) {
            problems.append(
                ConfigProblem(
                    .toNameUnknown,
                    "<\(tag.name)> points to “\(target)”, and no tag has that name.",
                    at: toName.place,
                    hint: hint(for: target),
                    tag: tag.name
                )
            )
        }
    }

    private func hint(for missing: Substring) -> String {
        if let trimmed = XMLText.trimmed(Array(missing.utf8)), names.contains(trimmed) {
            return "Write “\(trimmed)” without spaces around the comma."
        }
        let known = config.objects.prefix(8).map { "“\($0.name)”" }.joined(separator: ", ")
        return known.isEmpty
            ? "Add an object tag with that name." : "The objects of this config are \(known)."
    }

    // MARK: Attributes

    /// Tags inside a control only arrange its labels and need no name of their own.
    private mutating func checkAttributes(of tag: ConfigTag, isInControl: Bool) {
        guard let definition = config.registry[tag.name]?.definition else { return }
        for attribute in definition.attributes
        where attribute.isRequired && attribute.defaultValue == nil && !gives(tag, attribute.name) {
            if isInControl, definition.kind == .object, attribute.name == "name" { continue }
            problems.append(
                ConfigProblem(
                    .attributeMissing,
                    "The tag <\(tag.name)> needs the attribute “\(attribute.name)”.",
                    at: tag.place,
                    hint: Self.example(of: attribute, in: definition),
                    tag: tag.name
                )
            )
        }
    }

    /// Whether the tag says in some way what the attribute would say.
    private func gives(_ tag: ConfigTag, _ name: String) -> Bool {
        if tag[name] != nil { return true }
        guard name == "value" else { return false }
        return tag["valueList"] != nil || tag["alias"] != nil || tag.value != nil
    }

    private static func example(of attribute: TagAttribute, in definition: TagDefinition) -> String
    {
        let name = attribute.name
        return switch attribute.kind {
        case .identifier: "Add \(name)=\"\(definition.name.lowercased())\", a name of its own."
        case .reference: "Add \(name)=\"…\" with the name of the tag that it works on."
        case .taskField: "Add \(name)=\"$field\" with the task field to show."
        default: "Add \(name)=\"…\"."
        }
    }
}
