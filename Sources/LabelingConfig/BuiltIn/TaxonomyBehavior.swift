internal import ValueTree

/// Checks the paths of `Taxonomy`: texts from the root to the node, each a choice of the tree.
struct TaxonomyBehavior: ImmediateTagBehavior {
    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        // In the old widget annotators may add choices of their own.
        let isOpen = result.control.tag.isTrue("legacy")
        let paths = findings.list("taxonomy", of: value, at: result.pointer("value"), of: .array)
        for (place, path) in paths {
            for (step, choice) in path.elements.enumerated() where !findings.isFull {
                guard let text = choice.string else {
                    findings.add(
                        .fieldType,
                        at: "\(place)/\(step)",
                        "A step of a path must be a text, not \(ResultFindings.shown(choice))."
                    )
                    continue
                }
                guard !isOpen, !result.control.offers(text) else { continue }
                findings.add(
                    .choiceUnknown,
                    at: "\(place)/\(step)",
                    "“\(result.control.name)” does not offer the choice “\(text)”.",
                    hint: ResultFindings.offer(of: result.control)
                )
            }
        }
    }
}
