internal import ValueTree

/// Checks the answers of `Choices`.
///
/// Each choice is a text, or with `allowNested` the path of texts from the root to the node.
struct ChoicesBehavior: ImmediateTagBehavior {
    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        let pointer = result.pointer("value/choices")
        guard let choices = value["choices"] else {
            return findings.add(.fieldMissing, at: pointer, "The result has no “choices”.")
        }
        guard choices.kind == .array else {
            return findings.add(
                .fieldType,
                at: pointer,
                "“choices” must be an array of texts, not \(ResultFindings.shown(choices))."
            )
        }
        for (index, choice) in choices.elements.enumerated() where !findings.isFull {
            let place = "\(pointer)/\(index)"
            if choice.kind == .array {
                for (step, text) in choice.elements.enumerated() {
                    check(text, at: "\(place)/\(step)", of: result.control, &findings)
                }
            } else {
                check(choice, at: place, of: result.control, &findings)
            }
        }
    }

    private func check(
        _ choice: JSONText,
        at pointer: String,
        of control: ControlTag,
        _ findings: inout ResultFindings
    ) {
        guard let text = choice.string else {
            return findings.add(
                .fieldType,
                at: pointer,
                "A choice must be a text, not \(ResultFindings.shown(choice))."
            )
        }
        guard !control.offers(text) else { return }
        findings.add(
            .choiceUnknown,
            at: pointer,
            "“\(control.name)” does not offer the choice “\(text)”.",
            hint: ResultFindings.offer(of: control)
        )
    }
}
