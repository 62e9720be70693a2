extension LabelingConfig {
    /// What speaks against saving this config, in the order of the text; empty for nothing.
    ///
    /// Asks the behaviors of the tags too, those of plugins included, so it may take as long as
    /// their time limits. A behavior that cannot be asked is a problem with code
    /// `tag_unavailable`.
    public func savingProblems() async -> [ConfigProblem] {
        var problems = structuralProblems
        for tag in tree.tags {
            guard let behavior = registry[tag.name]?.behavior else { continue }
            do throws(TagBehaviorFailure) {
                problems += try await behavior.problems(with: tag, in: self)
            } catch {
                problems.append(
                    ConfigProblem(
                        .tagUnavailable,
                        "The tag <\(tag.name)> could not be checked: \(error.message)",
                        at: tag.place,
                        hint: error.hint,
                        tag: tag.name
                    )
                )
            }
        }
        return Self.inTextOrder(problems)
    }

    /// What speaks against saving, as far as it can be told without asking any tag's behavior.
    public var structuralProblems: [ConfigProblem] {
        let tags = tree.tags
        return Self.inTextOrder(
            availabilityProblems + Self.nameProblems(tags) + Self.targetProblems(tags)
                + tags.flatMap(missingAttributes)
        )
    }

    // MARK: Tags

    private var availabilityProblems: [ConfigProblem] {
        unavailableTags.map { unavailable in
            let name = unavailable.tag.name
            guard let reason = unavailable.unavailability else {
                return ConfigProblem(
                    .tagUnknown,
                    "The tag <\(name)> is not known here: it is not built in, and no installed "
                        + "plugin has it.",
                    at: unavailable.tag.place,
                    hint: similarTag(name).map { "Did you mean <\($0)>?" }
                        ?? "Install the plugin that has it, or take the tag out.",
                    tag: name
                )
            }
            return ConfigProblem(
                .tagNotEnabled,
                "The tag <\(name)> comes from the plugin “\(reason.plugin.name)” "
                    + "(\(reason.plugin.id) \(reason.plugin.version)), which is not enabled in "
                    + "this project. \(reason.reason)",
                at: unavailable.tag.place,
                hint: reason.whoCanEnable,
                tag: name,
                unavailability: reason
            )
        }
    }

    /// The known tag whose name differs least, when it differs by little.
    private func similarTag(_ name: String) -> String? {
        let distances = registry.entries.map { entry in
            let known = entry.definition.name
            return (known, EditDistance.between(known.lowercased(), name.lowercased()))
        }
        guard let closest = distances.min(by: { $0.1 < $1.1 }) else { return nil }
        return closest.1 <= max(1, name.count / 4) ? closest.0 : nil
    }

    // MARK: Names

    private static func nameProblems(_ tags: [ConfigTag]) -> [ConfigProblem] {
        var first: [String: ConfigTag] = [:]
        return tags.compactMap { tag in
            guard let name = tag.attribute("name") else { return nil }
            guard let taken = first[name.value] else {
                first[name.value] = tag
                return nil
            }
            return ConfigProblem(
                .nameDuplicate,
                "The name “\(name.value)” is taken by <\(taken.name)> on line "
                    + "\(taken.place.line).",
                at: name.place,
                hint: "Give each tag a name of its own.",
                tag: tag.name
            )
        }
    }

    private static func targetProblems(_ tags: [ConfigTag]) -> [ConfigProblem] {
        let names = Set(tags.compactMap { $0["name"] })
        return tags.flatMap { tag -> [ConfigProblem] in
            guard let toName = tag.attribute("toName") else { return [] }
            return toName.value.split(separator: ",", omittingEmptySubsequences: false)
                .map { String($0) }.filter { !names.contains($0) }
                .map { missing in
                    ConfigProblem(
                        .toNameUnknown,
                        "<\(tag.name)> points to “\(missing)”, and no tag has that name.",
                        at: toName.place,
                        hint: hint(for: missing, among: names),
                        tag: tag.name
                    )
                }
        }
    }

    private static func hint(for missing: String, among names: Set<String>) -> String {
        if let exact = names.first(where: {
            missing.contains($0) && XMLText.trimmed(Array(missing.utf8)) == $0
        }) {
            return "Write toName=\"…\(exact)\" without spaces around the comma."
        }
        let known = names.sorted().prefix(8).map { "“\($0)”" }.joined(separator: ", ")
        return known.isEmpty
            ? "Add an object tag with that name." : "The names in this config are \(known)."
    }

    // MARK: Attributes

    private func missingAttributes(_ tag: ConfigTag) -> [ConfigProblem] {
        guard let definition = registry[tag.name]?.definition else { return [] }
        return definition.attributes.filter { attribute in
            attribute.isRequired && attribute.defaultValue == nil
                && !Self.gives(tag, attribute.name)
        }
        .map { attribute in
            ConfigProblem(
                .attributeMissing,
                "The tag <\(tag.name)> needs the attribute “\(attribute.name)”.",
                at: tag.place,
                hint: Self.example(of: attribute, in: definition),
                tag: tag.name
            )
        }
    }

    /// Whether the tag says in some way what the attribute would say.
    private static func gives(_ tag: ConfigTag, _ name: String) -> Bool {
        if tag[name] != nil { return true }
        guard name == "value" else { return false }
        return tag["valueList"] != nil || tag["alias"] != nil || tag.value != nil
    }

    private static func example(of attribute: TagAttribute, in definition: TagDefinition) -> String
    {
        switch attribute.kind {
        case .identifier:
            "Add \(attribute.name)=\"\(definition.name.lowercased())\", a name of its own."
        case .reference: "Add \(attribute.name)=\"…\" with the name of the tag that it works on."
        case .taskField: "Add \(attribute.name)=\"$field\" with the task field to show."
        default: "Add \(attribute.name)=\"…\"."
        }
    }

    private static func inTextOrder(_ problems: [ConfigProblem]) -> [ConfigProblem] {
        let start = SourcePlace(line: 0, column: 0)
        return problems.enumerated()
            .sorted {
                ($0.element.place ?? start, $0.offset) < ($1.element.place ?? start, $1.offset)
            }
            .map(\.element)
    }
}
