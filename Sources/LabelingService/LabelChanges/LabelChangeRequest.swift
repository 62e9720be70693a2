import LabelModel
import LabelingConfig
import ValueTree

/// Reads which labels are to be changed: `{"labels": {"<control>": {"<old>": "<new>"}}}`.
struct LabelChangeRequest {
    /// Labels of one request.
    private static let limit = 1_000

    let replacements: [LabelReplacement]

    /// Reads a body and checks it against the labeling config in force.
    ///
    /// - Throws: ``ServiceError`` `label_change_invalid` with the place.
    init(_ body: JSONText, _ config: LabelingConfig) throws(ServiceError) {
        guard let labels = body["labels"], !labels.isNull else {
            throw BodyFields(body).missing("labels")
        }
        guard labels.kind == .object else {
            throw Self.fault("The labels are an object: controls with their labels.", labels)
        }
        var replacements: [LabelReplacement] = []
        for entry in labels.members {
            guard let control = config.control(named: entry.name), control.name == entry.name else {
                throw Self.fault(
                    "The labeling config has no control “\(entry.name)”.",
                    entry.value,
                    hint:
                        "It has \(config.controls.map { "“\($0.name)”" }.joined(separator: ", "))."
                )
            }
            replacements += try Self.replacements(entry.value, of: control)
        }
        guard !replacements.isEmpty else {
            throw Self.fault("No label is named.", labels)
        }
        guard replacements.count <= Self.limit else {
            throw Self.fault("At most \(Self.limit) labels can be changed at once.", labels)
        }
        self.replacements = replacements
    }

    private static func replacements(
        _ labels: JSONText,
        of control: ControlTag
    ) throws(ServiceError) -> [LabelReplacement] {
        guard labels.kind == .object else {
            throw fault("The labels of a control are an object: old names with new ones.", labels)
        }
        let olds = Set(labels.members.map(\.name))
        guard olds.count == labels.count else { throw fault("A label is named twice.", labels) }
        var replacements: [LabelReplacement] = []
        for member in labels.members {
            guard let new = member.value.string else {
                throw fault("The new name of a label is a text.", member.value)
            }
            let replacement = LabelReplacement(control: control.name, old: member.name, new: new)
            try check(replacement, of: control, olds, at: member.value)
            replacements.append(replacement)
        }
        return replacements
    }

    private static func check(
        _ replacement: LabelReplacement,
        of control: ControlTag,
        _ olds: Set<String>,
        at place: JSONText
    ) throws(ServiceError) {
        let (old, new) = (replacement.old, replacement.new)
        let bare = new.drop { $0.isWhitespace }
        guard !bare.isEmpty, new.first?.isWhitespace == false, new.last?.isWhitespace == false
        else {
            throw fault("The new name is empty, or begins or ends with a space.", place)
        }
        guard new.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value < 0xFFFE }) else {
            throw fault("The new name holds a character that a config cannot hold.", place)
        }
        guard new != old else { throw fault("“\(old)” has that name already.", place) }
        guard !olds.contains(new) else {
            throw fault(
                "“\(old)” is to become “\(new)”, which is to be changed itself.",
                place,
                hint: "Do one after the other."
            )
        }
        guard !control.labels.isEmpty || control.hasDynamicLabels else {
            throw fault("“\(control.name)” offers no labels.", place)
        }
        guard control.offers(old) || control.offers(new) else {
            throw fault(
                "“\(control.name)” offers neither “\(old)” nor “\(new)”.",
                place,
                hint: "Name a label that it offers, at least as the new one."
            )
        }
        // Two branches of a tree cannot be one without moving what grows on them.
        guard
            control.type.lowercased() != "taxonomy" || control.hasDynamicLabels
                || !control.labels.contains(where: { $0.value == new })
        else {
            throw fault("Choices of a taxonomy can be renamed, but not made one.", place)
        }
    }

    private static func fault(
        _ message: String,
        _ place: JSONText,
        hint: String? = nil
    ) -> ServiceError {
        ServiceError(
            .invalid,
            "label_change_invalid",
            message,
            hint: hint,
            at: .pointer(place.pointer)
        )
    }
}
