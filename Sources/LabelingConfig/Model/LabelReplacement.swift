/// A label of a control that another takes the place of.
public struct LabelReplacement: Hashable, Sendable {
    /// What results call `from_name`.
    public let control: String
    /// As results hold it.
    public let old: String
    /// A label that the control has already, which then stands for both, or a new one.
    public let new: String

    public init(control: String, old: String, new: String) {
        self.control = control
        self.old = old
        self.new = new
    }
}

extension LabelingConfig {
    /// The text of this config with labels renamed, and taken out where the control has the other
    /// label already; conditions that name a label (`whenLabelValue`, `whenChoiceValue`) follow.
    ///
    /// Labels that come from the task's data stand in no config, so nothing changes for those.
    /// Comments, order and spacing stay.
    public func source(replacing replacements: [LabelReplacement]) -> String {
        var editor = ConfigEditor(tree)
        for control in controls {
            let renamed = Dictionary(
                replacements.filter { $0.control == control.name }.map { ($0.old, $0.new) },
                uniquingKeysWith: { first, _ in first }
            )
            guard !renamed.isEmpty else { continue }
            var offered = Set(control.labels.map(\.value)).subtracting(renamed.keys)
            for (label, tag) in labelTags(of: control) {
                guard let new = renamed[label] else { continue }
                if isMergeable(tag), !offered.insert(new).inserted {
                    editor.remove(tag)
                } else {
                    editor.rename(tag, to: new)
                }
            }
            for tag in tree.tags { editor.renameConditions(of: tag, on: control, renamed) }
        }
        return editor.edited()
    }

    /// A choice with choices inside it stays: those are not its own to take along.
    private func isMergeable(_ tag: ConfigTag) -> Bool {
        tag.children.allSatisfy { !["choice", "label"].contains($0.name.lowercased()) }
    }

    /// Every tag that declares a label of the control, repeated ones too.
    private func labelTags(of control: ControlTag) -> [(label: String, tag: ConfigTag)] {
        var found: [(String, ConfigTag)] = []
        control.tag.forEach { tag, ancestors in
            let inner = ancestors.dropFirst()
            guard ["label", "choice"].contains(tag.name.lowercased()),
                !inner.contains(where: { $0["toName"] != nil && $0["name"] != nil }),
                let label = Self.filled(tag["alias"]) ?? Self.filled(tag.value)
            else { return }
            found.append((label, tag))
        }
        return found
    }

    private static func filled(_ text: String?) -> String? {
        text?.isEmpty == false ? text : nil
    }
}

extension ConfigEditor {
    /// Gives a label tag another label where it says the present one.
    fileprivate mutating func rename(_ tag: ConfigTag, to new: String) {
        if let alias = tag.attribute("alias"), !alias.value.isEmpty {
            set(alias, to: new)
        } else if let value = tag.attribute("value") {
            set(value, to: new)
        } else {
            setContent(of: tag, to: new)
        }
    }

    /// Renames labels of a control in the conditions of a tag.
    fileprivate mutating func renameConditions(
        of tag: ConfigTag,
        on control: ControlTag,
        _ renamed: [String: String]
    ) {
        let name = tag["whenTagName"] ?? ""
        // Without a name, a condition is about the labels of whatever region is selected.
        guard name == control.name || name.isEmpty else { return }
        for attribute in tag.attributes
        where ["whenlabelvalue", "whenchoicevalue"].contains(attribute.name.lowercased()) {
            var labels: [String] = []
            for piece in attribute.value.split(separator: ",", omittingEmptySubsequences: false) {
                let label = renamed[String(piece)] ?? String(piece)
                if !labels.contains(label) { labels.append(label) }
            }
            let value = labels.joined(separator: ",")
            if value != attribute.value { set(attribute, to: value) }
        }
    }
}
