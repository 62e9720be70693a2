internal import ValueTree

/// Checks the orders of `Ranker`: for each list the ids of its items.
struct RankerBehavior: ImmediateTagBehavior {
    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        let pointer = result.pointer("value/ranker")
        guard let lists = value["ranker"], lists.kind == .object else {
            return findings.add(
                value["ranker"] == nil ? .fieldMissing : .fieldType,
                at: pointer,
                "“ranker” must be an object with an array of ids for each list."
            )
        }
        for member in lists.members {
            let isRight =
                member.value.kind == .array
                && member.value.elements.allSatisfy { $0.kind == .string || $0.kind == .number }
            guard !isRight else { continue }
            findings.add(
                .fieldType,
                at: "\(pointer)/"
                    + member.name.replacing("~", with: "~0").replacing("/", with: "~1"),
                "A list of “ranker” must be an array of ids, not "
                    + "\(ResultFindings.shown(member.value))."
            )
        }
    }
}
