internal import ValueTree

extension ResultFindings {
    /// Checks the labels of a region: an array of texts that the control offers.
    ///
    /// A region without labels is right when the control has none to choose from or says
    /// `allowEmpty`; so is an empty array, which is how editors write that.
    mutating func labels(of result: CheckedResult, key: String) {
        var pointer: String { result.pointer("value/\(key)") }
        guard let labels = result.value?[key] else {
            let control = result.control
            guard !control.labels.isEmpty, !control.tag.isTrue("allowEmpty") else { return }
            return add(
                .fieldMissing,
                at: pointer,
                "The region has no label.",
                hint: Self.offer(of: control)
            )
        }
        guard labels.kind == .array else {
            return add(
                .fieldType,
                at: pointer,
                "“\(key)” must be an array of texts, not \(Self.shown(labels))."
            )
        }
        for (index, label) in labels.elements.enumerated() where !isFull {
            var place: String { "\(pointer)/\(index)" }
            guard let text = label.string else {
                add(.fieldType, at: place, "A label must be a text, not \(Self.shown(label)).")
                continue
            }
            guard !result.control.offers(text) else { continue }
            add(
                .labelUnknown,
                at: place,
                "“\(result.control.name)” does not offer the label “\(text)”.",
                hint: Self.offer(of: result.control)
            )
        }
    }

    /// A sentence that lists what a control offers.
    static func offer(of control: ControlTag) -> String? {
        guard !control.labels.isEmpty else { return nil }
        let shown = control.labels.prefix(8).map { "“\($0.value)”" }.joined(separator: ", ")
        return "It offers \(shown)" + (control.labels.count > 8 ? " and more." : ".")
    }
}
